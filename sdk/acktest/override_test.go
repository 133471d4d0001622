package acktest

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/ack/ackfake"
	"github.com/ackgen/ackgen/sdk/acktest/internal/gateway"
	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/ackgen/ackgen/sdk/roa/roafake"
)

// TestEveryOverride sends the example requests of each operation to an override of it, and compares what the function gets with what was sent, and
// what comes back with what it returned.
func TestEveryOverride(t *testing.T) {
	t.Parallel()
	api, err := bundled()
	require.NoError(t, err)
	fields := reflect.TypeFor[ackfake.Overrides]()
	assert.Equal(t, len(api.Operations()), fields.NumField())
	for _, op := range api.Operations() {
		field, ok := fields.FieldByName(op.Name)
		require.True(t, ok, op.Name)
		for example, body := range exampleBodies(op) {
			t.Run(op.Name+" "+example, func(t *testing.T) {
				t.Parallel()
				srv := NewServer(t)
				in := exampleRequest(t, op, body, field.Type.In(1).Elem())
				out := exampleResult(t, op, field.Type.Out(0).Elem())
				var got reflect.Value
				set := reflect.New(fields)
				set.Elem().FieldByName(op.Name).Set(reflect.MakeFunc(field.Type, func(args []reflect.Value) []reflect.Value {
					got = args[1]
					return []reflect.Value{out, reflect.Zero(field.Type.Out(1))}
				}))
				srv.Override(set.Interface().(*ackfake.Overrides)) //nolint:errcheck // is made above
				method := reflect.ValueOf(srv.Client(t)).MethodByName(op.Name)
				results := method.Call([]reflect.Value{reflect.ValueOf(t.Context()), in})
				callErr, _ := reflect.TypeAssert[error](results[1])
				require.NoError(t, callErr)
				equalFields(t, in.Elem(), got.Elem())
				if id := out.Elem().FieldByName("RequestID"); id.IsValid() && id.IsZero() {
					id.Set(results[0].Elem().FieldByName("RequestID")) // which the server fills
				}
				equalFields(t, out.Elem(), results[0].Elem())
			})
		}
	}
}

// exampleResult returns a response with the example of the spec.
func exampleResult(t *testing.T, op *gateway.Operation, typ reflect.Type) reflect.Value {
	t.Helper()
	out := reflect.New(typ)
	if op.Example.Body == "" {
		return out
	}
	for _, whole := range []string{"Items", "Entries", "Value"} {
		if field, ok := typ.FieldByName(whole); ok && field.Tag.Get("json") == "-" {
			require.NoError(t, json.Unmarshal([]byte(op.Example.Body), out.Elem().FieldByName(whole).Addr().Interface()))
			return out
		}
	}
	if field, ok := typ.FieldByName("Text"); ok && field.Tag.Get("json") == "-" {
		out.Elem().FieldByName("Text").SetString(op.Example.Body)
		return out
	}
	require.NoError(t, json.Unmarshal([]byte(op.Example.Body), out.Interface()))
	return out
}

// equalFields compares two requests or responses, and names fields that differ without their values. A client fills tokens and metadata.
func equalFields(t *testing.T, want, got reflect.Value) {
	t.Helper()
	for field := range want.Type().Fields() {
		one, other := want.FieldByIndex(field.Index), got.FieldByIndex(field.Index)
		if field.Type == reflect.TypeFor[roa.Metadata]() || field.Name == "ClientToken" && one.IsZero() && !other.IsZero() || reflect.DeepEqual(one.Interface(), other.Interface()) {
			continue
		}
		// Free JSON has numbers of another type.
		a, err := roa.WriteJSON(one.Interface())
		require.NoError(t, err)
		b, err := roa.WriteJSON(other.Interface())
		require.NoError(t, err)
		var x, y any
		require.NoError(t, json.Unmarshal(a, &x))
		require.NoError(t, json.Unmarshal(b, &y))
		assert.True(t, reflect.DeepEqual(x, y), "%s differs", field.Name)
	}
}

// TestOverridesGoBeforeState lets a function respond for one cluster, and the state of the server for another.
func TestOverridesGoBeforeState(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	client := srv.Client(t)
	id := running(t, client, &ack.CreateClusterRequest{Name: "real"})
	srv.Override(ackfake.Overrides{DescribeClusterDetail: func(_ context.Context, in *ack.DescribeClusterDetailRequest) (*ack.DescribeClusterDetailResponse, error) {
		if in.ClusterID == id {
			return nil, roafake.Pass
		}
		return &ack.DescribeClusterDetailResponse{Cluster: ack.Cluster{Name: in.ClusterID, Size: 0}}, nil
	}})
	assert.Equal(t, "real", detail(t, client, id).Name)
	assert.Equal(t, "c2", detail(t, client, "c2").Name)

	srv.Override(ackfake.Overrides{DescribeClusterDetail: func(context.Context, *ack.DescribeClusterDetailRequest) (*ack.DescribeClusterDetailResponse, error) {
		return nil, nil
	}})
	assert.Empty(t, detail(t, client, id).Name, "the latest goes first, and nothing is an empty response")
	srv.Respond("DescribeClusterDetail", Response{Body: `{"name":"scripted"}`})
	assert.Equal(t, "scripted", detail(t, client, id).Name)
}

func TestOverrideErrors(t *testing.T) {
	t.Parallel()
	throttled := &roa.APIError{StatusCode: http.StatusTooManyRequests, Code: "Throttling.User", Message: "too fast", Header: http.Header{"Retry-After": {"0"}}, RequestID: "R-1"}
	for name, tt := range map[string]struct {
		err    error
		status int
		is     error
		text   string
		calls  int64
	}{
		"refusal":      {&roa.APIError{StatusCode: http.StatusNotFound, Code: "ErrorClusterNotFound", Message: "gone"}, 404, ack.CodeErrorClusterNotFound, "404 ErrorClusterNotFound: gone", 1},
		"wrapped":      {errors.Join(errors.New("a"), &roa.APIError{StatusCode: http.StatusForbidden, Code: "Forbidden", AccessDeniedDetail: map[string]any{"AuthAction": "cs:X"}}), 403, roa.ErrForbidden, "403 Forbidden", 1},
		"throttled":    {throttled, 429, roa.ErrThrottled, "429 Throttling.User: too fast", 3},
		"page":         {&roa.APIError{StatusCode: http.StatusBadGateway, Body: []byte("<html>bad</html>"), Header: http.Header{"Content-Type": {"text/html"}}}, 502, roa.ErrServer, "502 Bad Gateway", 3},
		"plain":        {errors.New("unexpected cluster"), 501, roa.ErrServer, "501 OverrideFailed: override of DescribeClusterDetail: unexpected cluster", 1},
		"no status":    {&roa.APIError{Code: "A"}, 501, roa.ErrServer, "the status 0 is not that of an error", 1},
		"wrong status": {&roa.APIError{StatusCode: http.StatusOK}, 501, roa.ErrServer, "the status 200 is not that of an error", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &recorder{TB: t}
			srv := NewServer(r)
			var calls atomic.Int64
			srv.Override(ackfake.Overrides{DescribeClusterDetail: func(context.Context, *ack.DescribeClusterDetailRequest) (*ack.DescribeClusterDetailResponse, error) {
				calls.Add(1)
				return nil, tt.err
			}})
			_, err := srv.Client(t).DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: "c1"})
			require.ErrorIs(t, err, tt.is)
			require.ErrorContains(t, err, tt.text)
			apiErr, ok := errors.AsType[*roa.APIError](err)
			require.True(t, ok)
			assert.Equal(t, tt.status, apiErr.StatusCode)
			assert.Equal(t, tt.calls, calls.Load())
			r.end()
			if tt.status == 501 {
				assert.Regexp(t, "^acktest: an override failed: ", strings.Join(r.errors, "\n"))
			} else {
				assert.Empty(t, r.errors)
			}
			if want, ok := errors.AsType[*roa.APIError](tt.err); ok && tt.status != 501 {
				assert.Equal(t, want.AccessDeniedDetail, apiErr.AccessDeniedDetail)
				for header := range want.Header {
					assert.Equal(t, want.Header.Get(header), apiErr.Header.Get(header))
				}
			}
		})
	}
}

// TestOverrideThatPanics ends the call, and neither the server nor the connection.
func TestOverrideThatPanics(t *testing.T) {
	t.Parallel()
	r := &recorder{TB: t}
	srv := NewServer(r)
	defer r.end()
	srv.Override(ackfake.Overrides{DescribeClusterDetail: func(context.Context, *ack.DescribeClusterDetailRequest) (*ack.DescribeClusterDetailResponse, error) {
		panic("slipped") //nolint:forbidigo // what a test may do
	}})
	_, err := srv.Client(t).DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: "c1"})
	require.ErrorContains(t, err, "override of DescribeClusterDetail: panicked: slipped")
	assert.Len(t, srv.Requests(), 1)
	assert.Len(t, r.errors, 1)
}

func TestMetadataOfOverrides(t *testing.T) {
	t.Parallel()
	r := &recorder{TB: t}
	defer r.end()
	srv := NewServer(r)
	status := new(atomic.Int64)
	srv.Override(ackfake.Overrides{DescribeRegions: func(context.Context, *ack.DescribeRegionsRequest) (*ack.DescribeRegionsResponse, error) {
		return &ack.DescribeRegionsResponse{Metadata: roa.Metadata{StatusCode: int(status.Load()), Header: http.Header{"X-Test": {"a"}}}}, nil
	}})
	client := srv.Client(t)
	for code, want := range map[int]int{0: 200, 202: 202} {
		status.Store(int64(code))
		out, err := client.DescribeRegions(t.Context(), &ack.DescribeRegionsRequest{})
		require.NoError(t, err)
		assert.Equal(t, want, out.Metadata.StatusCode)
		assert.Equal(t, "a", out.Metadata.Header.Get("X-Test"))
		assert.Equal(t, out.Metadata.RequestID, out.RequestID, "the field in the body is filled")
	}
	status.Store(404)
	_, err := client.DescribeRegions(t.Context(), &ack.DescribeRegionsRequest{})
	require.ErrorContains(t, err, "501 OverrideFailed: override of DescribeRegions: the status 404 is not that of a success")
	assert.Len(t, r.errors, 1)
}

// drifted overrides an operation with a type that the spec does not describe, as one that was generated from another spec may do.
type drifted struct{}

type driftedResponse struct {
	roa.Metadata `json:"-"`

	Regoins []string `json:"regoins"`
}

func (drifted) OverrideFunctions() []roafake.Function {
	return roafake.Set(roafake.Func("DescribeRegions", func(context.Context, *ack.DescribeRegionsRequest) (*driftedResponse, error) {
		return &driftedResponse{Regoins: []string{"a"}}, nil
	}))
}

func TestOverridesFitTheSpec(t *testing.T) {
	t.Parallel()
	r := &recorder{TB: t}
	defer r.end()
	srv := NewServer(r)
	srv.Override(drifted{})
	_, err := srv.Client(t).DescribeRegions(t.Context(), &ack.DescribeRegionsRequest{})
	require.ErrorContains(t, err, "501 OverrideFailed: override of DescribeRegions: the spec has no field /regoins")
	require.Len(t, r.errors, 1)
	assert.Contains(t, r.errors[0], "the spec has no field /regoins")
}

// TestOverridesAreServers looks at what a client decodes from: zeros are there, and secrets as they are.
func TestOverridesAreServers(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	srv.Override(ackfake.Overrides{
		DescribeClusterNodes: ackfake.DescribeClusterNodesPages.Of(),
		AttachInstances: func(_ context.Context, in *ack.AttachInstancesRequest) (*ack.AttachInstancesResponse, error) {
			return &ack.AttachInstancesResponse{TaskID: in.Password.Reveal()}, nil
		},
		DescribeClusterUserKubeconfig: func(context.Context, *ack.DescribeClusterUserKubeconfigRequest) (*ack.DescribeClusterUserKubeconfigResponse, error) {
			return &ack.DescribeClusterUserKubeconfigResponse{Kubeconfig: ack.Kubeconfig{Config: "hidden"}}, nil
		},
	})
	var body []byte
	client := srv.Client(t)
	_, err := client.DescribeClusterNodes(t.Context(), &ack.DescribeClusterNodesRequest{ClusterID: "c1"}, roa.CallCaptureBody(&body))
	require.NoError(t, err)
	assert.JSONEq(t, `{"nodes":[],"page":{"page_number":1,"page_size":10,"total_count":0}}`, string(body))
	attached, err := client.AttachInstances(t.Context(), &ack.AttachInstancesRequest{ClusterID: "c1", Instances: []string{"i-1"}, Password: new(roa.Secret("Hidden-1"))})
	require.NoError(t, err)
	assert.True(t, attached.TaskID == "Hidden-1", "the function gets the password")
	config, err := client.DescribeClusterUserKubeconfig(t.Context(), &ack.DescribeClusterUserKubeconfigRequest{ClusterID: "c1"})
	require.NoError(t, err)
	assert.True(t, config.Config.Reveal() == "hidden", "the client gets the kubeconfig")
}

func TestOverridePages(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	nodes := make([]ack.Node, 23)
	for i := range nodes {
		nodes[i].NodeName = string(rune('a' + i))
	}
	reports := make([]ack.InspectReport, 45)
	for i := range reports {
		reports[i].ReportID = strconv.Itoa(i)
	}
	gone := &roa.APIError{StatusCode: http.StatusNotFound, Code: "ErrorClusterNotFound"}
	pages := ackfake.DescribeClusterNodesPages
	broken := pages.FailAt(3, gone).Of(nodes...)
	srv.Override(ackfake.Overrides{
		DescribeClusterNodes: func(ctx context.Context, in *ack.DescribeClusterNodesRequest) (*ack.DescribeClusterNodesResponse, error) {
			if in.ClusterID == "broken" {
				return broken(ctx, in)
			}
			return pages.Of(nodes...)(ctx, in)
		},
		ListClusterInspectReports: ackfake.ListClusterInspectReportsPages.Of(reports...),
	})
	client := srv.Client(t)
	for _, size := range []*string{nil, new("1"), new("7"), new("100")} {
		var got []ack.Node
		for node, err := range client.DescribeClusterNodesAll(t.Context(), &ack.DescribeClusterNodesRequest{ClusterID: "c1", PageSize: size}) {
			require.NoError(t, err)
			got = append(got, node)
		}
		assert.Equal(t, nodes, got)
	}
	n, failed := 0, error(nil)
	for _, err := range client.DescribeClusterNodesAll(t.Context(), &ack.DescribeClusterNodesRequest{ClusterID: "broken"}) {
		if failed = err; err == nil {
			n++
		}
	}
	require.ErrorIs(t, failed, ack.CodeErrorClusterNotFound)
	assert.Equal(t, 20, n)
	n = 0
	for _, err := range client.ListClusterInspectReportsAll(t.Context(), &ack.ListClusterInspectReportsRequest{ClusterID: "c1", MaxResults: new(int32(20))}) {
		require.NoError(t, err)
		n++
	}
	assert.Equal(t, 45, n)
}

func TestOverrideTasks(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	srv.Override(ackfake.CreateClusterTask.Of(&ack.CreateClusterResponse{ClusterID: "c1"}, ack.TaskStateRunning, ack.TaskStateRunning, ack.TaskStateSuccess))
	srv.Override(ackfake.DeleteClusterNodesTask.Of(nil, ack.TaskStateRunning, ack.TaskStateFail).Edit(func(out *ack.DescribeTaskInfoResponse) {
		out.Error = ack.TaskError{Code: "NoStock"}
	}))
	client := srv.Client(t)
	before := time.Now()
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			out, err := client.CreateClusterAndWait(t.Context(), &ack.CreateClusterRequest{Name: "a", RegionID: "cn-hangzhou", ClusterType: new(ack.ClusterTypeManagedKubernetes)})
			assert.NoError(t, err)
			assert.Equal(t, "c1", out.ClusterID)
		})
		group.Go(func() {
			_, err := client.DeleteClusterNodesAndWait(t.Context(), &ack.DeleteClusterNodesRequest{ClusterID: "c1", Nodes: []string{"n1"}})
			taskErr, ok := errors.AsType[*roa.TaskError](err)
			if assert.True(t, ok, "%v", err) {
				assert.Equal(t, "NoStock", taskErr.Code)
			}
		})
	}
	group.Wait()
	assert.Less(t, time.Since(before), 10*time.Second, "waits follow the clock of the server")
}

func TestUnusedOverridesFailTheTest(t *testing.T) {
	t.Parallel()
	r := &recorder{TB: t}
	srv := NewServer(r)
	srv.Override(ackfake.Overrides{
		DescribeRegions: func(context.Context, *ack.DescribeRegionsRequest) (*ack.DescribeRegionsResponse, error) {
			return nil, roafake.Pass
		},
		DeleteCluster: func(context.Context, *ack.DeleteClusterRequest) (*ack.DeleteClusterResponse, error) { return nil, nil },
	})
	_, err := srv.Client(t).DescribeRegions(t.Context(), &ack.DescribeRegionsRequest{})
	require.NoError(t, err)
	r.end()
	require.Len(t, r.errors, 2)
	got := strings.Join(r.errors, "\n")
	assert.Regexp(t, `acktest: override of DescribeRegions at override_test\.go:\d+ passed every request \(1\)`, got)
	assert.Regexp(t, `acktest: override of DeleteCluster at override_test\.go:\d+ was never called`, got)
}

func TestOverrideOfAnotherAPI(t *testing.T) {
	t.Parallel()
	srv := newSmall(t)
	assert.PanicsWithError(t, "acktest: override: the spec has no operation DescribeRegions", func() {
		srv.Override(ackfake.Overrides{DescribeRegions: func(context.Context, *ack.DescribeRegionsRequest) (*ack.DescribeRegionsResponse, error) {
			return nil, nil
		}})
	})
}
