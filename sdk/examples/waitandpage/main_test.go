package main

import (
	"bytes"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/ack/ackmock"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/ackgen/ackgen/sdk/roa/roamock"
)

func TestRun(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, run(&out))
	assert.Contains(t, out.String(), "Task is running after 0s\n")
	assert.Contains(t, out.String(), "Task is success after ")
	assert.Contains(t, out.String(), "runs; nodes that do not: []\n")
	assert.Contains(t, out.String(), " is gone\n")
}

func TestDeleteCluster(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	require.NoError(t, deleteCluster(t.Context(), srv.Client(t), "c1"), "it may be gone already")
	srv.Respond("DeleteCluster", acktest.Response{Status: http.StatusForbidden, Body: `{"code": "Forbidden.RAM"}`})
	require.ErrorIs(t, deleteCluster(t.Context(), srv.Client(t), "c1"), roa.ErrForbidden)
}

func TestCreateClusterReportsFailure(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	srv.FailNext("CreateCluster", acktest.Failure{Code: "OutOfStock", Message: "no such instances", Stage: "install_addons"})
	out, err := createCluster(t.Context(), srv.Client(t), demo(), time.Hour, func(roa.Progress) {})
	require.ErrorContains(t, err, "failed in stage install_addons with OutOfStock")
	assert.NotEmpty(t, out.TaskID)
}

func TestCreateClusterReportsTimeout(t *testing.T) {
	t.Parallel()
	out, err := createCluster(t.Context(), acktest.NewServer(t).Client(t), demo(), time.Nanosecond, func(roa.Progress) {})
	require.ErrorIs(t, err, roa.ErrWaitTimeout)
	require.ErrorContains(t, err, "after 0 polls")
	assert.NotEmpty(t, out.TaskID, "the task can be waited for again")
}

func TestCreateClusterReportsRefusal(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	srv.Respond("CreateCluster", acktest.Response{Status: http.StatusForbidden, Body: `{"code": "Forbidden.RAM"}`})
	_, err := createCluster(t.Context(), srv.Client(t), demo(), time.Hour, func(roa.Progress) {})
	require.ErrorIs(t, err, roa.ErrForbidden)
}

func TestLine(t *testing.T) {
	t.Parallel()
	for want, p := range map[string]roa.Progress{
		"Task is running after 3s":                                  {Waiter: "Task", State: "running", Known: true, Elapsed: 3 * time.Second},
		`Task has a state that is new: "odd"`:                       {Waiter: "Task", State: "odd"},
		"Task: ack: DescribeTaskInfo: 503 Busy; trying again in 5s": {Waiter: "Task", Next: 5 * time.Second, Err: busy()},
	} {
		assert.Equal(t, want, line(p))
	}
}

func busy() error {
	return &roa.APIError{Service: "ack", Operation: "DescribeTaskInfo", StatusCode: http.StatusServiceUnavailable, Code: "Busy"}
}

func TestAddPool(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		in := &ack.CreateClusterNodePoolRequest{ClusterID: "c1", NodePoolInfo: &ack.NodePoolInfoSpec{Name: "web"}}
		api := ackmock.NewAPI(t)
		api.EXPECT().CreateClusterNodePool(mock.Anything, in, mock.Anything).
			Return(&ack.CreateClusterNodePoolResponse{NodePoolID: "np1", TaskID: "T-1"}, nil).Once()
		for _, state := range []ack.TaskState{ack.TaskStateRunning, ack.TaskStateSuccess} {
			api.EXPECT().DescribeTaskInfo(mock.Anything, &ack.DescribeTaskInfoRequest{TaskID: "T-1"}, mock.Anything).
				Return(&ack.DescribeTaskInfoResponse{Task: ack.Task{State: state}}, nil).Once()
		}
		id, err := addPool(t.Context(), api, in)
		require.NoError(t, err)
		assert.Equal(t, "np1", id)
	})
}

func TestAddPoolReportsRefusal(t *testing.T) {
	t.Parallel()
	api := ackmock.NewAPI(t)
	api.EXPECT().CreateClusterNodePool(mock.Anything, mock.Anything, mock.Anything).
		Return(nil, &roa.APIError{StatusCode: http.StatusNotFound, Code: string(ack.CodeErrorClusterNotFound)})
	_, err := addPool(t.Context(), api, &ack.CreateClusterNodePoolRequest{ClusterID: "c1"})
	require.ErrorIs(t, err, roa.ErrNotFound)
}

func TestGoOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tasks := ackmock.NewTasksAPI(t)
		in := &ack.DescribeTaskInfoRequest{TaskID: "T-1"}
		describe := func() *roamock.Call[*ack.DescribeTaskInfoRequest, *ack.DescribeTaskInfoResponse] {
			return tasks.EXPECT().DescribeTaskInfo(mock.Anything, in, mock.Anything)
		}
		describe().Return(&ack.DescribeTaskInfoResponse{Task: ack.Task{State: ack.TaskStateRunning}}, nil).Once()
		describe().Return(nil, busy()).Once()
		describe().Return(&ack.DescribeTaskInfoResponse{Task: ack.Task{State: ack.TaskStateSuccess}}, nil).Once()
		start := time.Now()
		require.NoError(t, goOn(t.Context(), tasks, "T-1"))
		assert.GreaterOrEqual(t, time.Since(start), 10*time.Second)
	})
}

func TestCountNodes(t *testing.T) {
	t.Parallel()
	nodes := ackmock.NewNodesAPI(t)
	respond := func(page string, n int) {
		in := &ack.DescribeClusterNodesRequest{ClusterID: "c1", PageNumber: &page, PageSize: new("50")}
		out := &ack.DescribeClusterNodesResponse{Nodes: make([]ack.Node, n), Page: ack.PageInfo{TotalCount: 160}}
		out.Nodes[0].NodeName = page
		nodes.EXPECT().DescribeClusterNodes(mock.Anything, in, mock.Anything).Return(out, nil).Once()
	}
	respond("3", 50)
	respond("4", 10)
	n, err := countNodes(t.Context(), nodes, "c1")
	require.NoError(t, err)
	assert.Equal(t, 60, n)
}
