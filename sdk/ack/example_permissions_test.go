package ack_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// Grants replace all earlier ones of the user. A caller who may not grant gets an error of the class [roa.ErrForbidden].
func ExampleClient_GrantPermissions() {
	srv, client := fake()
	defer srv.Close()
	srv.Respond("GrantPermissions", acktest.Response{Status: 403, Body: `{"code": "Forbidden.RAM"}`})

	grants := &ack.GrantPermissionsRequest{
		UID: "236712345678901234",
		Items: []ack.PermissionGrant{
			{Cluster: new("c1"), RoleType: ack.PermissionScopeCluster, RoleName: "ops"},
			{Cluster: new("c2"), RoleType: ack.PermissionScopeNamespace, Namespace: new("default"), RoleName: "dev"},
		},
	}
	_, err := client.GrantPermissions(context.Background(), grants)
	if errors.Is(err, roa.ErrForbidden) {
		fmt.Println("ask an administrator to grant", len(grants.Items), "roles")
		return
	}
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// ask an administrator to grant 2 roles
}
