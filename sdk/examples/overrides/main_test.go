package main

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/ack/ackfake"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/ackgen/ackgen/sdk/roa/roafake"
)

func TestScale(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	srv.Override(ackfake.ScaleClusterNodePoolTask.Of(nil, ack.TaskStateRunning, ack.TaskStateSuccess))
	srv.Override(ackfake.Overrides{
		DescribeClusterNodes: ackfake.DescribeClusterNodesPages.Of(nodes(25)...),
	})

	var out strings.Builder
	require.NoError(t, scale(t.Context(), &out, srv.Client(t), "c1", "np1", 2))
	assert.Equal(t, "25 of 25 nodes run\n", out.String())
}

func nodes(n int) []ack.Node {
	out := make([]ack.Node, n)
	for i := range out {
		out[i] = ack.Node{NodeName: "n" + string(rune('a'+i)), State: ack.NodeStateRunning}
	}
	return out
}

func TestTaskFails(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	task := ackfake.ScaleClusterNodePoolTask.Of(nil, ack.TaskStateRunning, ack.TaskStateFail)
	srv.Override(task.Edit(func(out *ack.DescribeTaskInfoResponse) {
		out.Error = ack.TaskError{Code: "OutOfStock", Message: "no instance is in stock"}
	}))

	err := scale(t.Context(), nil, srv.Client(t), "c1", "np1", 2)
	require.EqualError(t, err, "nodes were not added: no instance is in stock")
}

func TestThirdPageFails(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	srv.Override(ackfake.ScaleClusterNodePoolTask.Of(nil, ack.TaskStateSuccess))
	forbidden := &roa.APIError{StatusCode: http.StatusForbidden, Code: "Forbidden.RAM"}
	srv.Override(ackfake.Overrides{
		DescribeClusterNodes: ackfake.DescribeClusterNodesPages.FailAt(3, forbidden).Of(nodes(25)...),
	})

	err := scale(t.Context(), nil, srv.Client(t), "c1", "np1", 2)
	require.ErrorIs(t, err, roa.ErrForbidden)
}

func TestOnlyOneClusterIsGone(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	client := srv.Client(t)
	created, err := client.CreateClusterAndWait(t.Context(), &ack.CreateClusterRequest{Name: "real", RegionID: "cn-hangzhou"})
	require.NoError(t, err)

	srv.Override(ackfake.Overrides{
		DescribeClusterDetail: func(_ context.Context, in *ack.DescribeClusterDetailRequest) (*ack.DescribeClusterDetailResponse, error) {
			if in.ClusterID != "c1" {
				return nil, roafake.Pass // the server knows the others
			}
			return nil, &roa.APIError{StatusCode: http.StatusNotFound, Code: string(ack.CodeErrorClusterNotFound), Message: "c1 is gone"}
		},
	})

	out, err := client.DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: created.ClusterID})
	require.NoError(t, err)
	assert.Equal(t, "real", out.Name)
	_, err = client.DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: "c1"})
	require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
}
