package migration

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth/credentials"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/cs"
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

// tasks are the five tasks.
type tasks interface {
	Nodes(ctx context.Context, clusterID string) ([]string, error)
	Create(ctx context.Context, name, region string) (string, error)
	Kubeconfig(ctx context.Context, clusterID string) (string, error)
	State(ctx context.Context, clusterID string) (string, error)
	Tag(ctx context.Context, region, clusterID, key, value string) error
}

// transport sends the requests to the fake server: the SDK has no setting for a
// port.
type transport struct {
	*http.Client
	host string
}

func (t transport) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.URL.Host = t.host
	return t.Transport.RoundTrip(req)
}

// newClient makes one client of the SDK at a time: each fills the same map.
var newClient sync.Mutex

func newOfficial(t *testing.T, srv *acktest.Server, id, secret string) tasks {
	t.Helper()
	fake, err := url.Parse(srv.URL)
	require.NoError(t, err)
	config := sdk.NewConfig().WithScheme(requests.HTTPS)
	config.Transport = transport{srv.HTTPClient(), fake.Host}
	newClient.Lock()
	defer newClient.Unlock()
	client, err := cs.NewClientWithOptions(region, config, credentials.NewAccessKeyCredential(id, secret))
	require.NoError(t, err)
	client.Domain = fake.Hostname()
	return Official{Client: client, Delay: delay}
}

func newOurs(t *testing.T, srv *acktest.Server) tasks {
	t.Helper()
	return Ours{Client: srv.Client(t, roa.WithRetry(roa.DefaultRetryPolicy{BaseDelay: delay, ThrottledDelay: delay})), Delay: delay}
}

// A response is scripted for the next request of an operation.
type response struct {
	operation string
	status    int
	body      string
}

func nodes(page int32, count int, total int32) response {
	list := make([]ack.Node, count)
	for i := range list {
		list[i].NodeName = fmt.Sprintf("node-%d-%d", page, i)
	}
	body, err := json.Marshal(map[string]any{"nodes": list, "page": ack.PageInfo{PageNumber: page, PageSize: 100, TotalCount: total}})
	if err != nil {
		return response{operation: "DescribeClusterNodes", status: http.StatusInternalServerError, body: err.Error()}
	}
	return response{"DescribeClusterNodes", http.StatusOK, string(body)}
}

func throttle(operation string) response {
	return response{operation, http.StatusTooManyRequests, `{"code":"Throttling.User","message":"slow down"}`}
}

func refuse(operation string) response {
	return response{operation, http.StatusForbidden, `{"code":"Forbidden.RAM","message":"no"}`}
}

func task(body string) response { return response{"DescribeTaskInfo", http.StatusOK, body} }

func detail(status int, body string) response { return response{"DescribeClusterDetail", status, body} }

var cases = map[string]struct {
	responses []response
	do        func(ctx context.Context, t tasks) (any, error)
	want      any    // what the task returns
	wantErr   string // a part of the error, when it returns one
	sent      int    // requests
}{
	"no nodes":              {responses: []response{nodes(1, 0, 0)}, do: listNodes, want: []string(nil), sent: 1},
	"one full page":         {responses: []response{nodes(1, 100, 100)}, do: countNodes, want: 100, sent: 1},
	"three pages":           {responses: []response{nodes(1, 100, 205), nodes(2, 100, 205), nodes(3, 5, 205)}, do: countNodes, want: 205, sent: 3},
	"nodes, throttled":      {responses: []response{nodes(1, 100, 101), throttle("DescribeClusterNodes"), nodes(2, 1, 101)}, do: countNodes, want: 101, sent: 3},
	"nodes, refused":        {responses: []response{nodes(1, 100, 101), refuse("DescribeClusterNodes")}, do: countNodes, want: 0, wantErr: "Forbidden", sent: 2},
	"create":                {do: create, want: cluster, sent: 2},
	"create, slow":          {responses: []response{task(`{"state":"running"}`), task(`{"state":"RUNNING"}`), task(`{"state":"success"}`)}, do: create, want: cluster, sent: 4},
	"create, throttled":     {responses: []response{throttle("CreateCluster"), throttle("DescribeTaskInfo")}, do: create, want: cluster, sent: 4},
	"create, server error":  {responses: []response{{"CreateCluster", http.StatusInternalServerError, `{"code":"InternalError"}`}}, do: create, want: "", wantErr: "InternalError", sent: 1},
	"create, task failed":   {responses: []response{task(`{"state":"fail","error":{"code":"OutOfStock","message":"none left"}}`)}, do: create, want: "", wantErr: "OutOfStock", sent: 2},
	"kubeconfig":            {responses: []response{{"DescribeClusterUserKubeconfig", http.StatusOK, `{"config":"apiVersion: v1"}`}}, do: kubeconfig, want: "apiVersion: v1", sent: 1},
	"kubeconfig, throttled": {responses: []response{throttle("DescribeClusterUserKubeconfig"), {"DescribeClusterUserKubeconfig", http.StatusOK, `{"config":"a"}`}}, do: kubeconfig, want: "a", sent: 2},
	"kubeconfig, refused":   {responses: []response{refuse("DescribeClusterUserKubeconfig")}, do: kubeconfig, want: "", wantErr: "Forbidden", sent: 1},
	"state":                 {do: state, want: "running", sent: 1},
	"state, gone":           {responses: []response{detail(http.StatusNotFound, `{"code":"ErrorClusterNotFound"}`)}, do: state, want: "gone", sent: 1},
	"state, gone by code":   {responses: []response{detail(http.StatusBadRequest, `{"code":"ErrorClusterNotFound"}`)}, do: state, want: "gone", sent: 1},
	"state, throttled":      {responses: []response{throttle("DescribeClusterDetail"), throttle("DescribeClusterDetail")}, do: state, want: "running", sent: 3},
	"state, busy":           {responses: []response{throttle("DescribeClusterDetail"), throttle("DescribeClusterDetail"), throttle("DescribeClusterDetail")}, do: state, want: "busy", sent: 3},
	"state, refused":        {responses: []response{refuse("DescribeClusterDetail")}, do: state, want: "", wantErr: "Forbidden", sent: 1},
	"tag":                   {do: tag, sent: 1},
	"tag, throttled":        {responses: []response{throttle("TagResources")}, do: tag, sent: 2},
	"tag, refused":          {responses: []response{refuse("TagResources")}, do: tag, wantErr: "Forbidden", sent: 1},
}

func listNodes(ctx context.Context, t tasks) (any, error) { return t.Nodes(ctx, cluster) }

func countNodes(ctx context.Context, t tasks) (any, error) {
	names, err := t.Nodes(ctx, cluster)
	unique := map[string]bool{}
	for _, name := range names {
		unique[name] = true
	}
	return len(unique), err
}

func create(ctx context.Context, t tasks) (any, error) { return t.Create(ctx, "demo", region) }

func kubeconfig(ctx context.Context, t tasks) (any, error) { return t.Kubeconfig(ctx, cluster) }

func state(ctx context.Context, t tasks) (any, error) { return t.State(ctx, cluster) }

func tag(ctx context.Context, t tasks) (any, error) {
	return nil, t.Tag(ctx, region, cluster, "env", "prod")
}

// TestEqualOutcomes runs every case with both clients, each against a server of
// its own, and compares what they return and what they have sent.
func TestEqualOutcomes(t *testing.T) {
	t.Parallel()
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sent := map[string][]acktest.Request{}
			for _, side := range []string{"official", "ours"} {
				srv := acktest.NewServer(t, acktest.WithExamples(), acktest.WithCredentials("id", "secret", ""))
				for _, a := range tc.responses {
					srv.Respond(a.operation, acktest.Response{Status: a.status, Body: a.body})
				}
				client := newOurs(t, srv)
				if side == "official" {
					client = newOfficial(t, srv, "id", "secret")
				}
				got, err := tc.do(t.Context(), client)
				assert.Equal(t, tc.want, got, side)
				if tc.wantErr == "" {
					require.NoError(t, err, side)
				} else {
					require.ErrorContains(t, err, tc.wantErr, side)
				}
				sent[side] = received(srv)
			}
			assert.Equal(t, sent["official"], sent["ours"])
			assert.Len(t, sent["ours"], tc.sent)
		})
	}
}

// received returns what must be equal: all but the ids of the requests, the headers, in
// which clients say who they are, and the region, which the official client does not send. The number of the first page may be left out,
// it is the default.
func received(srv *acktest.Server) []acktest.Request {
	list := srv.Requests()
	for i := range list {
		list[i].RequestID, list[i].Region, list[i].Header = "", "", nil
		if list[i].Query.Get("pageNumber") == "1" {
			list[i].Query.Del("pageNumber")
		}
	}
	return list
}
