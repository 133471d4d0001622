package ack_test

import (
	"context"
	"fmt"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// This kubeconfig ends after an hour. Its text is a secret and prints as [REDACTED]. The package kubeconfig connects with it.
func ExampleClient_DescribeClusterUserKubeconfig() {
	srv, client := fake()
	defer srv.Close()
	out, err := client.DescribeClusterUserKubeconfig(context.Background(), &ack.DescribeClusterUserKubeconfigRequest{
		ClusterID:                "c1",
		PrivateIPAddress:         new(false),
		TemporaryDurationMinutes: new(int64(60)),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(out.Config, "expires", out.Expiration.Format(time.RFC3339))
	// Output:
	// [REDACTED] expires 2027-03-10T09:56:17Z
}

// The loop finds the users whose kubeconfig works and can be revoked.
func ExampleClient_ListClusterKubeconfigStatesAll() {
	srv, client := fake()
	defer srv.Close()
	request := &ack.ListClusterKubeconfigStatesRequest{ClusterID: "c1"}
	for state, err := range client.ListClusterKubeconfigStatesAll(context.Background(), request) {
		if err != nil {
			fmt.Println(err)
			return
		}
		if state.CertState == ack.KubeconfigCertStateUnexpired && state.Revokable {
			fmt.Println(state.AccountType, state.AccountName)
		}
	}
	// Output:
	// RamUser tom
}
