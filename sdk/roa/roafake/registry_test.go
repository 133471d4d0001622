package roafake_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/ackgen/ackgen/sdk/roa/roafake"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// named responds with a name.
func named(name string) func(context.Context, *makeRequest) (*makeResponse, error) {
	return func(context.Context, *makeRequest) (*makeResponse, error) { return &makeResponse{Name: name}, nil }
}

func TestLatestFirst(t *testing.T) {
	t.Parallel()
	var r roafake.Registry
	_, err := ask[makeResponse](t.Context(), &r, "make-thing", makeRequest{})
	require.ErrorIs(t, err, roafake.Pass, "nothing is set")

	r.Add(overrides{Make: named("first")})
	r.Add(overrides{Make: func(_ context.Context, in *makeRequest) (*makeResponse, error) {
		if in.Name != "mine" {
			in.Name = "changed" // which the next function must not see
			return nil, fmt.Errorf("not mine: %w", roafake.Pass)
		}
		return &makeResponse{Name: "second"}, nil
	}})
	out, err := ask[makeResponse](t.Context(), &r, "make-thing", makeRequest{Name: "mine"})
	require.NoError(t, err)
	assert.Equal(t, "second", out.Name)
	out, err = ask[makeResponse](t.Context(), &r, "make-thing", makeRequest{Name: "other"})
	require.NoError(t, err)
	assert.Equal(t, "first", out.Name)
	_, err = ask[pollResponse](t.Context(), &r, "Poll", pollRequest{})
	require.ErrorIs(t, err, roafake.Pass, "another operation")
}

func TestRequestIsNewForEachFunction(t *testing.T) {
	t.Parallel()
	var r roafake.Registry
	var seen []string
	note := func(_ context.Context, in *makeRequest) (*makeResponse, error) {
		seen = append(seen, in.Name)
		in.Name += "!"
		return nil, roafake.Pass
	}
	r.Add(overrides{Make: note})
	r.Add(overrides{Make: note})
	_, err := ask[makeResponse](t.Context(), &r, "make-thing", makeRequest{Name: "a"})
	require.ErrorIs(t, err, roafake.Pass)
	assert.Equal(t, []string{"a", "a"}, seen)
}

func TestWhatFunctionsReturn(t *testing.T) {
	t.Parallel()
	refused := &roa.APIError{StatusCode: http.StatusNotFound, Code: "NotFound"}
	boom := errors.New("boom")
	for name, tt := range map[string]struct {
		fn   func(context.Context, *makeRequest) (*makeResponse, error)
		want error
		text string
	}{
		"nothing":        {fn: func(context.Context, *makeRequest) (*makeResponse, error) { return nil, nil }},
		"a refusal":      {func(context.Context, *makeRequest) (*makeResponse, error) { return nil, refused }, refused, "404 NotFound"},
		"another error":  {func(context.Context, *makeRequest) (*makeResponse, error) { return nil, boom }, boom, "override of make-thing: boom"},
		"a panic":        {func(context.Context, *makeRequest) (*makeResponse, error) { panic("slipped") }, nil, "override of make-thing: panicked: slipped"}, //nolint:forbidigo // what a test may do
		"no return":      {func(context.Context, *makeRequest) (*makeResponse, error) { runtime.Goexit(); return nil, nil }, nil, "override of make-thing: ended its goroutine"},
		"the context's":  {func(ctx context.Context, _ *makeRequest) (*makeResponse, error) { return nil, ctx.Err() }, context.Canceled, "canceled"},
		"error and both": {func(context.Context, *makeRequest) (*makeResponse, error) { return &makeResponse{}, boom }, boom, "boom"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var r roafake.Registry
			r.Add(overrides{Make: tt.fn})
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			out, err := ask[makeResponse](ctx, &r, "make-thing", makeRequest{})
			assert.Empty(t, r.Unused())
			assert.Zero(t, out)
			if tt.text == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, tt.text)
			if tt.want != nil {
				require.ErrorIs(t, err, tt.want)
			}
		})
	}
}

func TestRequestThatCannotBeRead(t *testing.T) {
	t.Parallel()
	var r roafake.Registry
	r.Add(overrides{Make: named("a")})
	broken := errors.New("broken")
	_, err := r.Respond(t.Context(), "make-thing", func(any) error { return broken })
	require.ErrorIs(t, err, broken)
	assert.Len(t, r.Unused(), 1, "the function was not called")
}

func TestUnused(t *testing.T) {
	t.Parallel()
	var r roafake.Registry
	assert.Empty(t, r.Unused())
	r.Add(overrides{Make: named("a")})
	r.Add(overrides{
		Make: func(context.Context, *makeRequest) (*makeResponse, error) { return nil, roafake.Pass },
		List: numberPages.Of(),
		Poll: func(context.Context, *pollRequest) (*pollResponse, error) { return nil, nil },
	})
	for range 2 {
		_, err := ask[makeResponse](t.Context(), &r, "make-thing", makeRequest{})
		require.NoError(t, err)
	}
	_, err := ask[pollResponse](t.Context(), &r, "Poll", pollRequest{})
	require.NoError(t, err)
	unused := r.Unused()
	require.Len(t, unused, 2)
	assert.Regexp(t, `^override of List at registry_test\.go:\d+ was never called$`, unused[0])
	assert.Regexp(t, `^override of make-thing at registry_test\.go:\d+ passed every request \(2\)$`, unused[1])
}

func TestOperation(t *testing.T) {
	t.Parallel()
	var names []string
	for _, f := range (overrides{Make: named("a"), List: numberPages.Of()}).OverrideFunctions() {
		names = append(names, f.Operation())
	}
	assert.Equal(t, []string{"List", "make-thing"}, names)
	assert.Empty(t, overrides{}.OverrideFunctions())
}

// TestConcurrentUse adds functions while others respond.
func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	var r roafake.Registry
	r.Add(overrides{Make: named("first")})
	var group sync.WaitGroup
	for i := range 32 {
		group.Go(func() {
			r.Add(overrides{Make: func(_ context.Context, in *makeRequest) (*makeResponse, error) {
				if in.Name != strconv.Itoa(i) {
					return nil, roafake.Pass
				}
				return &makeResponse{Name: in.Name}, nil
			}})
			out, err := ask[makeResponse](t.Context(), &r, "make-thing", makeRequest{Name: strconv.Itoa(i)})
			assert.NoError(t, err)
			assert.Equal(t, strconv.Itoa(i), out.Name)
			_ = r.Unused()
		})
	}
	group.Wait()
	out, err := ask[makeResponse](t.Context(), &r, "make-thing", makeRequest{Name: "nobody's"})
	require.NoError(t, err)
	assert.Equal(t, "first", out.Name)
	assert.Empty(t, r.Unused())
}
