package reference

import (
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/model"
)

// goMethod returns the method that makes the call.
func goMethod(op *model.Operation) GoMethod {
	return GoMethod{Name: op.Name, Signature: "(ctx context.Context, in *" + op.Request.Name + ", opts ...roa.CallOption) " + results(op), About: "Makes one call."}
}

func results(op *model.Operation) string { return "(*" + op.Response.Name + ", error)" }

// moreMethods returns the methods that do more than one call.
func moreMethods(op *model.Operation) []GoMethod {
	in := "(ctx context.Context, in *" + op.Request.Name
	var out []GoMethod
	if p := op.Pager; p != nil {
		out = append(out,
			GoMethod{Name: p.All, Signature: in + ", opts ...roa.CallOption) iter.Seq2[" + goType(p.Item) + ", error]", About: "Ranges over the items of all pages."},
			GoMethod{Name: p.Pages, Signature: in + ", opts ...roa.CallOption) iter.Seq2[*" + op.Response.Name + ", error]", About: "Ranges over the pages."})
	}
	if t := op.Task; t != nil {
		out = append(out, GoMethod{Name: t.Method, Signature: in + ", opts ...roa.WaitOption) " + results(op), About: "Makes the call and waits until the task that it starts has ended."})
	}
	for _, w := range op.Waiters {
		count := ""
		if w.Items != nil {
			count = ", count int"
		}
		out = append(out, GoMethod{Name: w.Method, Signature: in + count + ", opts ...roa.WaitOption) " + results(op), About: "Makes the call again and again until a state is reached."})
	}
	return out
}

// paging says how the pages of an operation are read, in the words of the document.
func (b *builder) paging(spec *openapi3.Operation, op *model.Operation) *Paging {
	if op.Pager == nil {
		return nil
	}
	ext, _ := spec.Extensions["x-ack-pagination"].(map[string]any)
	word := func(key string) string { v, _ := ext[key].(string); return v }
	p := &Paging{
		All: op.Pager.All, Pages: op.Pager.Pages, Style: word("style"), Page: word("page"), Size: word("size"), Items: word("items"),
		Total: word("total"), Next: word("next"), DefaultSize: op.Pager.DefaultSize, MaxSize: op.Pager.MaxSize,
	}
	if token := word("token"); token != "" {
		p.Page = token
	}
	return p
}

// waiting returns what the operation lets programs wait for.
func (b *builder) waiting(op *model.Operation) []Wait {
	var out []Wait
	if t := op.Task; t != nil {
		w := b.wait(t.Wait, t.Waiter)
		w.Method, w.Task = t.Method, true
		out = append(out, w)
	}
	for _, w := range op.Waiters {
		out = append(out, b.wait(op, w))
	}
	return out
}

func (b *builder) wait(op *model.Operation, w *model.Waiter) Wait {
	waiters, _ := b.operations[op.Action].Extensions["x-ack-waiter"].(map[string]any)
	ext, _ := waiters[w.Label].(map[string]any)
	state, _ := ext["path"].(string)
	if items, _ := ext["items"].(string); items != "" {
		state = items + "." + state
	}
	return Wait{
		Method: w.Method, Operation: op.Action, State: state, Counts: w.Items != nil, Success: w.Success, Failure: w.Failure, Pending: w.Pending,
		Gone: w.Gone, Delay: pause(w.Delay), MaxDelay: pause(w.MaxDelay),
	}
}

// pause writes a pause, or "" for none.
func pause(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// retryOf says what the client does after an error.
func retryOf(op *model.Operation) Retry {
	switch op.Retry {
	case model.RetryIdempotent:
		return Retry{"idempotent", "A second request does nothing more than the first, so the client tries again after an error that may pass: a lost connection, throttling, or an error of the server."}
	case model.RetryToken:
		return Retry{"token", "The request carries a client token by which the service knows a repetition. The client fills it in where the caller has not, and tries again with the same one."}
	default:
		return Retry{"unsafe", "A second request could do the work twice. The client tries again only if the service certainly did nothing, as when it throttles the call; after a lost response it returns the error."}
	}
}
