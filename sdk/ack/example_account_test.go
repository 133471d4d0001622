package ack_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
)

// The first program of an account opens the service and sees which roles are missing. A service that is open already is fine.
func ExampleClient_OpenAckService() {
	srv, client := fake()
	defer srv.Close()
	srv.Respond("OpenAckService", acktest.Response{Status: 400, Body: `{"code": "ORDER.OPEND"}`})
	ctx := context.Background()

	_, err := client.OpenAckService(ctx, &ack.OpenAckServiceRequest{Type: new(ack.ServicePlanPropayasgo)})
	if err != nil && !errors.Is(err, ack.CodeOrderOpened) {
		fmt.Println(err)
		return
	}
	checks, err := client.CheckServiceRole(ctx, &ack.CheckServiceRoleRequest{
		Roles: []ack.ServiceRole{{Name: "AliyunCSManagedLogRole"}, {Name: "AliyunCSManagedAutoScalerRole"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, role := range checks.Roles {
		if !role.Granted {
			fmt.Println(role.Message)
		}
	}
	// Output:
	// The role does not exist: AliyunCSManagedAutoScalerRole
}
