package roamock_test

import (
	"context"
	"fmt"
	"io"
	"iter"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/ackgen/ackgen/sdk/roa/roamock"
)

// What follows up to fakeT is written like generated code.

type nodesRequest struct {
	ClusterID string            `json:"-"`
	Login     roa.Secret        `json:"login,omitzero"`
	Count     *int64            `json:"count,omitzero"`
	Labels    map[string]string `json:"labels,omitzero"`
	Pools     []pool            `json:"pools,omitzero"`
	Main      *pool             `json:"main,omitzero"`
	Since     time.Time         `json:"since,omitzero"`
	Free      any               `json:"free,omitzero"`
	Data      []byte            `json:"data,omitzero"`
	Stream    io.Reader         `json:"-"`
}

type pool struct {
	Name     string
	Password *roa.Secret
}

type nodesResponse struct {
	Nodes []string
}

type nodesAPI struct {
	*roamock.Mock
	nodesMethods
}

type nodesMethods struct{ mock *roamock.Mock }

func newNodesAPI(t roamock.TestingT) *nodesAPI {
	m := roamock.New(t)
	return &nodesAPI{m, nodesMethods{m}}
}

func (m nodesMethods) ListNodes(ctx context.Context, in *nodesRequest, opts ...roa.CallOption) (*nodesResponse, error) {
	return roamock.Invoke[*nodesResponse](ctx, m.mock, "ListNodes", in, opts)
}

func (m nodesMethods) DropNodes(ctx context.Context, in *nodesRequest, opts ...roa.CallOption) (*nodesResponse, error) {
	return roamock.Invoke[*nodesResponse](ctx, m.mock, "DropNodes", in, opts)
}

// AllNodes and WaitNodes are what generated code builds on ListNodes.
func (m nodesMethods) AllNodes(ctx context.Context, in *nodesRequest, opts ...roa.CallOption) iter.Seq2[string, error] {
	return roamock.InvokeRange(ctx, m.mock, "AllNodes", in, opts, nodesPager.All(ctx, m.ListNodes, in, opts...))
}

func (m nodesMethods) WaitNodes(ctx context.Context, in *nodesRequest, count int, opts ...roa.WaitOption) (*nodesResponse, error) {
	return roamock.InvokeWait(ctx, m.mock, "WaitNodes", in, opts, func() (*nodesResponse, error) {
		return nodesWaiter.WaitCount(ctx, m.ListNodes, in, count, opts...)
	}, count)
}

var (
	nodesPager = roa.Pager[nodesRequest, nodesResponse, string]{
		Items: func(out *nodesResponse) []string { return out.Nodes },
		Page:  func(in *nodesRequest) roa.NumberField { return roa.Number(&in.Count) },
	}
	nodesWaiter = roa.Waiter[nodesRequest, nodesResponse]{
		Name: "Nodes", States: func(out *nodesResponse) []string { return out.Nodes }, Success: []string{"ready"},
	}
)

// collect ranges over all nodes.
func (m nodesMethods) collect(in *nodesRequest, opts ...roa.CallOption) ([]string, error) {
	var nodes []string
	for node, err := range m.AllNodes(context.Background(), in, opts...) {
		if err != nil {
			return nodes, err
		}
		nodes = append(nodes, node)
	}
	return nodes, nil
}

func (m *nodesAPI) EXPECT() nodesExpecter { return nodesExpecter{m.Mock} }

type nodesExpecter struct{ mock *roamock.Mock }

func (e nodesExpecter) ListNodes(ctx, in, opts any) *roamock.Call[*nodesRequest, *nodesResponse] {
	return roamock.On[*nodesRequest, *nodesResponse](e.mock, "ListNodes", ctx, in, opts)
}

func (e nodesExpecter) DropNodes(ctx, in, opts any) *roamock.Call[*nodesRequest, *nodesResponse] {
	return roamock.On[*nodesRequest, *nodesResponse](e.mock, "DropNodes", ctx, in, opts)
}

func (e nodesExpecter) AllNodes(ctx, in, opts any) *roamock.Range[*nodesRequest, string] {
	return roamock.OnRange[*nodesRequest, string](e.mock, "AllNodes", ctx, in, opts)
}

func (e nodesExpecter) WaitNodes(ctx, in, count, opts any) *roamock.Wait[*nodesRequest, *nodesResponse] {
	return roamock.OnWait[*nodesRequest, *nodesResponse](e.mock, "WaitNodes", ctx, in, count, opts)
}

// fakeT stands in for *testing.T, and keeps what was reported.
type fakeT struct {
	mu       sync.Mutex
	text     strings.Builder
	failed   int
	stopped  int
	cleanups []func()
	helpers  []string // functions whose place no message tells
}

func (f *fakeT) log(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	fmt.Fprintf(&f.text, format+"\n", args...)
}

func (f *fakeT) Logf(format string, args ...any) { f.log(format, args...) }
func (f *fakeT) Errorf(format string, args ...any) {
	f.log(format, args...)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failed++
}

// Helper is called by the function that it marks, as that of a test is.
func (f *fakeT) Helper() {
	pc, _, _, _ := runtime.Caller(1)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.helpers = append(f.helpers, runtime.FuncForPC(pc).Name())
}

func (f *fakeT) FailNow() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.stopped++
}
func (f *fakeT) Cleanup(fn func()) { f.cleanups = append(f.cleanups, fn) }

// end runs the cleanups and returns everything that was reported.
func (f *fakeT) end() string {
	for _, fn := range slices.Backward(f.cleanups) {
		fn()
	}
	f.cleanups = nil
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.text.String()
}
