package roa

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"time"
)

// Attempt is what an attempt hook is told. It holds nothing secret but in Err:
// an [*APIError] there has the body and the header of the answer.
type Attempt struct {
	// Context is that of the call.
	Context context.Context
	// Service is the short name of the service, such as "ack".
	Service string
	// Operation is the name of the operation.
	Operation string
	// Attempt is the number of the attempt in its call, from 1.
	Attempt int
	// StatusCode is the HTTP status; 0 when no answer came.
	StatusCode int
	// Code is the error code of the service; empty when it gave none.
	Code string
	// RequestID identifies the request in the service's logs; empty when no
	// answer came or it had none.
	RequestID string
	// Err is nil when the attempt succeeded.
	Err error
	// Class is [ErrorClass] of Err.
	Class string
	// Duration is how long the attempt took, without the wait after it. A wait
	// for the rate limit and for credentials is part of it.
	Duration time.Duration
	// Again tells that another attempt follows, after Delay.
	Again bool
	// Delay is the wait before the next attempt.
	Delay time.Duration
}

// observer tells about attempts. A nil observer costs nothing.
type observer struct {
	hooks  []func(Attempt)
	logger *slog.Logger
}

func newObserver(s *settings) *observer {
	if len(s.hooks) == 0 && s.logger == nil {
		return nil
	}
	return &observer{hooks: s.hooks, logger: s.logger}
}

// attempt tells about one attempt.
func (o *observer) attempt(ctx context.Context, op *Operation, service *Service, n int, t *try, delay time.Duration, again bool) {
	a := Attempt{
		Context: ctx, Service: service.Name, Operation: op.Name, Attempt: n,
		StatusCode: t.status, RequestID: t.requestID, Err: t.err, Class: ErrorClass(t.err),
		Duration: t.took, Again: again, Delay: delay,
	}
	if apiErr, ok := t.err.(*APIError); ok { //nolint:errorlint // made by receive, which does not wrap it
		a.Code, a.RequestID = apiErr.Code, apiErr.RequestID
	}
	if o.logger != nil {
		o.log(&a)
	}
	for _, hook := range o.hooks {
		hook(a)
	}
}

// log writes one record. The service's message stays out: it may quote what was sent.
func (o *observer) log(a *Attempt) {
	level := slog.LevelDebug
	if a.Again {
		level = slog.LevelWarn
	}
	if !o.logger.Enabled(a.Context, level) {
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
		attrs = append(attrs, slog.String("request_id", oneLine(a.RequestID, maxShownID)))
	}
	if a.Err != nil {
		attrs = append(attrs, slog.String("class", a.Class))
		if a.Code != "" {
			attrs = append(attrs, slog.String("code", oneLine(a.Code, maxShownCode)))
		}
		if a.StatusCode == 0 {
			attrs = append(attrs, slog.String("error", oneLine(a.Err.Error(), maxShownMessage)))
		}
	}
	if a.Again {
		attrs = append(attrs, slog.Duration("delay", a.Delay))
	}
	o.logger.LogAttrs(a.Context, level, a.Service+" attempt", attrs...)
}

// classNames are the words for the classes of an [APIError].
var classNames = []struct {
	class error
	name  string
}{
	{ErrNotFound, "not_found"},
	{ErrThrottled, "throttled"},
	{ErrConflict, "conflict"},
	{ErrForbidden, "forbidden"},
	{ErrUnauthenticated, "unauthenticated"},
	{ErrInvalid, "invalid"},
	{ErrServer, "server"},
}

// ErrorClass returns a word for the class of an error, of which there are few,
// so that it can label a metric: not_found, throttled, conflict, forbidden,
// unauthenticated, invalid, server and status (any other answer); canceled and timeout;
// connection (no answer, or a part of one) and tls (the server's certificate);
// too_large and decode (an answer that cannot be used); other; and "" for nil.
func ErrorClass(err error) string {
	if waitErr, ok := errors.AsType[*WaitError](err); ok {
		err = waitErr.Err
	}
	if retryErr, ok := errors.AsType[*RetryError](err); ok {
		err = retryErr.Err
	}
	if err == nil {
		return ""
	}
	if apiErr, ok := errors.AsType[*APIError](err); ok {
		class := apiErr.class()
		for i := range classNames {
			if classNames[i].class == class { //nolint:errorlint // class returns sentinels
				return classNames[i].name
			}
		}
		return "status"
	}
	return otherClass(err)
}

func otherClass(err error) string {
	var timeout net.Error
	_, isDecode := errors.AsType[*DecodeError](err)
	_, isTransport := errors.AsType[*transportError](err)
	_, isRead := errors.AsType[*readError](err)
	switch {
	case errors.Is(err, context.Canceled):
		return "canceled"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	case errors.Is(err, ErrResponseTooLarge):
		return "too_large"
	case isDecode:
		return "decode"
	case isTransport && lasting(err):
		return "tls"
	case isTransport, isRead:
		return "connection"
	default:
		return "other"
	}
}
