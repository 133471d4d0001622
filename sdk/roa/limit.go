package roa

import (
	"context"
	"errors"
	"fmt"
)

// RateLimiter makes requests wait for their turn. Wait returns nil when it is
// there, and an error when the context ends first or would.
type RateLimiter interface {
	Wait(ctx context.Context) error
}

// limitError makes the error of a limiter match that of the context. A limiter may
// know before the deadline that the turn comes after it.
func limitError(ctx context.Context, err error) error {
	if _, ok := ctx.Deadline(); ok && ctx.Err() == nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("wait for rate limit: %w: %w", context.DeadlineExceeded, err)
	}
	return fmt.Errorf("wait for rate limit: %w", contextError(ctx, err))
}
