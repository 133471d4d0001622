package roamock_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/roa"
)

type ctxKey struct{}

// uncomparable is a context that panics when it is compared.
type uncomparable struct {
	context.Context
	_ []int
}

func TestMatching(t *testing.T) {
	t.Parallel()
	ctx := context.WithValue(t.Context(), ctxKey{}, "v")
	other := context.WithValue(t.Context(), ctxKey{}, "v")
	count := int64(3)
	in := func() *nodesRequest {
		return &nodesRequest{ClusterID: "c1", Login: "pw", Count: &count, Pools: []pool{{Name: "p", Password: new(roa.Secret("pw"))}}, Labels: map[string]string{"a": "b"}}
	}
	changed := in()
	changed.Pools[0].Password = new(roa.Secret("other"))
	opts := []roa.CallOption{roa.CallTimeout(time.Second), roa.CallHeader("X-A", "b")}
	tests := map[string]struct {
		ctx, in, opts any
		want          bool
	}{
		"anything":           {mock.Anything, mock.Anything, mock.Anything, true},
		"values":             {ctx, in(), opts, true},
		"request by value":   {ctx, *in(), opts, true},
		"other context":      {other, in(), opts, false},
		"other request":      {ctx, changed, opts, false},
		"other type":         {ctx, pool{}, opts, false},
		"text":               {ctx, "c1", opts, false},
		"nil request":        {ctx, nil, opts, false},
		"typed nil request":  {ctx, (*nodesRequest)(nil), opts, false},
		"no options":         {ctx, in(), nil, false},
		"one option":         {ctx, in(), roa.CallTimeout(time.Second), false},
		"other options":      {ctx, in(), []roa.CallOption{opts[1], opts[0]}, false},
		"matchers":           {mock.MatchedBy(func(c context.Context) bool { return c == ctx }), mock.MatchedBy(func(r *nodesRequest) bool { return r.Login.Reveal() == "pw" }), mock.MatchedBy(func(o []roa.CallOption) bool { return len(o) == 2 }), true},
		"refusing matcher":   {ctx, mock.MatchedBy(func(*nodesRequest) bool { return false }), opts, false},
		"panicking matcher":  {ctx, mock.MatchedBy(func(r *nodesRequest) bool { return *r.Main.Password == "" }), opts, false},
		"matcher of another": {ctx, mock.MatchedBy(func(int) bool { return true }), opts, false},
		"type":               {ctx, mock.AnythingOfType("*roamock_test.nodesRequest"), mock.IsType([]roa.CallOption{}), true},
		"another type":       {ctx, mock.AnythingOfType("*roamock_test.pool"), mock.Anything, false},
		"is another type":    {ctx, mock.IsType(pool{}), mock.Anything, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ft := &fakeT{}
			api := newNodesAPI(ft)
			api.EXPECT().ListNodes(tt.ctx, tt.in, tt.opts).Return(&nodesResponse{Nodes: []string{"n"}}, nil).Maybe()
			out, err := api.ListNodes(ctx, in(), opts...)
			text := ft.end()
			assert.Equal(t, tt.want, api.AssertCalled(&fakeT{}, "ListNodes", tt.ctx, tt.in, tt.opts))
			assert.Equal(t, !tt.want, api.AssertNotCalled(&fakeT{}, "ListNodes", tt.ctx, tt.in, tt.opts))
			if tt.want {
				require.NoError(t, err)
				assert.Equal(t, []string{"n"}, out.Nodes)
				assert.Empty(t, text)
				return
			}
			require.Error(t, err)
			assert.Nil(t, out)
			assert.Equal(t, 1, ft.failed)
			assert.Equal(t, 1, ft.stopped)
			assert.Contains(t, text, "mock: unexpected call of ListNodes at ")
			assert.Contains(t, text, " with\n\tctx: a context\n\tin: nodesRequest{ClusterID: \"c1\", Login: [REDACTED], Count: 3")
			assert.Contains(t, text, "Expectation 1 at fixture_test.go:")
			assert.Contains(t, text, " differs: want ")
		})
	}
}

func TestNoOptionsIsOneArgument(t *testing.T) {
	t.Parallel()
	api := newNodesAPI(t)
	api.EXPECT().ListNodes(mock.Anything, mock.Anything, nil).Return(nil, nil).Once()
	api.EXPECT().ListNodes(mock.Anything, mock.Anything, []roa.CallOption{}).Return(nil, nil).Once()
	api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil).Once()
	api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.MatchedBy(func(o []roa.CallOption) bool { return o == nil })).Return(nil, nil).Once()
	for range 4 {
		out, err := api.ListNodes(t.Context(), &nodesRequest{})
		require.NoError(t, err)
		assert.NotNil(t, out, "without an error there is a response")
	}
}

func TestReturns(t *testing.T) {
	t.Parallel()
	boom := errors.New("boom")
	api := newNodesAPI(t)
	e := api.EXPECT()
	e.ListNodes(mock.Anything, &nodesRequest{ClusterID: "error"}, mock.Anything).Return(nil, boom)
	e.ListNodes(nil, nil, mock.Anything).Return(&nodesResponse{}, nil)
	var ran []string
	e.ListNodes(mock.Anything, &nodesRequest{ClusterID: "run"}, mock.Anything).
		Run(func(_ context.Context, in *nodesRequest, opts []roa.CallOption) {
			in.Free = "seen by the caller"
			ran = append(ran, fmt.Sprint(in.ClusterID, len(opts)))
		}).
		RunAndReturn(func(ctx context.Context, in *nodesRequest, opts ...roa.CallOption) (*nodesResponse, error) {
			return &nodesResponse{Nodes: []string{in.ClusterID, fmt.Sprint(ctx.Value(ctxKey{}), opts)}}, nil
		}).Twice()
	e.DropNodes(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil).Maybe()

	out, err := api.ListNodes(t.Context(), &nodesRequest{ClusterID: "error"})
	require.ErrorIs(t, err, boom)
	assert.Nil(t, out)
	var nilContext context.Context
	_, err = api.ListNodes(nilContext, nil)
	require.NoError(t, err)
	for range 2 {
		in := &nodesRequest{ClusterID: "run"}
		out, err = api.ListNodes(context.WithValue(t.Context(), ctxKey{}, "v"), in, roa.CallTimeout(time.Second))
		require.NoError(t, err)
		assert.Equal(t, []string{"run", "v[CallTimeout(1s)]"}, out.Nodes)
		assert.Equal(t, "seen by the caller", in.Free)
	}
	assert.Equal(t, []string{"run1", "run1"}, ran)
	api.AssertNumberOfCalls(t, "ListNodes", 4)
	api.AssertNotCalled(t, "DropNodes", mock.Anything, mock.Anything, mock.Anything)
}

// TestPlainTestify uses the mock without its typed methods.
func TestPlainTestify(t *testing.T) {
	t.Parallel()
	api := newNodesAPI(t)
	var clusterID string
	api.On("ListNodes", mock.Anything, &nodesRequest{ClusterID: "c1"}, mock.Anything).
		Run(func(args mock.Arguments) {
			ctx, ok := args.Get(0).(context.Context)
			assert.True(t, ok)
			assert.NoError(t, ctx.Err())
			in, ok := args.Get(1).(*nodesRequest)
			assert.True(t, ok)
			clusterID = in.ClusterID
		}).Return(&nodesResponse{Nodes: []string{"n"}}, nil).Once()
	out, err := api.ListNodes(t.Context(), &nodesRequest{ClusterID: "c1"})
	require.NoError(t, err)
	assert.Equal(t, []string{"n"}, out.Nodes)
	assert.Equal(t, "c1", clusterID)

	for name, results := range map[string][]any{"none": nil, "one": {errors.New("x")}, "wrong type": {"x", nil}, "wrong error": {nil, "x"}} {
		ft := &fakeT{}
		bad := newNodesAPI(ft)
		bad.On("ListNodes", mock.Anything, mock.Anything, mock.Anything).Return(results...)
		_, err := bad.ListNodes(t.Context(), nil)
		require.Error(t, err, name)
		assert.Contains(t, ft.end(), "mock: ListNodes must return a *roamock_test.nodesResponse and an error", name)
	}
}

// TestConcurrentCallers changes requests right after each call, which must not
// race with what testify does with them. It needs -race to mean much.
func TestConcurrentCallers(t *testing.T) {
	t.Parallel()
	api := newNodesAPI(t)
	api.EXPECT().ListNodes(mock.Anything, mock.MatchedBy(func(r *nodesRequest) bool { return r.ClusterID == "never" }), mock.Anything).Return(nil, nil).Maybe()
	api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything).
		RunAndReturn(func(_ context.Context, in *nodesRequest, _ ...roa.CallOption) (*nodesResponse, error) {
			in.Labels["run"] = "x"
			return &nodesResponse{Nodes: []string{in.ClusterID}}, nil
		})
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			in := secretRequest()
			in.Labels = map[string]string{}
			free, ok := in.Free.(map[string]any)
			assert.True(t, ok)
			opts := []roa.CallOption{roa.CallTimeout(time.Second)}
			for j := range 20 {
				in.ClusterID = fmt.Sprint(i, j)
				out, err := api.ListNodes(ctx, in, opts...)
				if assert.NoError(t, err) {
					assert.Equal(t, []string{in.ClusterID}, out.Nodes)
				}
				in.Labels["k"] = in.ClusterID
				in.Pools[0].Name = in.ClusterID
				*in.Main.Password += "x"
				free["new"] = j
				opts[0] = roa.CallTimeout(time.Duration(j))
			}
			cancel()
		})
	}
	wg.Wait()
	api.AssertNumberOfCalls(t, "ListNodes", 160)
}

func TestUserPanicsPass(t *testing.T) {
	t.Parallel()
	api := newNodesAPI(t)
	api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything).Panic("on purpose").Once()
	api.EXPECT().DropNodes(mock.Anything, mock.Anything, mock.Anything).
		RunAndReturn(func(context.Context, *nodesRequest, ...roa.CallOption) (*nodesResponse, error) {
			panic("by function") //nolint:forbidigo // on purpose
		})
	assert.PanicsWithValue(t, "on purpose", func() { _, _ = api.ListNodes(t.Context(), nil) })
	assert.PanicsWithValue(t, "by function", func() { _, _ = api.DropNodes(t.Context(), nil) })
}

// TestMockMayBeCalledFromFunctions would hang if a lock were held meanwhile.
func TestMockMayBeCalledFromFunctions(t *testing.T) {
	t.Parallel()
	api := newNodesAPI(t)
	api.EXPECT().DropNodes(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil).WaitUntil(closed()).After(0)
	api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything).
		RunAndReturn(func(ctx context.Context, in *nodesRequest, opts ...roa.CallOption) (*nodesResponse, error) {
			return api.DropNodes(ctx, in, opts...)
		})
	_, err := api.ListNodes(t.Context(), nil)
	require.NoError(t, err)
}

func closed() <-chan time.Time {
	ch := make(chan time.Time)
	close(ch)
	return ch
}

func TestReportToAnotherTest(t *testing.T) {
	t.Parallel()
	first, second := &fakeT{}, &fakeT{}
	api := newNodesAPI(first)
	api.Test(second)
	_, err := api.ListNodes(t.Context(), nil)
	require.Error(t, err)
	assert.Empty(t, first.end())
	assert.Contains(t, second.end(), "unexpected call of ListNodes")
}

// TestCallsKeepWhatWasPassed changes a request and its options after the call.
func TestCallsKeepWhatWasPassed(t *testing.T) {
	t.Parallel()
	api := newNodesAPI(t)
	api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil)
	in := &nodesRequest{ClusterID: "c1", Labels: map[string]string{"a": "b"}}
	opts := []roa.CallOption{roa.CallQuery("a", "1")}
	_, err := api.ListNodes(t.Context(), in, opts...)
	require.NoError(t, err)
	in.ClusterID, in.Labels["a"], opts[0] = "c2", "changed", roa.CallQuery("b", "2")
	api.AssertCalled(t, "ListNodes", mock.Anything, &nodesRequest{ClusterID: "c1", Labels: map[string]string{"a": "b"}}, roa.CallQuery("a", "1"))
}

// TestCallsKeepWhatMapsHold changes what a map of the request leads to after the call.
func TestCallsKeepWhatMapsHold(t *testing.T) {
	t.Parallel()
	api := newNodesAPI(t)
	api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil)
	list := []any{"a"}
	_, err := api.ListNodes(t.Context(), &nodesRequest{Free: map[string]any{"list": list}})
	require.NoError(t, err)
	list[0] = "changed"
	api.AssertCalled(t, "ListNodes", mock.Anything, &nodesRequest{Free: map[string]any{"list": []any{"a"}}}, nil)
}

// TestNothingMatchesNothing passes options that are an empty list, and a request that is nil.
func TestNothingMatchesNothing(t *testing.T) {
	t.Parallel()
	api := newNodesAPI(t)
	api.EXPECT().ListNodes(mock.Anything, nil, nil).Return(nil, nil).Once()
	_, err := api.ListNodes(t.Context(), nil, []roa.CallOption{}...)
	require.NoError(t, err)
	api.AssertNotCalled(t, "ListNodes", mock.Anything, &nodesRequest{}, nil)
	api.AssertNotCalled(t, "ListNodes", mock.Anything, &nodesRequest{Labels: map[string]string{}}, nil)
}

// TestEmptyMapsAreNoMissingMaps tells a map that is empty from one that is nil.
func TestEmptyMapsAreNoMissingMaps(t *testing.T) {
	t.Parallel()
	ft := &fakeT{}
	api := newNodesAPI(ft)
	api.EXPECT().ListNodes(mock.Anything, &nodesRequest{Labels: map[string]string{}}, nil).Return(nil, nil).Maybe()
	_, err := api.ListNodes(t.Context(), &nodesRequest{})
	require.Error(t, err)
	assert.Contains(t, ft.end(), "in.Labels differs: want {}, got nil")
}

// TestStrangeContexts passes contexts that cannot be compared, and none.
func TestStrangeContexts(t *testing.T) {
	t.Parallel()
	var none context.Context
	odd := uncomparable{t.Context(), nil}
	for name, tt := range map[string]struct {
		want any
		got  context.Context
	}{
		"not comparable": {odd, odd},
		"type of none":   {mock.AnythingOfType("*context.cancelCtx"), none},
	} {
		ft := &fakeT{}
		api := newNodesAPI(ft)
		api.EXPECT().ListNodes(tt.want, mock.Anything, nil).Return(nil, nil).Maybe()
		assert.NotPanics(t, func() { _, _ = api.ListNodes(tt.got, nil) }, name)
		assert.Contains(t, ft.end(), "ctx differs: want ", name)
	}
}

// TestOneDifferenceTooMany tells how many differences are left out.
func TestOneDifferenceTooMany(t *testing.T) {
	t.Parallel()
	ft := &fakeT{}
	api := newNodesAPI(ft)
	api.EXPECT().ListNodes(mock.Anything, &nodesRequest{Pools: make([]pool, 11)}, nil).Return(nil, nil).Maybe()
	_, err := api.ListNodes(t.Context(), &nodesRequest{Pools: []pool{}})
	require.Error(t, err)
	assert.Contains(t, ft.end(), "in.Pools[9] differs: want pool{}, got nothing\n\t... and 1 more")
}

// TestAssertsTellThePlaceOfTheTest looks for the functions that are marked as helpers.
func TestAssertsTellThePlaceOfTheTest(t *testing.T) {
	t.Parallel()
	ft := &fakeT{}
	api := newNodesAPI(ft)
	api.AssertCalled(ft, "ListNodes", mock.Anything)
	api.AssertNotCalled(ft, "ListNodes", mock.Anything)
	api.AssertExpectations(ft)
	const method = "github.com/ackgen/ackgen/sdk/roa/roamock.(*Mock)."
	assert.Equal(t, []string{method + "AssertCalled", method + "AssertNotCalled", method + "AssertExpectations"}, ft.helpers)
}
