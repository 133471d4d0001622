package roamock_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/roa"
)

// failureCases are uses of a mock that must fail their test, with parts of the text.
var failureCases = map[string]struct {
	run  func(api *nodesAPI)
	want []string
}{
	"no expectation": {
		func(api *nodesAPI) { _, _ = api.ListNodes(context.Background(), nil) },
		[]string{"unexpected call of ListNodes", "in: nil", "There is no expectation for it: add EXPECT().ListNodes(...)"},
	},
	"used up": {
		func(api *nodesAPI) {
			api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil).Once()
			_, _ = api.ListNodes(context.Background(), nil)
			_, _ = api.ListNodes(context.Background(), nil)
		},
		[]string{"matches, but it is used up or must come later"},
	},
	"too early": {
		func(api *nodesAPI) {
			drop := api.EXPECT().DropNodes(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil).Maybe()
			drop.Raw().Once()
			api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil).NotBefore(drop)
			_, _ = api.ListNodes(context.Background(), nil)
		},
		[]string{"unexpected call of ListNodes", "must come later"},
	},
	"never called": {
		func(api *nodesAPI) {
			api.EXPECT().ListNodes(mock.Anything, &nodesRequest{Login: "CANARY"}, mock.Anything).Return(nil, nil)
		},
		[]string{"FAIL:", "ListNodes(", "failure_test.go"},
	},
	"nothing to return": {
		func(api *nodesAPI) {
			api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything)
			_, _ = api.ListNodes(context.Background(), nil)
		},
		[]string{"the expectation of ListNodes returns nothing"},
	},
	"function as expectation": {
		func(api *nodesAPI) {
			api.EXPECT().ListNodes(mock.Anything, func(*nodesRequest) bool { return true }, mock.Anything).Maybe()
		},
		[]string{"mock: a function is no expectation: use mock.MatchedBy"},
	},
	"unset": {
		func(api *nodesAPI) {
			api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil).Unset()
			_, _ = api.ListNodes(context.Background(), nil)
		},
		[]string{"unexpected call of ListNodes"},
	},
	"asserts": {
		func(api *nodesAPI) {
			api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil)
			_, _ = api.ListNodes(context.Background(), secretRequest(), roa.CallHeader("X-A", "CANARY"))
		},
		[]string{"mock: ListNodes was not called with", "There was the call", "mock: DropNodes was not called with", "There was no call of it.", "mock: ListNodes was called with"},
	},
}

func TestFailures(t *testing.T) {
	t.Parallel()
	for name, tt := range failureCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ft := &fakeT{}
			api := newNodesAPI(ft)
			tt.run(api)
			if name == "asserts" {
				api.AssertCalled(ft, "ListNodes", mock.Anything, &nodesRequest{Login: "CANARY"}, mock.Anything)
				api.AssertCalled(ft, "ListNodes", mock.Anything)
				api.AssertCalled(ft, "DropNodes", mock.Anything, mock.Anything, mock.Anything)
				api.AssertNotCalled(ft, "ListNodes", mock.Anything, secretRequest(), mock.Anything)
			}
			text := ft.end()
			assert.Positive(t, ft.failed)
			for _, want := range tt.want {
				assert.Contains(t, text, want)
			}
			assert.NotContains(t, text, "CANARY")
		})
	}
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
	assert.Less(t, len(ft.end()), 2500)
}
