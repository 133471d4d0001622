package roa

import (
	"context"
	"log/slog"
	"time"

	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

// Attempt is what an attempt hook is told. It holds nothing secret but in Err:
// an [*APIError] there has the body and the header of the response.
type Attempt struct {
	// Context is that of the call.
	Context context.Context
	// Service is the short name of the service, such as "ack".
	Service string
	// Operation is the name of the operation.
	Operation string
	// Attempt is the number of the attempt in its call, from 1.
	Attempt int
	// StatusCode is the HTTP status; 0 when no response came.
	StatusCode int
	// Code is the error code of the service; empty when it gave none.
	Code string
	// RequestID identifies the request in the service's logs; empty when no
	// response came or it had none.
	RequestID string
	// Err is nil when the attempt succeeded.
	Err error
	// Class is [ErrorClass] of Err.
	Class string
	// Duration is how long the attempt took, without the wait after it. A wait
	// for the rate limit and for credentials is part of it.
	Duration time.Duration
	// Resent tells that net/http sent the request of this attempt a second time by
	// itself, unchanged, as a connection turned out to be dead.
	Resent bool
	// Again tells that another attempt follows, after Delay.
	Again bool
	// Delay is the wait before the next attempt.
	Delay time.Duration
}

// newAttempt describes an attempt, but for what follows it.
func newAttempt(ctx context.Context, service, operation string, n int, t *try) Attempt {
	a := Attempt{
		Context: ctx, Service: service, Operation: operation, Attempt: n,
		StatusCode: t.status, RequestID: t.requestID, Err: t.err, Class: ErrorClass(t.err), Duration: t.took,
		Resent: t.resent,
	}
	if apiErr, ok := t.err.(*APIError); ok { //nolint:errorlint // made by receive, which does not wrap it
		a.Code = apiErr.Code
	}
	return a
}

// logAttempt writes one record. The service's message stays out: it may quote what
// was sent.
func logAttempt(logger *slog.Logger, a *Attempt) {
	level := slog.LevelDebug
	if a.Again {
		level = slog.LevelWarn
	}
	if !logger.Enabled(a.Context, level) {
		return
	}
	attrs := make([]slog.Attr, 0, 12)
	attrs = append(attrs,
		slog.String("service", a.Service), slog.String("operation", a.Operation), slog.Int("attempt", a.Attempt),
		slog.Duration("duration", a.Duration))
	if a.StatusCode != 0 {
		attrs = append(attrs, slog.Int("status", a.StatusCode))
	}
	if a.RequestID != "" {
		attrs = append(attrs, slog.String("request_id", oneline.Of(a.RequestID, maxShownID)))
	}
	if a.Err != nil {
		attrs = append(attrs, slog.String("class", a.Class))
		if a.Code != "" {
			attrs = append(attrs, slog.String("code", oneline.Of(a.Code, maxShownCode)))
		}
		if a.StatusCode == 0 {
			attrs = append(attrs, slog.String("error", oneline.Of(a.Err.Error(), maxShownMessage)))
		}
	}
	if a.Resent {
		attrs = append(attrs, slog.Bool("resent", true))
	}
	if a.Again {
		attrs = append(attrs, slog.Duration("delay", a.Delay))
	}
	logger.LogAttrs(a.Context, level, a.Service+" attempt", attrs...)
}
