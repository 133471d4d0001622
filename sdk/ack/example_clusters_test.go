package ack_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// The loop fetches the next page when it needs it, and stops when it is left early.
func ExampleClient_DescribeClustersForRegionAll() {
	srv, client := fake()
	defer srv.Close()
	request := &ack.DescribeClustersForRegionRequest{RegionID: "cn-beijing", PageSize: new(int64(50))}
	for cluster, err := range client.DescribeClustersForRegionAll(context.Background(), request) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(cluster.Name, cluster.State, cluster.CurrentVersion)
	}
	// Output:
	// cluster-demo running 1.32.1-aliyun.1
}

// The response embeds [ack.Cluster], so that functions for a cluster take both this response and the items of a list.
func ExampleClient_DescribeClusterDetail() {
	srv, client := fake()
	defer srv.Close()
	printVersion := func(c *ack.Cluster) { fmt.Println(c.Name, "runs", c.CurrentVersion) }
	out, err := client.DescribeClusterDetail(context.Background(), &ack.DescribeClusterDetailRequest{ClusterID: "c82e6987e296"})
	if errors.Is(err, roa.ErrNotFound) {
		fmt.Println("no such cluster")
		return
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	printVersion(&out.Cluster)
	// Output:
	// cluster-demo runs 1.32.1-aliyun.1
}

// CreateClusterAndWait returns once the cluster is ready. Its error is that of the call, or tells why the task failed or was given up.
func ExampleClient_CreateClusterAndWait() {
	srv, client := fake()
	defer srv.Close()
	out, err := client.CreateClusterAndWait(context.Background(), &ack.CreateClusterRequest{
		Name:        "demo",
		RegionID:    "cn-beijing",
		ClusterType: new(ack.ClusterTypeManagedKubernetes),
		ClusterSpec: new(ack.ClusterSpecACKProSmall),
		VSwitchIDs:  []string{"vsw-2zete8s4qocqg0mf6abcd"},
	}, roa.WaitTimeout(30*time.Minute))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("created", out.ClusterID)
	// Output:
	// created c82e6987e2961451182edacd74faf1234
}

// A cluster that is gone ends the wait well.
func ExampleClient_WaitClusterDeleted() {
	srv, client := fake()
	defer srv.Close()
	srv.Respond("DescribeClusterDetail", acktest.Response{Body: `{"cluster_id":"c1","state":"deleting"}`})
	srv.Respond("DescribeClusterDetail", acktest.Response{Status: 404, Body: `{"code":"ErrorClusterNotFound"}`})

	_, err := client.WaitClusterDeleted(
		context.Background(), &ack.DescribeClusterDetailRequest{ClusterID: "c1"},
		roa.WaitDelay(time.Millisecond, time.Millisecond), // the default suits a real cluster
		roa.WaitProgress(func(p roa.Progress) { fmt.Printf("poll %d: %q\n", p.Attempt, p.State) }),
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("deleted")
	// Output:
	// poll 1: "deleting"
	// poll 2: ""
	// deleted
}

// A field whose absence has a meaning of its own is a pointer, and its comment tells the meaning: here, that nobody knows who created the
// resource. [roa.Value] reads an absent value as zero, which is right for a program that asks for what ACK has created.
func ExampleClient_DescribeClusterResources() {
	srv, client := fake()
	defer srv.Close()
	srv.Respond("DescribeClusterResources", acktest.Response{Body: `[
		{"resource_type": "ALIYUN::SLB::LoadBalancer", "instance_id": "lb-1", "auto_create": 1},
		{"resource_type": "ALIYUN::ECS::SecurityGroup", "instance_id": "sg-1"}]`})

	out, err := client.DescribeClusterResources(context.Background(), &ack.DescribeClusterResourcesRequest{ClusterID: "c1"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range out.Items {
		if roa.Value(r.AutoCreate) == 1 {
			fmt.Println("ACK created", r.ResourceType, r.InstanceID)
		}
	}
	// Output:
	// ACK created ALIYUN::SLB::LoadBalancer lb-1
}
