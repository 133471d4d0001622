package main

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/ack/ackmock"
	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/ackgen/ackgen/sdk/roa/roamock"
)

func TestName(t *testing.T) {
	t.Parallel()
	clusters := ackmock.NewClustersAPI(t)
	clusters.EXPECT().
		DescribeClusterDetail(mock.Anything, &ack.DescribeClusterDetailRequest{ClusterID: "c1"}, nil).
		Return(&ack.DescribeClusterDetailResponse{Cluster: ack.Cluster{Name: "web"}}, nil).Once()

	got, err := name(t.Context(), clusters, "c1")
	require.NoError(t, err)
	assert.Equal(t, "web", got)
}

// oneCluster is a fake without a mock.
type oneCluster string

func (c oneCluster) DescribeClusterDetail(context.Context, *ack.DescribeClusterDetailRequest, ...roa.CallOption) (*ack.DescribeClusterDetailResponse, error) {
	return &ack.DescribeClusterDetailResponse{Cluster: ack.Cluster{Name: string(c)}}, nil
}

func TestNameWithoutMock(t *testing.T) {
	t.Parallel()
	got, err := name(t.Context(), oneCluster("web"), "c1")
	require.NoError(t, err)
	assert.Equal(t, "web", got)
}

func TestReplaceFailed(t *testing.T) {
	t.Parallel()
	api := ackmock.NewAPI(t)
	e := api.EXPECT()
	e.DescribeClusterDetail(mock.Anything, mock.Anything, mock.Anything).
		Return(&ack.DescribeClusterDetailResponse{Cluster: ack.Cluster{Name: "web"}}, nil)
	roamock.InOrder(
		e.DescribeClusterNodesAll(mock.Anything, mock.Anything, mock.Anything).
			Return([]ack.Node{{NodeName: "n1", State: ack.NodeStateFailed}, {NodeName: "n2"}}, nil).Once(),
		e.DeleteClusterNodesAndWait(mock.Anything, &ack.DeleteClusterNodesRequest{
			ClusterID: "c1", Nodes: []string{"n1"}, ReleaseNode: new(true),
		}, mock.Anything).Return(nil, nil).Once(),
		e.WaitNodesRunning(mock.Anything, mock.Anything, 2, mock.Anything).Return(nil, nil).Once(),
	)

	var out bytes.Buffer
	require.NoError(t, replaceFailed(t.Context(), &out, api, "c1"))
	assert.Equal(t, "web replaced [n1]\n", out.String())
}

// TestReplaceFailedCallByCall has no expectations of methods that range and wait, so
// that they call the operations.
func TestReplaceFailedCallByCall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := ackmock.NewAPI(t)
		e := api.EXPECT()
		e.DescribeClusterDetail(mock.Anything, mock.Anything, mock.Anything).
			Return(&ack.DescribeClusterDetailResponse{Cluster: ack.Cluster{Name: "web"}}, nil)
		e.DeleteClusterNodes(mock.Anything, mock.Anything, mock.Anything).
			Return(&ack.DeleteClusterNodesResponse{TaskReference: ack.TaskReference{TaskID: "T-1"}}, nil).Once()
		e.DescribeTaskInfo(mock.Anything, &ack.DescribeTaskInfoRequest{TaskID: "T-1"}, mock.Anything).ReturnEach(
			&ack.DescribeTaskInfoResponse{Task: ack.Task{State: ack.TaskStateRunning}},
			&ack.DescribeTaskInfoResponse{Task: ack.Task{State: ack.TaskStateSuccess}},
		)
		e.DescribeClusterNodes(mock.Anything, mock.Anything, mock.Anything).ReturnEach(
			nodesIn(ack.NodeStateFailed, ack.NodeStateRunning),
			nodesIn(ack.NodeStateRunning, ack.NodeStateInitial),
			nodesIn(ack.NodeStateRunning, ack.NodeStateRunning),
		)

		start := time.Now()
		require.NoError(t, replaceFailed(t.Context(), io.Discard, api, "c1"))
		assert.Greater(t, time.Since(start), 10*time.Second, "the clock is that of the bubble")
	})
}

// nodesIn returns a page with a node in each state.
func nodesIn(states ...ack.NodeState) *ack.DescribeClusterNodesResponse {
	out := &ack.DescribeClusterNodesResponse{Page: ack.PageInfo{TotalCount: 2}}
	for i, state := range states {
		out.Nodes = append(out.Nodes, ack.Node{NodeName: string(rune('a' + i)), State: state})
	}
	return out
}

func TestReplaceFailedReportsTask(t *testing.T) {
	t.Parallel()
	api := ackmock.NewAPI(t)
	e := api.EXPECT()
	e.DescribeClusterDetail(mock.Anything, mock.Anything, mock.Anything).Return(nil, nil).Maybe()
	e.DescribeClusterNodesAll(mock.Anything, mock.Anything, mock.Anything).
		Return([]ack.Node{{State: ack.NodeStateFailed}}, nil)
	e.DeleteClusterNodesAndWait(mock.Anything, mock.Anything, mock.Anything).
		Return(nil, &roa.TaskError{TaskID: "T-1", State: "fail", Code: "NoStock"})

	err := replaceFailed(t.Context(), io.Discard, api, "c1")
	require.ErrorContains(t, err, "NoStock")
}

func TestReplaceFailedEndsWithTheList(t *testing.T) {
	t.Parallel()
	api := ackmock.NewAPI(t)
	api.EXPECT().DescribeClusterDetail(mock.Anything, mock.Anything, mock.Anything).
		RunAndReturn(func(_ context.Context, in *ack.DescribeClusterDetailRequest, _ ...roa.CallOption) (*ack.DescribeClusterDetailResponse, error) {
			return &ack.DescribeClusterDetailResponse{Cluster: ack.Cluster{Name: strings.ToUpper(in.ClusterID)}}, nil
		})
	api.EXPECT().DescribeClusterNodesAll(mock.Anything, mock.Anything, mock.Anything).
		Return([]ack.Node{{State: ack.NodeStateFailed}}, &roa.APIError{StatusCode: 403, Code: "Forbidden"})

	require.ErrorIs(t, replaceFailed(t.Context(), io.Discard, api, "c1"), roa.ErrForbidden)
}
