package kube

import (
	"context"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/pki"
)

type userKey struct{}

// WithUser returns a context of requests of that user.
func WithUser(ctx context.Context, user pki.User) context.Context {
	return context.WithValue(ctx, userKey{}, user)
}

// UserOf returns the user of a context, or nobody.
func UserOf(ctx context.Context) pki.User {
	user, _ := ctx.Value(userKey{}).(pki.User)
	return user
}
