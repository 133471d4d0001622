package ack_test

import (
	"context"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
)

// The urgent vulnerabilities of a node pool are fixed, on one node after the other. Nodes whose fix needs a restart are left alone.
func ExampleClient_FixNodePoolVulsAndWait() {
	srv, client := fake()
	defer srv.Close()
	ctx := context.Background()
	list, err := client.DescribeNodePoolVuls(ctx, &ack.DescribeNodePoolVulsRequest{
		ClusterID:  "c1",
		NodePoolID: "np1",
		Necessity:  []ack.VulnerabilityUrgency{ack.VulnerabilityUrgencyASAP},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	var names, nodes []string
	for _, node := range list.VulRecords {
		nodes = append(nodes, node.NodeName)
		for _, vul := range node.VulList {
			fmt.Println(node.NodeName, vul.AliasName)
			names = append(names, vul.Name)
		}
	}
	_, err = client.FixNodePoolVulsAndWait(ctx, &ack.FixNodePoolVulsRequest{
		ClusterID:     "c1",
		NodePoolID:    "np1",
		Vuls:          names,
		Nodes:         nodes,
		AutoRestart:   new(false),
		RolloutPolicy: &ack.VulnerabilityFixRollout{MaxParallelism: new(int64(1))},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("fixed")
	// Output:
	// cn-beijing.192.168.0.36 RHSA-2019:3197-Important: sudo security update
	// fixed
}
