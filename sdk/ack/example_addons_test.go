package ack_test

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// The response is a map: the names of the addons are data of the service.
func ExampleClient_DescribeClusterAddonsVersion() {
	srv, client := fake()
	defer srv.Close()
	out, err := client.DescribeClusterAddonsVersion(context.Background(), &ack.DescribeClusterAddonsVersionRequest{ClusterID: "c1"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, name := range slices.Sorted(maps.Keys(out.Entries)) {
		if addon := out.Entries[name]; addon.CanUpgrade {
			fmt.Println(name, addon.Version, "->", addon.NextVersion)
		}
	}
	// Output:
	// ack-node-problem-detector 1.2.1 -> 1.2.18
}

// The configuration of an addon may hold keys, so that it is a [roa.Secret] and does not show up in logs.
func ExampleClient_InstallClusterAddonsAndWait() {
	srv, client := fake()
	defer srv.Close()
	addon := ack.AddonInstall{Name: "ack-node-problem-detector", Config: new(roa.Secret(`{"sls_project_name":"k8s-log"}`))}
	out, err := client.InstallClusterAddonsAndWait(context.Background(), &ack.InstallClusterAddonsRequest{
		ClusterID: "c1",
		Items:     []ack.AddonInstall{addon},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("installed", addon.Name, "by task", out.TaskID)
	// Output:
	// installed ack-node-problem-detector by task T-5a54309c80282e39ea00002f
}
