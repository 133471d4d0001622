package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

func TestCreate(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	request := &ack.CreateClusterRequest{
		Name: "test", RegionID: "cn-beijing", ClusterType: new(ack.ClusterTypeManagedKubernetes),
		VPCID: new("vpc-bp1ixo1ouhygr34hgabcd"), VSwitchIDs: []string{"vsw-bp1ads3kwl9v9jzbzabcd"},
		NodePools: []ack.NodePoolSpec{{
			NodePoolInfo: &ack.NodePoolInfoSpec{Name: "workers"},
			ScalingGroup: &ack.ScalingGroupSpec{InstanceTypes: []string{"ecs.g7.xlarge"}, VSwitchIDs: []string{"vsw-1"}, DesiredSize: new(int64(2))},
		}},
	}
	var out bytes.Buffer
	require.NoError(t, create(t.Context(), srv.Client(t), request, &out))
	assert.Contains(t, out.String(), "the cluster is running\n")
	assert.Equal(t, 2, strings.Count(out.String(), "cn-beijing."), "nodes in %s", out.String())
	assert.Equal(t, "CreateCluster", srv.Requests()[0].Operation)
}

func TestCreateReportsAFailedTask(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	srv.FailNext("CreateCluster", acktest.Failure{Code: "QuotaExceeded", Message: "no more instances", Stage: "install_addons"})
	err := create(t.Context(), srv.Client(t), &ack.CreateClusterRequest{Name: "test", RegionID: "cn-beijing"}, new(bytes.Buffer))
	var failed *roa.TaskError
	require.ErrorAs(t, err, &failed)
	assert.Equal(t, "no more instances", failed.Message)
	assert.ErrorContains(t, err, "creating stopped at install_addons with QuotaExceeded")
}
