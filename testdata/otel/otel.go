// Package otel shows how to trace the calls of a client with OpenTelemetry. It
// is a module of its own so that the SDK does not depend on OpenTelemetry.
package otel

import (
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"github.com/ackgen/ackgen/sdk/roa"
)

// traced makes a span of every attempt, named like the operation. It is below
// the span in the context of the call.
func traced(opts ...otelhttp.Option) roa.Option {
	opts = append(opts, otelhttp.WithSpanNameFormatter(func(_ string, r *http.Request) string {
		return r.Header.Get("X-Acs-Action")
	}))
	return roa.WithMiddleware(func(next http.RoundTripper) http.RoundTripper {
		return otelhttp.NewTransport(next, opts...)
	})
}
