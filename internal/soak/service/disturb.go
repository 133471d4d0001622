package service

import (
	"bytes"
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strconv"
	"time"

	"github.com/ackgen/ackgen/internal/soak/plan"
	"github.com/ackgen/ackgen/sdk/ack/ackfake"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa/roafake"
)

// faults are those that the fake server can do by itself.
func (s *service) faults() []acktest.Fault {
	byKind := map[plan.Kind]acktest.Fault{
		plan.ResetBefore:     {Reset: true},
		plan.ResetAfter:      {Reset: true, After: true},
		plan.BusyBefore:      {Status: http.StatusServiceUnavailable},
		plan.BusyAfter:       {Status: http.StatusServiceUnavailable, After: true},
		plan.Throttled:       {Throttle: time.Second},
		plan.ThrottledLong:   {Throttle: time.Hour},
		plan.BadGateway:      {Status: http.StatusBadGateway, HTML: true},
		plan.Page:            {HTML: true},
		plan.CutOff:          {Truncate: true},
		plan.UnknownFields:   {UnknownFields: true},
		plan.NumbersAsText:   {TypeDrift: true},
		plan.OtherErrorNames: {ErrorCase: true},
		plan.HeldUp:          {Delay: 10 * time.Second},
	}
	out := make([]acktest.Fault, 0, len(byKind))
	for kind, f := range byKind {
		f.When = func(r acktest.Request) bool {
			attempt, ok := plan.Attempt(r.Header.Get("User-Agent"))
			return ok && s.plan.Of(attempt) == kind
		}
		out = append(out, f)
	}
	return out
}

// network is what happens below and above HTTP, which the fake knows nothing of.
var network = map[plan.Kind]func(w http.ResponseWriter, r *http.Request, next http.Handler){
	plan.Redirect:   redirect,
	plan.Garbage:    garbage,
	plan.NotHTTP:    notHTTP,
	plan.Closed:     closed,
	plan.SlowBody:   slowBody,
	plan.StuckBody:  stuckBody,
	plan.ClosedIdle: closedIdle,
	plan.TooLarge:   tooLarge,
}

type attemptKey struct{}

// disturb counts requests and lets happen to them what the plan says.
func (s *service) disturb(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		attempt, ok := plan.Attempt(r.UserAgent())
		if !ok {
			s.ledger.other()
			next.ServeHTTP(w, r)
			return
		}
		kind := s.plan.Of(attempt)
		s.ledger.request(attempt, kind)
		r = r.WithContext(context.WithValue(r.Context(), attemptKey{}, attempt))
		if happen := network[kind]; happen != nil {
			happen(w, r, next)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// observers returns overrides that count what reaches the operations, and leave all of it to the server.
func (s *service) observers() ackfake.Overrides {
	var all ackfake.Overrides
	v := reflect.ValueOf(&all).Elem()
	for _, field := range v.Fields() {
		signature := field.Type()
		field.Set(reflect.MakeFunc(signature, func(args []reflect.Value) []reflect.Value {
			ctx, _ := reflect.TypeAssert[context.Context](args[0])
			if attempt, ok := ctx.Value(attemptKey{}).(string); ok {
				s.ledger.arrived(attempt)
			}
			return []reflect.Value{reflect.Zero(signature.Out(0)), reflect.ValueOf(&roafake.Pass).Elem()}
		}))
	}
	return all
}

func redirect(w http.ResponseWriter, r *http.Request, _ http.Handler) {
	http.Redirect(w, r, "https://127.0.0.1:1/elsewhere", http.StatusFound)
}

// carryOut returns the response that the server gives.
func carryOut(r *http.Request, next http.Handler) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	next.ServeHTTP(recorder, r)
	return recorder
}

func garbage(w http.ResponseWriter, r *http.Request, next http.Handler) {
	carryOut(r, next)
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"cluster_id": }`)
}

func tooLarge(w http.ResponseWriter, r *http.Request, next http.Handler) {
	carryOut(r, next)
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(bytes.Repeat([]byte(" "), LargeBody)) // fails when the client has had enough
}

// LargeBody is the size of the body of [plan.TooLarge], which clients must not take.
const LargeBody = 3 << 20

// notHTTP writes what another program might that listens at the same port.
func notHTTP(w http.ResponseWriter, r *http.Request, next http.Handler) {
	carryOut(r, next)
	hangUp(w, []byte("SSH-2.0-OpenSSH_9.9\r\n"))
}

func closed(w http.ResponseWriter, _ *http.Request, _ http.Handler) { hangUp(w, nil) }

// closedIdle responds as if the connection went on, and closes it.
func closedIdle(w http.ResponseWriter, r *http.Request, next http.Handler) {
	recorder := carryOut(r, next)
	resp := http.Response{
		StatusCode: recorder.Code, ProtoMajor: 1, ProtoMinor: 1, Header: recorder.Header(),
		Body: io.NopCloser(recorder.Body), ContentLength: int64(recorder.Body.Len()),
	}
	var text bytes.Buffer
	if err := resp.Write(&text); err == nil {
		hangUp(w, text.Bytes())
	}
}

// hangUp writes a text below HTTP and closes the connection.
func hangUp(w http.ResponseWriter, text []byte) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return // the connection is gone
	}
	_, _ = conn.Write(text)
	_ = conn.Close()
}

// slowBody sends a response in pieces.
func slowBody(w http.ResponseWriter, r *http.Request, next http.Handler) {
	const pieces = 4
	body := begin(w, carryOut(r, next))
	for i := range pieces {
		_, _ = w.Write(body[i*len(body)/pieces : (i+1)*len(body)/pieces])
		_ = http.NewResponseController(w).Flush()
		pause(r, 2*time.Millisecond)
	}
}

// stuckBody sends the first half of a response, and gives up when the client does not.
func stuckBody(w http.ResponseWriter, r *http.Request, next http.Handler) {
	body := begin(w, carryOut(r, next))
	_, _ = w.Write(body[:len(body)/2])
	_ = http.NewResponseController(w).Flush()
	pause(r, 300*time.Millisecond)
	hangUp(w, nil)
}

// begin sends the header of a response and returns its body.
func begin(w http.ResponseWriter, resp *httptest.ResponseRecorder) []byte {
	maps.Copy(w.Header(), resp.Header())
	w.Header().Set("Content-Length", strconv.Itoa(resp.Body.Len()))
	w.WriteHeader(resp.Code)
	return resp.Body.Bytes()
}

// pause waits, but not for a client that has gone.
func pause(r *http.Request, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.Context().Done():
	}
}
