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

// The wait ends when the upgrade is over. Until then, the progress tells its state.
func ExampleClient_WaitUpgradeFinished() {
	srv, client := fake()
	defer srv.Close()
	srv.Respond("GetUpgradeStatus", acktest.Response{Body: `{"status": "running", "upgrade_step": "prechecking"}`})
	srv.Respond("GetUpgradeStatus", acktest.Response{Body: `{"status": "success", "upgrade_step": "upgrading"}`})
	ctx := context.Background()

	upgrade := &ack.UpgradeClusterRequest{ClusterID: "c1", NextVersion: new("1.33.1-aliyun.1"), MasterOnly: new(true)}
	if _, err := client.UpgradeCluster(ctx, upgrade); err != nil {
		fmt.Println(err)
		return
	}
	_, err := client.WaitUpgradeFinished(
		ctx, &ack.GetUpgradeStatusRequest{ClusterID: upgrade.ClusterID},
		roa.WaitTimeout(time.Hour),
		roa.WaitDelay(time.Millisecond, time.Millisecond), // the default suits a real upgrade
		roa.WaitProgress(func(p roa.Progress) { fmt.Println(p.State) }),
	)
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// running
	// success
}

// An upgrade that failed is a [roa.TaskError], which names the step.
func ExampleClient_UpgradeClusterAndWait() {
	srv, client := fake()
	defer srv.Close()
	srv.Respond("DescribeTaskInfo", acktest.Response{Body: `{"state": "fail", "current_stage": "precheck", "error": {"message": "etcd is not healthy"}}`})

	_, err := client.UpgradeClusterAndWait(context.Background(), &ack.UpgradeClusterRequest{
		ClusterID:   "c1",
		NextVersion: new("1.33.1-aliyun.1"),
	})
	if failed, ok := errors.AsType[*roa.TaskError](err); ok {
		fmt.Println("upgrade failed in", failed.Stage+":", failed.Message)
		return
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("upgraded")
	// Output:
	// upgrade failed in precheck: etcd is not healthy
}
