package roamock_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/ackgen/ackgen/sdk/roa/roamock"
)

// update rewrites the golden file.
var update = flag.Bool("update", false, "rewrite the golden file; the run fails all the same")

// failureCases are uses of a mock that must fail their test. Their texts are in
// testdata/failures.golden.
var failureCases = map[string]func(ft *fakeT, api *nodesAPI){
	"no expectation": func(_ *fakeT, api *nodesAPI) { _, _ = api.ListNodes(context.Background(), nil) },
	"field of a request": func(_ *fakeT, api *nodesAPI) {
		api.EXPECT().ListNodes(mock.Anything, &nodesRequest{ClusterID: "c1"}, nil).Return(nil, nil).Maybe()
		_, _ = api.ListNodes(context.Background(), &nodesRequest{ClusterID: "c2"}, roa.CallTimeout(time.Second))
	},
	"fields of every kind": func(_ *fakeT, api *nodesAPI) {
		api.EXPECT().ListNodes(mock.Anything, wantedRequest(), mock.Anything).Return(nil, nil).Maybe()
		_, _ = api.ListNodes(context.Background(), gottenRequest())
	},
	"many fields": func(_ *fakeT, api *nodesAPI) {
		api.EXPECT().ListNodes(mock.Anything, nodesRequest{Pools: make([]pool, 12)}, mock.Anything).Return(nil, nil).Maybe()
		_, _ = api.ListNodes(context.Background(), &nodesRequest{})
		_, _ = api.ListNodes(context.Background(), &nodesRequest{Pools: []pool{}})
	},
	"another request": func(_ *fakeT, api *nodesAPI) {
		api.EXPECT().ListNodes(mock.Anything, &pool{Name: "p"}, mock.Anything).Return(nil, nil).Maybe()
		_, _ = api.ListNodes(context.Background(), &nodesRequest{})
	},
	"nil request": func(_ *fakeT, api *nodesAPI) {
		api.EXPECT().ListNodes(mock.Anything, &nodesRequest{}, mock.Anything).Return(nil, nil).Maybe()
		_, _ = api.ListNodes(context.Background(), nil)
	},
	"used up": func(_ *fakeT, api *nodesAPI) {
		api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil).Once()
		_, _ = api.ListNodes(context.Background(), nil)
		_, _ = api.ListNodes(context.Background(), nil)
	},
	"used up for testify": func(_ *fakeT, api *nodesAPI) {
		api.On("ListNodes", mock.Anything, mock.Anything, mock.Anything).Return(nil, nil).Once()
		_, _ = api.ListNodes(context.Background(), nil)
		_, _ = api.ListNodes(context.Background(), nil)
	},
	"too early": func(_ *fakeT, api *nodesAPI) {
		drop := api.EXPECT().DropNodes(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil).Once()
		api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil).NotBefore(drop)
		_, _ = api.ListNodes(context.Background(), nil)
	},
	"out of order": func(ft *fakeT, api *nodesAPI) {
		other := newNodesAPI(ft)
		drop := other.EXPECT().DropNodes(mock.Anything, mock.Anything, nil).Return(nil, nil).Once()
		first := api.EXPECT().AllNodes(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil).Once()
		then := api.EXPECT().WaitNodes(mock.Anything, mock.Anything, 2, mock.Anything).Return(nil, nil).Once()
		roamock.InOrder(drop, first, then)
		_, _ = api.WaitNodes(context.Background(), nil, 2)
	},
	"never called": func(_ *fakeT, api *nodesAPI) {
		api.EXPECT().ListNodes(mock.Anything, &nodesRequest{ClusterID: "c1", Login: "CANARY"}, nil).Return(nil, nil)
		api.EXPECT().DropNodes(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil).Maybe()
		api.On("DropNodes", mock.Anything, nodesRequest{}, mock.Anything).Return(nil, nil)
		api.EXPECT().WaitNodes(mock.Anything, &nodesRequest{}, 3, nil).Return(nil, nil)
	},
	"called too few times": func(_ *fakeT, api *nodesAPI) {
		api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil).Times(3)
		_, _ = api.ListNodes(context.Background(), nil)
		api.EXPECT().DropNodes(mock.Anything, mock.Anything, mock.Anything).ReturnEach(nil, nil)
	},
	"called after the end": func(ft *fakeT, api *nodesAPI) {
		api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil).Maybe()
		_ = ft.end()
		_, _ = api.ListNodes(context.Background(), &nodesRequest{ClusterID: "c1", Login: "CANARY"})
	},
	"nothing to return": func(_ *fakeT, api *nodesAPI) {
		api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything)
		_, _ = api.ListNodes(context.Background(), nil)
	},
	"no items to return": func(_ *fakeT, api *nodesAPI) {
		api.EXPECT().AllNodes(mock.Anything, mock.Anything, mock.Anything)
		_, _ = api.collect(nil)
	},
	"nothing in turn": func(_ *fakeT, api *nodesAPI) {
		api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything).ReturnEach().Maybe()
	},
	"function as expectation": func(_ *fakeT, api *nodesAPI) {
		api.EXPECT().ListNodes(mock.Anything, func(*nodesRequest) bool { return true }, mock.Anything).Maybe()
	},
	"wait option as expectation": func(_ *fakeT, api *nodesAPI) {
		api.EXPECT().WaitNodes(mock.Anything, mock.Anything, mock.Anything, []roa.WaitOption{roa.WaitTimeout(time.Second)}).Return(nil, nil).Maybe()
		_, _ = api.WaitNodes(context.Background(), nil, 2, roa.WaitTimeout(time.Second))
	},
	"range without a type": func(_ *fakeT, api *nodesAPI) {
		api.On("AllNodes", mock.Anything, mock.Anything, mock.Anything).Return(nil, nil)
		_, _ = api.collect(nil)
	},
	"unexpected range": func(_ *fakeT, api *nodesAPI) {
		api.EXPECT().AllNodes(mock.Anything, &nodesRequest{ClusterID: "c1"}, mock.Anything).Return(nil, nil).Maybe()
		_, _ = api.collect(&nodesRequest{})
	},
	"unset": func(_ *fakeT, api *nodesAPI) {
		api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil).Unset()
		_, _ = api.ListNodes(context.Background(), nil)
	},
	"asserts": func(ft *fakeT, api *nodesAPI) {
		api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil)
		_, _ = api.ListNodes(context.Background(), secretRequest(), roa.CallHeader("X-A", "CANARY"))
		api.AssertCalled(ft, "ListNodes", mock.Anything, &nodesRequest{Login: "CANARY"}, mock.Anything)
		api.AssertCalled(ft, "ListNodes", mock.Anything)
		api.AssertCalled(ft, "DropNodes", mock.Anything, mock.Anything, mock.Anything)
		api.AssertNotCalled(ft, "ListNodes", mock.Anything, secretRequest(), mock.Anything)
	},
}

// wantedRequest and gottenRequest differ in every field.
func wantedRequest() *nodesRequest {
	r := secretRequest()
	r.Data, r.Stream, r.Labels = []byte("abc"), strings.NewReader("CANARY"), map[string]string{"both": "1", "wanted": "x"}
	r.Pools = append(r.Pools, pool{Name: "second"})
	return r
}

func gottenRequest() *nodesRequest {
	r := secretRequest()
	r.ClusterID, r.Login, r.Count, r.Since = "c2", "CANARY-2", new(int64(3)), r.Since.Add(time.Hour)
	r.Data, r.Stream, r.Labels = nil, strings.NewReader("CANARY-2"), map[string]string{"both": "2", "gotten": "x"}
	r.Pools = []pool{{Name: "first", Password: new(roa.Secret("CANARY-2"))}}
	r.Main = nil
	r.Free = map[string]any{"a": roa.Secret("CANARY-2"), "b": "text", "c": &pool{Password: new(roa.Secret("CANARY-2"))}}
	return r
}

// places are what changes in texts when a test is edited.
var places = regexp.MustCompile(`_test\.go:\d+`)

func TestFailures(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(failureCases)) {
		ft := &fakeT{}
		api := newNodesAPI(ft)
		failureCases[name](ft, api)
		text := ft.end()
		assert.Positive(t, ft.failed, name)
		assert.NotContains(t, text, "CANARY", name)
		fmt.Fprintf(&b, "-- %s --\n%s", name, places.ReplaceAllString(text, "_test.go:LINE"))
	}
	const golden = "testdata/failures.golden"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(b.String()), 0o600))
		t.Errorf("%s is rewritten: run again without -update", golden)
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), b.String())
}

// secretRequest holds a canary everywhere a secret can be.
func secretRequest() *nodesRequest {
	s := roa.Secret("CANARY")
	return &nodesRequest{
		ClusterID: "c1", Login: s, Pools: []pool{{Password: &s}}, Main: &pool{Name: "m", Password: &s},
		Since: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		Free:  map[string]any{"a": s, "b": []roa.Secret{s}, "c": &pool{Password: &s}},
	}
}

func TestNoSecretInFailures(t *testing.T) {
	t.Parallel()
	ctx := context.WithValue(t.Context(), ctxKey{}, "CANARY")
	wants := map[string]any{
		"other value":   &nodesRequest{Login: "CANARY-2", Main: &pool{Password: new(roa.Secret("CANARY-2"))}},
		"by value":      nodesRequest{Login: "CANARY-2"},
		"matcher":       mock.MatchedBy(func(*nodesRequest) bool { return false }),
		"panic":         mock.MatchedBy(func(r *nodesRequest) bool { panic(r.Login.Reveal()) }), //nolint:forbidigo // on purpose
		"type":          mock.AnythingOfType("*x"),
		"credentials":   roa.Credentials{AccessKeyID: "CANARY", AccessKeySecret: "CANARY"},
		"secret":        roa.Secret("CANARY"),
		"other context": mock.Anything,
	}
	for name, want := range wants {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ft := &fakeT{}
			api := newNodesAPI(ft)
			api.EXPECT().ListNodes(context.WithValue(t.Context(), ctxKey{}, "CANARY"), want, []roa.CallOption{roa.CallQuery("q", "CANARY")}).Return(nil, nil).Once()
			api.EXPECT().DropNodes(mock.Anything, want, mock.Anything).Return(nil, nil).Once()
			_, _ = api.ListNodes(ctx, secretRequest(), roa.CallHeader("X-A", "CANARY"))
			api.AssertCalled(ft, "ListNodes", ctx, want, mock.Anything)
			text := ft.end()
			assert.NotContains(t, text, "CANARY")
			assert.Contains(t, text, `in: nodesRequest{ClusterID: "c1", Login: [REDACTED], Pools: [pool{Password: [REDACTED]}], Main: pool{Name: "m", Password: [REDACTED]}, `+
				`Since: 2026-01-02T03:04:05Z, Free: {"a": [REDACTED], "b": [[REDACTED]], "c": pool{Password: [REDACTED]}}}`)
			assert.Contains(t, text, `opts: [CallHeader("X-A")]`)
		})
	}
}

func TestLongRequestsAreCut(t *testing.T) {
	t.Parallel()
	ft := &fakeT{}
	_, err := newNodesAPI(ft).ListNodes(t.Context(), &nodesRequest{ClusterID: strings.Repeat("é", 5000)})
	require.Error(t, err)
	text := ft.end()
	assert.Less(t, len(text), 2500)
	assert.True(t, utf8.ValidString(text), "cut within a character")
}
