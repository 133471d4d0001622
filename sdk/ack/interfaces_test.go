package ack_test

import (
	"fmt"
	"net/http"
	"slices"
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

// TestTaskOverInterfaces waits for tasks of a program that knows interfaces only.
func TestTaskOverInterfaces(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		clusters, tasks := ackmock.NewClustersAPI(t), ackmock.NewTasksAPI(t)
		state := func(s ack.TaskState) *ack.DescribeTaskInfoResponse {
			return &ack.DescribeTaskInfoResponse{Task: ack.Task{State: s, Error: ack.TaskError{Code: "Quota"}}}
		}
		clusters.EXPECT().CreateCluster(mock.Anything, mock.Anything, mock.Anything).
			Return(&ack.CreateClusterResponse{ClusterID: "c1", TaskID: "T-1"}, nil)
		asked := tasks.EXPECT()
		asked.DescribeTaskInfo(mock.Anything, &ack.DescribeTaskInfoRequest{TaskID: "T-1"}, mock.Anything).Return(state(ack.TaskStateRunning), nil).Once()
		asked.DescribeTaskInfo(mock.Anything, &ack.DescribeTaskInfoRequest{TaskID: "T-1"}, mock.Anything).Return(state("fail"), nil).Once()

		out, err := createAndWait(t, clusters, tasks)
		failed := new(roa.TaskError)
		require.ErrorAs(t, err, &failed)
		assert.Equal(t, "Quota", failed.Code)
		require.NotNil(t, out, "the response of the call comes with an error of the wait")
		assert.Equal(t, "c1", out.ClusterID)
	})
}

// createAndWait is code of a program that takes interfaces.
func createAndWait(t *testing.T, clusters ack.ClustersAPI, tasks ack.TasksAPI) (*ack.CreateClusterResponse, error) {
	t.Helper()
	return ack.CreateClusterTask.CallAndWait(t.Context(), clusters.CreateCluster, tasks.DescribeTaskInfo, &ack.CreateClusterRequest{Name: "c"})
}

// TestMethodsOverInterfaces calls what is built on operations by methods of
// interfaces, with a mock that only knows the operations.
func TestMethodsOverInterfaces(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		all := ackmock.NewAPI(t)
		var api ack.API = all
		task := &ack.DescribeTaskInfoRequest{TaskID: "T-1"}
		all.EXPECT().CreateCluster(mock.Anything, mock.Anything, nil).Return(&ack.CreateClusterResponse{ClusterID: "c1", TaskID: "T-1"}, nil).Once()
		all.EXPECT().DescribeTaskInfo(mock.Anything, task, nil).ReturnEach(
			&ack.DescribeTaskInfoResponse{Task: ack.Task{State: ack.TaskStateRunning}}, &ack.DescribeTaskInfoResponse{Task: ack.Task{State: ack.TaskStateSuccess}})
		out, err := api.CreateClusterAndWait(t.Context(), &ack.CreateClusterRequest{})
		require.NoError(t, err)
		assert.Equal(t, "c1", out.ClusterID)

		running := ack.Node{State: ack.NodeStateRunning}
		all.EXPECT().DescribeClusterNodes(mock.Anything, mock.Anything, nil).
			Return(&ack.DescribeClusterNodesResponse{Nodes: []ack.Node{running}, Page: ack.PageInfo{TotalCount: 1}}, nil).Times(3)
		_, err = api.WaitNodesRunning(t.Context(), &ack.DescribeClusterNodesRequest{ClusterID: "c1"}, 1)
		require.NoError(t, err)
		for node, err := range api.DescribeClusterNodesAll(t.Context(), &ack.DescribeClusterNodesRequest{ClusterID: "c1"}) {
			require.NoError(t, err)
			assert.Equal(t, running, node)
		}
		for page, err := range api.DescribeClusterNodesPages(t.Context(), &ack.DescribeClusterNodesRequest{ClusterID: "c1"}) {
			require.NoError(t, err)
			assert.Len(t, page.Nodes, 1)
		}
	})
}

// TestMethodsOfMocks expects what is built on operations, without an operation.
func TestMethodsOfMocks(t *testing.T) {
	t.Parallel()
	nodes := ackmock.NewNodesAPI(t)
	in := &ack.DescribeClusterNodesRequest{ClusterID: "c1"}
	roamock.InOrder(
		nodes.EXPECT().WaitNodesRunning(mock.Anything, in, 2, mock.Anything).Return(nil, nil).Once(),
		nodes.EXPECT().DescribeClusterNodesAll(mock.Anything, in, nil).Return([]ack.Node{{NodeName: "n1"}, {NodeName: "n2"}}, nil).Once(),
		nodes.EXPECT().DescribeClusterNodesPages(mock.Anything, in, nil).Return([]*ack.DescribeClusterNodesResponse{{}, {}}, nil).Once(),
		nodes.EXPECT().DeleteClusterNodesAndWait(mock.Anything, mock.Anything, nil).Return(nil, roa.ErrNoTask).Once(),
	)
	_, err := nodes.WaitNodesRunning(t.Context(), in, 2, roa.WaitTimeout(time.Minute))
	require.NoError(t, err)
	n := 0
	for node, err := range nodes.DescribeClusterNodesAll(t.Context(), in) {
		require.NoError(t, err)
		n++
		assert.Equal(t, fmt.Sprint("n", n), node.NodeName)
	}
	for _, err := range nodes.DescribeClusterNodesPages(t.Context(), in) {
		require.NoError(t, err)
		n++
	}
	assert.Equal(t, 4, n)
	_, err = nodes.DeleteClusterNodesAndWait(t.Context(), &ack.DeleteClusterNodesRequest{ClusterID: "c1"})
	require.ErrorIs(t, err, roa.ErrNoTask)
}

// TestOneOperation hands a mock to a program that needs one operation.
func TestOneOperation(t *testing.T) {
	t.Parallel()
	name := func(api ack.DescribeClusterDetailCaller) string {
		out, err := api.DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: "c1"})
		require.NoError(t, err)
		return out.Name
	}
	clusters := ackmock.NewClustersAPI(t)
	clusters.EXPECT().DescribeClusterDetail(mock.Anything, &ack.DescribeClusterDetailRequest{ClusterID: "c1"}, nil).
		Return(&ack.DescribeClusterDetailResponse{Cluster: ack.Cluster{Name: "web"}}, nil).Once()
	assert.Equal(t, "web", name(clusters))
}

func TestTaskThatIsNotStarted(t *testing.T) {
	t.Parallel()
	clusters, tasks := ackmock.NewClustersAPI(t), ackmock.NewTasksAPI(t)
	refused := &roa.APIError{Operation: "CreateCluster", StatusCode: http.StatusForbidden}
	clusters.EXPECT().CreateCluster(mock.Anything, mock.Anything, mock.Anything).Return(nil, refused).Once()
	_, err := createAndWait(t, clusters, tasks)
	require.ErrorIs(t, err, refused)

	clusters.EXPECT().CreateCluster(mock.Anything, mock.Anything, mock.Anything).Return(&ack.CreateClusterResponse{}, nil).Once()
	out, err := createAndWait(t, clusters, tasks)
	require.ErrorIs(t, err, roa.ErrNoTask)
	assert.NotNil(t, out)
}

func TestRegions(t *testing.T) {
	t.Parallel()
	regions := ack.Regions()
	assert.True(t, slices.IsSorted(regions))
	assert.Contains(t, regions, "cn-beijing")
	assert.Contains(t, regions, "cn-wuhan", "a region that the central endpoint serves")
	regions[0] = "changed"
	assert.NotEqual(t, regions, ack.Regions(), "every caller gets a list of its own")
}

// TestClientPrintsNoSecret prints a client with every verb, since verbs that do
// not fit print whole structs.
func TestClientPrintsNoSecret(t *testing.T) {
	t.Parallel()
	client, err := ack.New(roa.WithRegion("cn-beijing"), roa.WithCredentials(roa.StaticCredentials("LTAIkey", "CANARY-secret", "CANARY-token")))
	require.NoError(t, err)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%t", "%p", "%T", "%z"} {
		for _, value := range []any{client, struct{ Client *ack.Client }{client}, []*ack.Client{client}} {
			text := fmt.Sprintf(verb, value)
			assert.NotContains(t, text, "CANARY", verb)
			assert.NotContains(t, text, "43414e415259", verb) // the same in hexadecimal
		}
	}
}
