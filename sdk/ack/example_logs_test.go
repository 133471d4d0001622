package ack_test

import (
	"context"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
)

// The audit log is turned on where it is off.
func ExampleClient_UpdateClusterAuditLogConfigAndWait() {
	srv, client := fake()
	defer srv.Close()
	srv.Respond("GetClusterAuditProject", acktest.Response{Body: `{"audit_enabled": false}`})
	srv.Respond("DescribeTaskInfo", acktest.Response{Body: `{"task_id": "T-1", "state": "success"}`})
	ctx := context.Background()

	const id = "c82e6987e2961451182edacd74faf1234"
	audit, err := client.GetClusterAuditProject(ctx, &ack.GetClusterAuditProjectRequest{ClusterID: id})
	if err != nil || audit.AuditEnabled {
		fmt.Println(audit, err)
		return
	}
	_, err = client.UpdateClusterAuditLogConfigAndWait(ctx, &ack.UpdateClusterAuditLogConfigRequest{ClusterID: id, Disable: new(false)})
	fmt.Println(err)
	// Output:
	// <nil>
}
