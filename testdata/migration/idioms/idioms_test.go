package idioms

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/alibabacloud-go/tea/tea"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

const (
	region  = "cn-beijing"
	cluster = "c82e6987e2961451182edacd74faf1234"
	delay   = time.Millisecond
)

// idioms are what both packages do.
type idioms interface {
	Create(ctx context.Context, region, name string) (cluster, task string, err error)
	State(ctx context.Context, id string) (string, error)
	Nodes(ctx context.Context, id string) ([]string, error)
	Wait(ctx context.Context, task string) error
}

// sides returns both clients, each with a server of its own.
func sides(t *testing.T, responses map[string][]acktest.Response) map[string]struct {
	idioms
	*acktest.Server
} {
	t.Helper()
	out := map[string]struct {
		idioms
		*acktest.Server
	}{}
	for _, side := range []string{"official", "ours"} {
		srv := acktest.NewServer(t, acktest.WithExamples(), acktest.WithPlainHTTP(), acktest.WithCredentials("id", "secret", ""))
		for operation, list := range responses {
			for _, r := range list {
				srv.Respond(operation, r)
			}
		}
		both := out[side]
		both.Server = srv
		if side == "official" {
			client, err := newOfficial(region, "id", "secret")
			require.NoError(t, err)
			client.Endpoint, client.Protocol = tea.String(strings.TrimPrefix(srv.URL, "http://")), tea.String("HTTP")
			both.idioms = Official{client, delay}
		} else {
			both.idioms = Ours{srv.Client(t, roa.WithRetry(roa.DefaultRetryPolicy{BaseDelay: delay, ThrottledDelay: delay})), delay}
		}
		out[side] = both
	}
	return out
}

func page(number, count, total int32) acktest.Response {
	nodes := make([]ack.Node, count)
	for i := range nodes {
		nodes[i].NodeName = fmt.Sprintf("node-%d-%d", number, i)
	}
	info := ack.PageInfo{PageNumber: number, PageSize: 100, TotalCount: total}
	body, err := json.Marshal(map[string]any{"nodes": nodes, "page": info})
	if err != nil {
		return acktest.Response{Status: http.StatusInternalServerError, Body: err.Error()}
	}
	return acktest.Response{Body: string(body)}
}

// TestIdioms holds that both sides do the same.
func TestIdioms(t *testing.T) {
	t.Parallel()
	refusal := acktest.Response{Status: http.StatusNotFound, Body: `{"code":"ErrorClusterNotFound","message":"no"}`}
	throttle := acktest.Response{Status: http.StatusTooManyRequests, Body: `{"code":"Throttling.User","message":"slow","requestId":"R"}`}
	for name, tc := range map[string]struct {
		responses map[string][]acktest.Response
		do        func(ctx context.Context, i idioms) (any, error)
		want      any
		wantErr   string
	}{
		"create": {
			do: func(ctx context.Context, i idioms) (any, error) {
				id, task, err := i.Create(ctx, region, "web")
				return [2]bool{id != "", task != ""}, err
			},
			want: [2]bool{true, true},
		},
		"state":     {do: state, want: "running"},
		"gone":      {responses: map[string][]acktest.Response{"DescribeClusterDetail": {refusal}}, do: state, want: "gone"},
		"throttled": {responses: map[string][]acktest.Response{"DescribeClusterDetail": {throttle, throttle, throttle}}, do: state, want: "", wantErr: "try again later"},
		"nodes": {
			responses: map[string][]acktest.Response{"DescribeClusterNodes": {page(1, 100, 205), page(2, 100, 205), page(3, 5, 205)}},
			do: func(ctx context.Context, i idioms) (any, error) {
				names, err := i.Nodes(ctx, cluster)
				return len(names), err
			},
			want: 205,
		},
		"wait": {responses: map[string][]acktest.Response{"DescribeTaskInfo": {{Body: `{"state":"running"}`}, {Body: `{"state":"success"}`}}}, do: wait},
		"wait for what fails": {
			responses: map[string][]acktest.Response{"DescribeTaskInfo": {{Body: `{"state":"running"}`}, {Body: `{"state":"fail","error":{"code":"NoStock"}}`}}},
			do:        wait, wantErr: "the task failed with NoStock",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for side, s := range sides(t, tc.responses) {
				got, err := tc.do(t.Context(), s.idioms)
				assert.Equal(t, tc.want, got, side)
				if tc.wantErr == "" {
					require.NoError(t, err, side)
				} else {
					require.ErrorContains(t, err, tc.wantErr, side)
				}
				if name != "throttled" {
					continue
				}
				// The official client does not try again by itself; the server must not miss the requests for that.
				for side == "official" && len(s.Requests()) < 3 {
					_, err = s.State(t.Context(), cluster)
					require.ErrorContains(t, err, tc.wantErr)
				}
			}
		})
	}
}

func state(ctx context.Context, i idioms) (any, error) { return i.State(ctx, cluster) }

func wait(ctx context.Context, i idioms) (any, error) { return nil, i.Wait(ctx, "T-1") }

// TestNewOurs holds that the client of the guide can be made, as that of the other side is in the test above.
func TestNewOurs(t *testing.T) {
	t.Parallel()
	client, err := newOurs(region, "id", "secret")
	require.NoError(t, err)
	assert.Equal(t, region, client.Region())
}
