package roafake_test

import (
	"context"
	"errors"

	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/ackgen/ackgen/sdk/roa/roafake"
)

// What follows has the form of generated code.

type listRequest struct {
	ClusterID string
	Page      *int32
	Size      *string
	Token     *string
}

type pageInfo struct {
	Total, Number int64
	Size          *int32
}

type listResponse struct {
	Items []string
	Page  *pageInfo
	Next  string
}

type makeRequest struct{ Name string }

type makeResponse struct{ Name, TaskID string }

type pollRequest struct{ TaskID string }

type pollResponse struct {
	State  state
	TaskID string
	Why    string
}

type state string

type overrides struct {
	List func(ctx context.Context, in *listRequest) (*listResponse, error)
	Make func(ctx context.Context, in *makeRequest) (*makeResponse, error)
	Poll func(ctx context.Context, in *pollRequest) (*pollResponse, error)
}

func (o overrides) OverrideFunctions() []roafake.Function {
	return roafake.Set(
		roafake.Func("List", o.List),
		roafake.Func("make-thing", o.Make),
		roafake.Func("Poll", o.Poll),
	)
}

func items(out *listResponse) *[]string { return &out.Items }

var numberPager = roa.Pager[listRequest, listResponse, string]{
	Items:   func(out *listResponse) []string { return out.Items },
	Page:    func(in *listRequest) roa.NumberField { return roa.Number(&in.Page) },
	Size:    func(in *listRequest) roa.NumberField { return roa.Number(&in.Size) },
	Total:   func(out *listResponse) int64 { return out.Page.Total },
	MaxSize: 4,
}

var numberPages = roafake.Pages[listRequest, listResponse, string]{
	Pager:       &numberPager,
	DefaultSize: 3,
	Items:       items,
	Total:       func(out *listResponse) roa.NumberField { return roa.Number(&roafake.Made(&out.Page).Total) },
	Number:      func(out *listResponse) roa.NumberField { return roa.Number(&roafake.Made(&out.Page).Number) },
	Size:        func(out *listResponse) roa.NumberField { return roa.Number(&roafake.Made(&out.Page).Size) },
}

var tokenPager = roa.Pager[listRequest, listResponse, string]{
	Items: func(out *listResponse) []string { return out.Items },
	Token: func(in *listRequest) **string { return &in.Token },
	Size:  func(in *listRequest) roa.NumberField { return roa.Number(&in.Size) },
	Next:  func(out *listResponse) string { return out.Next },
}

var tokenPages = roafake.Pages[listRequest, listResponse, string]{
	Pager: &tokenPager,
	Items: items,
	Next:  func(out *listResponse) *string { return &out.Next },
}

// barePages have neither sizes nor totals.
var barePages = roafake.Pages[listRequest, listResponse, string]{
	Pager: &roa.Pager[listRequest, listResponse, string]{Items: numberPager.Items, Page: numberPager.Page},
	Items: items,
}

var makeTask = roafake.Task[makeRequest, makeResponse, pollRequest, pollResponse, state]{
	Operation: "make-thing",
	ID:        func(out *makeResponse) *string { return &out.TaskID },
	Poll: &roafake.Poll[pollRequest, pollResponse, state]{
		Operation: "Poll",
		ID:        func(in *pollRequest) string { return in.TaskID },
		State:     func(out *pollResponse) *state { return &out.State },
		Task:      func(out *pollResponse) *string { return &out.TaskID },
	},
}

// ask lets a registry respond to a request.
func ask[Out, In any](ctx context.Context, r *roafake.Registry, operation string, in In) (out Out, err error) {
	got, err := r.Respond(ctx, operation, func(to any) error {
		request, ok := to.(*In)
		if !ok {
			return errors.New("request is of another type")
		}
		*request = in
		return nil
	})
	if err != nil {
		return out, err
	}
	return *got.(*Out), nil //nolint:errcheck // fails the test
}

// call makes an operation of a function, for pagers.
func call[In, Out any](fn func(context.Context, *In) (*Out, error)) roa.OperationFunc[In, Out] {
	return func(ctx context.Context, in *In, _ ...roa.CallOption) (*Out, error) { return fn(ctx, in) }
}
