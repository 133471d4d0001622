package ack_test

import (
	"context"
	"fmt"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// Shows which edge machines are activated, since when, and whether they can be reached.
func ExampleClient_DescribeEdgeMachinesAll() {
	srv, client := fake()
	defer srv.Close()
	in := &ack.DescribeEdgeMachinesRequest{LifeState: new(ack.EdgeMachineLifeStateActivated)}
	for machine, err := range client.DescribeEdgeMachinesAll(context.Background(), in) {
		if err != nil {
			fmt.Println(err) // the service may no longer know the operation
			return
		}
		fmt.Println(machine.Hostname, machine.OnlineState, machine.ActiveTime.Format(time.DateOnly))
	}
	// Output:
	// ack-v-b010-ssdfw1234 online 2021-07-19
}
