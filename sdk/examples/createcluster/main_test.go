package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

func TestCreate(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t, acktest.WithExamples())
	var out bytes.Buffer
	err := create(t.Context(), srv.Client(t), &ack.CreateClusterRequest{Name: "test", RegionID: "cn-beijing"}, &out)
	require.NoError(t, err)
	assert.Contains(t, out.String(), "cn-beijing.192.168.0.36 running\n")
	assert.Contains(t, out.String(), "cn-beijing.192.168.0.37 running\n")

	var names []string
	for _, r := range srv.Requests() {
		names = append(names, r.Operation)
	}
	assert.Equal(t, []string{"CreateCluster", "DescribeTaskInfo", "DescribeClusterDetail", "DescribeClusterNodes"}, names)
}

func TestCreateReportsAFailedTask(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t, acktest.WithExamples())
	srv.Respond("DescribeTaskInfo", acktest.Response{
		Body: `{"task_id":"T-1","state":"fail","current_stage":"create_nodes","error":{"code":"QuotaExceeded","message":"no more instances"}}`,
	})
	err := create(t.Context(), srv.Client(t), &ack.CreateClusterRequest{Name: "test", RegionID: "cn-beijing"}, new(bytes.Buffer))
	var failed *roa.TaskError
	require.ErrorAs(t, err, &failed)
	assert.Equal(t, "no more instances", failed.Message)
	assert.ErrorContains(t, err, "creating stopped at create_nodes with QuotaExceeded")
}
