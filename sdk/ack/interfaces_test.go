package ack_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/ack/ackmock"
	"github.com/ackgen/ackgen/sdk/roa"
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
