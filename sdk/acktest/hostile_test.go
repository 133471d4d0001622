package acktest

import (
	"bytes"
	"math/rand/v2"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
)

// scaling returns the snapshot of a server with a cluster that has nodes, pods and a node pool that grows.
func scaling(t *testing.T, srv *Server) string {
	t.Helper()
	client, id := withTwoNodes(t, srv)
	api := inside(t, client, id)
	require.Equal(t, http.StatusCreated, api.do(http.MethodPost, podsPath, `{"metadata":{"name":"own"},"spec":{"containers":[{"name":"a","image":"b"}]}}`))
	pools, err := client.DescribeClusterNodePools(t.Context(), &ack.DescribeClusterNodePoolsRequest{ClusterID: id, NodePoolName: new("workers")})
	require.NoError(t, err)
	_, err = client.ScaleClusterNodePool(t.Context(), &ack.ScaleClusterNodePoolRequest{
		ClusterID: id, NodePoolID: pools.NodePools[0].NodePoolInfo.NodePoolID, Count: new(int64(1)),
	})
	require.NoError(t, err)
	saved, err := srv.Snapshot()
	require.NoError(t, err)
	return string(saved)
}

// values are what stands behind a name in a snapshot.
var values = regexp.MustCompile(`": ("[^"\n]*"|-?[0-9]+|true|false|null)`)

// TestHostileSnapshots restores snapshots that others have spoiled. Each is refused and changes nothing, or gives a state that is sound.
func TestHostileSnapshots(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	saved := scaling(t, srv)
	random := rand.New(rand.NewPCG(3, 4)) //nolint:gosec // tests must be repeatable
	places := values.FindAllStringSubmatchIndex(saved, -1)
	bad := []string{
		`null`, `-1`, `9223372036854775808`, `1e400`, `0.5`, `""`, `"geheim"`, `{"geheim":1}`, `[null]`, `"2999-01-01T00:00:00Z"`,
		strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000),
	}
	refused, taken := 0, 0
	for range 120 {
		at := places[random.IntN(len(places))]
		text := saved[:at[2]] + bad[random.IntN(len(bad))] + saved[at[3]:]
		switch random.IntN(4) {
		case 0: // what one thing has, another has, too
			other := places[random.IntN(len(places))]
			text = saved[:at[2]] + saved[other[2]:other[3]] + saved[at[3]:]
		case 1:
			text = saved[:random.IntN(len(saved)-2)]
		}
		before, err := srv.Snapshot()
		require.NoError(t, err)
		if err := srv.Restore([]byte(text)); err != nil {
			refused++
			assert.NotContains(t, err.Error(), "geheim")
			after, err := srv.Snapshot()
			require.NoError(t, err)
			assert.True(t, bytes.Equal(before, after), "a snapshot that is refused changes something")
			continue
		}
		taken++
		srv.Advance(settled)
		require.NoError(t, srv.Restore([]byte(saved)), "the state goes on, and is replaced")
	}
	assert.Positive(t, refused)
	assert.Positive(t, taken)
	assertSound(t, srv)
}

// TestSnapshotsNameNodePools refuses nodes whose node pool is not there, and things that are kept by another id than they have.
func TestSnapshotsNameNodePools(t *testing.T) {
	t.Parallel()
	srv := NewServer(t)
	saved := scaling(t, srv)
	for _, name := range []string{"nodepool_id", "instance_id"} {
		spoiled := regexp.MustCompile(`("`+name+`": ")[^"\n]+"`).ReplaceAllString(saved, `${1}other"`)
		require.NotEqual(t, saved, spoiled)
		require.ErrorContains(t, srv.Restore([]byte(spoiled)), "has another id")
	}
}
