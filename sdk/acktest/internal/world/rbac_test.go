package world_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

func TestAllow(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		grant                          world.Grant
		reads, writes, readsAll, wider bool // in the namespace test, in it, of the whole cluster, writes there
	}{
		"nobody":     {world.Grant{User: "8", Role: "admin"}, false, false, false, false},
		"admin":      {world.Grant{User: "7", Role: "admin"}, true, true, true, true},
		"admin-view": {world.Grant{User: "7", Role: "admin-view"}, true, false, true, false},
		"ops":        {world.Grant{User: "7", Role: "ops"}, true, true, true, true},
		"dev":        {world.Grant{User: "7", Role: "dev"}, true, true, false, false},
		"restricted": {world.Grant{User: "7", Role: "restricted"}, true, false, false, false},
		"elsewhere":  {world.Grant{User: "7", Role: "dev", Namespace: "other"}, false, false, false, false},
		"there":      {world.Grant{User: "7", Role: "dev", Namespace: "test"}, true, true, false, false},
		"custom":     {world.Grant{User: "7", Role: "pods", Custom: true, Namespace: "test"}, true, true, false, false},
	} {
		s := world.New(world.NewSteppedClock(time.Now()), 1)
		id, _ := create(t, s)
		s.Advance(time.Hour)
		do(t, s, "GrantPermissions", func(w *world.World) error {
			w.Clusters.Get(id).Grants = []world.Grant{test.grant}
			_, err := w.Kubeconfig(w.Clusters.Get(id), "7")
			return err
		})
		assert.Equal(t, test.reads, s.Allow(caller.Account, id, "7", "list", "test"), name)
		assert.Equal(t, test.writes, s.Allow(caller.Account, id, "7", "create", "test"), name)
		assert.Equal(t, test.readsAll, s.Allow(caller.Account, id, "7", "watch", ""), name)
		assert.Equal(t, test.wider, s.Allow(caller.Account, id, "7", "delete", ""), name)
		do(t, s, "", func(w *world.World) error {
			assert.Equal(t, w.Now(), w.Clusters.Get(id).Holder("7").Used, "the user has come")
			return nil
		})
	}
}

func TestAllowOthers(t *testing.T) {
	t.Parallel()
	s := world.New(world.NewSteppedClock(time.Now()), 1)
	id, _ := create(t, s)
	assert.True(t, s.Allow(caller.Account, id, caller.Account, "delete", ""), "the account may do everything")
	assert.False(t, s.Allow(caller.Account, "c1", caller.Account, "get", ""))
}

func TestSetNamespaces(t *testing.T) {
	t.Parallel()
	s := world.New(world.NewSteppedClock(time.Now()), 1)
	id, _ := create(t, s)
	in := func(namespace string) world.Grant {
		return world.Grant{User: "7", Scope: ack.PermissionScopeNamespace, Namespace: namespace, Role: "dev"}
	}
	all := world.Grant{User: "7", Scope: ack.PermissionScopeCluster, Role: "dev"}
	s.SetNamespaces(caller.Account, id, []string{"default", "test"})
	do(t, s, "", func(w *world.World) error {
		w.Clusters.Get(id).Grants = []world.Grant{all, in("default"), in("test"), in("later")}
		return nil
	})
	s.SetNamespaces(caller.Account, id, []string{"default"})
	do(t, s, "", func(w *world.World) error {
		c := w.Clusters.Get(id)
		require.Equal(t, []string{"default"}, c.Namespaces)
		assert.Equal(t, []world.Grant{all, in("default"), in("later")}, c.Grants)
		return nil
	})
}
