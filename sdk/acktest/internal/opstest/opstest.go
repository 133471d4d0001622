// Package opstest is what the tests of operations have in common.
//
// It may import the standard library, testify, sdk/ack, sdk/acktest, and the world package of acktest. Only tests should import it.
package opstest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// Start starts a server, whose clock stands still, with a running cluster.
func Start(t *testing.T) (srv *acktest.Server, client *ack.Client, clusterID string) {
	t.Helper()
	srv = acktest.NewServer(t)
	client = srv.Client(t)
	return srv, client, Cluster(t, client, "test")
}

// Cluster creates a managed cluster with a public endpoint and waits until it runs.
func Cluster(t *testing.T, client *ack.Client, name string) string {
	t.Helper()
	out, err := client.CreateClusterAndWait(t.Context(), &ack.CreateClusterRequest{
		Name: name, RegionID: "cn-hangzhou", ClusterType: new(ack.ClusterTypeManagedKubernetes), EndpointPublicAccess: new(true),
	})
	require.NoError(t, err)
	return out.ClusterID
}

// An As calls operations for one RAM user, or for the account if there is none. Servers know no RAM users.
type As struct {
	State *world.State
	User  string
}

// Account is the id of the account of all callers.
const Account = "1234567890123456"

// Call calls an operation for a user.
func Call[In, Out any](as As, operation func(*world.World, *In) (*Out, error), in *In) (out *Out, err error) {
	call := world.Call{Caller: world.Caller{Account: Account, User: as.User}, Operation: "Test"}
	err = as.State.Do(call, func(w *world.World) error {
		out, err = operation(w, in)
		return err
	})
	return out, err
}
