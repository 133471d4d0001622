package ack_test

import (
	"context"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
)

// The loop finds the versions that a new cluster can have, the end of their support, and what follows them.
func ExampleClient_DescribeKubernetesVersionMetadata() {
	srv, client := fake()
	defer srv.Close()
	out, err := client.DescribeKubernetesVersionMetadata(context.Background(), &ack.DescribeKubernetesVersionMetadataRequest{
		Region:      "cn-beijing",
		ClusterType: ack.ClusterTypeManagedKubernetes,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, version := range out.Items {
		if version.Creatable {
			fmt.Println(version.Version, version.ExpirationDate.Format("2006-01-02"), version.UpgradableVersions)
		}
	}
	// Output:
	// 1.32.1-aliyun.1 2027-04-30 []
	// 1.31.1-aliyun.1 2026-01-30 [1.32.1-aliyun.1]
}
