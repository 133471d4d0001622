package interop

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/acktest/sample"
)

// A site is what an account has at the start of each call: one of everything that examples name, or nothing.
type site struct {
	srv    *acktest.Server
	client *ack.Client
	full   []byte // snapshots
	empty  []byte
}

func newSite(t *testing.T, srv *acktest.Server) *site {
	t.Helper()
	s := &site{srv: srv, client: srv.Client(t)}
	var err error
	s.empty, err = srv.Snapshot()
	require.NoError(t, err)
	s.full, err = sample.Snapshot(t.Context())
	require.NoError(t, err)
	return s
}

// restore makes the site what it was at first.
func (s *site) restore(t *testing.T, snapshot []byte) {
	t.Helper()
	require.NoError(t, s.srv.Restore(snapshot))
}
