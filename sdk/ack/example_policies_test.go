package ack_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
)

// Instances of a policy that only raised alerts so far are told to deny. Without the namespaces, each would apply to the whole cluster.
func ExampleClient_ModifyPolicyInstance() {
	srv, client := fake()
	defer srv.Close()
	ctx := context.Background()
	const id, policy = "c82e6987e2961451182edacd74faf1234", "ACKAllowedRepos"
	deployed, err := client.DescribePolicyInstances(ctx, &ack.DescribePolicyInstancesRequest{ClusterID: id, PolicyName: new(policy)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, instance := range deployed.Items {
		change := &ack.ModifyPolicyInstanceRequest{
			ClusterID:    id,
			PolicyName:   policy,
			InstanceName: &instance.InstanceName,
			Action:       new(ack.PolicyInstanceActionDeny),
			Parameters:   map[string]any{"repos": []string{"registry-vpc.cn-beijing.aliyuncs.com/acs/"}},
		}
		if instance.PolicyScope != "*" {
			change.Namespaces = strings.Split(instance.PolicyScope, ",")
		}
		changed, err := client.ModifyPolicyInstance(ctx, change)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(policy, "denies in", change.Namespaces, "by", changed.Instances)
	}
	// Output:
	// ACKAllowedRepos denies in [test3 test4] by [allowed-repos-cbhhb]
}
