package acktest

import (
	"context"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
	"github.com/ackgen/ackgen/sdk/acktest/internal/gateway"
)

// faults are those that were injected into a server. They are safe for concurrent use.
type faults struct {
	spec  *gateway.Spec
	sleep func(context.Context, time.Duration) error

	mu   sync.Mutex
	rand *rand.Rand
	list []*injected
}

// An injected fault knows how often it happened.
type injected struct {
	Fault

	left   int // requests to leave alone
	could  bool
	hits   int
	lifted bool
}

func newFaults(spec *gateway.Spec, seed uint64, sleep func(context.Context, time.Duration) error) *faults {
	//nolint:gosec // Which requests fail is no secret.
	return &faults{spec: spec, sleep: sleep, rand: rand.New(rand.NewPCG(seed, 0))}
}

func (fs *faults) add(f Fault) (end func()) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	in := &injected{Fault: f, left: f.Skip}
	fs.list = append(fs.list, in)
	return func() {
		fs.mu.Lock()
		defer fs.mu.Unlock()
		in.lifted = true
	}
}

// hitting returns the faults that happen to a request.
func (fs *faults) hitting(r Request) []Fault {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	var hits []Fault
	for _, f := range fs.list {
		if f.lifted || f.Count > 0 && f.hits == f.Count || !fs.chosen(f, r) {
			continue
		}
		f.hits++
		hits = append(hits, f.Fault)
	}
	return hits
}

func (fs *faults) chosen(f *injected, r Request) bool {
	switch {
	case f.Operation != "" && f.Operation != r.Operation,
		f.Group != "" && f.Group != fs.spec.Operation(r.Operation).Group(),
		f.When != nil && !f.When(r):
		return false
	case f.left > 0:
		f.left--
		return false
	}
	f.could = true
	return f.Share == 0 || fs.rand.Float64() < f.Share
}

// unused returns what the faults that never happened are for.
func (fs *faults) unused() []string {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	var out []string
	for _, f := range fs.list {
		if !f.could {
			out = append(out, f.target())
		}
	}
	slices.Sort(out)
	return out
}

// disturb is for [gateway.Handler].
func (fs *faults) disturb(ctx context.Context, rec gateway.Record, respond func() gateway.Response) gateway.Response {
	for _, f := range slices.Backward(fs.hitting(Request(rec))) {
		inner := respond
		respond = func() gateway.Response { return fs.happen(ctx, f, rec, inner) }
	}
	return respond()
}

// happen lets a fault happen to a request that respond carries out.
func (fs *faults) happen(ctx context.Context, f Fault, rec gateway.Record, respond func() gateway.Response) gateway.Response {
	var out gateway.Response
	if f.After {
		out = respond()
	}
	if f.Delay > 0 && fs.sleep(ctx, f.Delay) != nil {
		return gateway.Response{Reset: true} // the client has given up
	}
	refusal, refused := f.refuse(rec.RequestID)
	switch {
	case refused:
		out = refusal
	case !f.After:
		out = respond()
	}
	return f.distort(fs.spec.Operation(rec.Operation), out)
}

// refuse returns the response that stands in place of the real one, if there is one.
func (f Fault) refuse(requestID string) (gateway.Response, bool) {
	switch {
	case f.Reset:
		return gateway.Response{Reset: true}, true
	case f.Throttle > 0:
		return gateway.ErrorResponse(throttled(1, f.Throttle, rateOfOperation), requestID), true
	case f.Status > 0:
		code := f.Code
		if code == "" {
			code = "ServiceUnavailable"
		}
		return gateway.ErrorResponse(fault.New(f.Status, code, "%s", f.Message), requestID), true
	}
	return gateway.Response{}, false
}

// capitals are the names in the body of an error as some products of the provider have them.
var capitals = map[string]string{
	"code": "Code", "message": "Message", "requestId": "RequestId", "accessDeniedDetail": "AccessDeniedDetail",
}

// page is what a proxy may say when it gets no response.
const page = "<html>\r\n<head><title>Bad Gateway</title></head>\r\n<body><center><h1>Bad Gateway</h1></center></body>\r\n</html>\r\n"

// distort changes a response as a fault says.
func (f Fault) distort(op *gateway.Operation, r gateway.Response) gateway.Response {
	if f.UnknownFields {
		r = op.AddFields(r)
	}
	if f.TypeDrift {
		r = gateway.ScalarsAsText(r)
	}
	if f.ErrorCase && r.Status >= http.StatusBadRequest {
		r = gateway.RenameFields(r, capitals)
	}
	if f.HTML {
		r.Body = page
		r.Header = r.Header.Clone()
		if r.Header == nil {
			r.Header = make(http.Header)
		}
		r.Header.Set("Content-Type", "text/html")
	}
	r.Cut = r.Cut || f.Truncate
	return r
}
