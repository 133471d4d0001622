package alerts_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/opstest"
	"github.com/ackgen/ackgen/sdk/roa"
)

func TestContacts(t *testing.T) {
	t.Parallel()
	_, client, cluster := opstest.Start(t)
	ctx := t.Context()
	remove := func(ids ...int64) []ack.AlertContactDeletion {
		out, err := client.DeleteAlertContact(ctx, &ack.DeleteAlertContactRequest{ContactIDs: ids})
		require.NoError(t, err)
		return out.Result
	}
	const failed = "Delete contact resource failed."
	assert.Equal(t, []ack.AlertContactDeletion{{Status: true, ContactID: "1"}, {Msg: failed, ContactID: "-1"}}, remove(1, -1))
	assert.Equal(t, []ack.AlertContactDeletion{{Msg: failed, ContactID: "1"}, {Status: true, ContactID: "2"}}, remove(1, 2))

	notify := func(id int64) ack.AlertChange {
		out, err := client.UpdateContactGroupForAlert(ctx, &ack.UpdateContactGroupForAlertRequest{
			ClusterID: cluster, AlertRuleGroupName: new("pod-exceptions"), ContactGroupIDs: []int64{id},
		})
		require.NoError(t, err)
		return out.AlertChange
	}
	assert.Equal(t, ack.AlertChange{Status: true, Msg: "success"}, notify(1), "a group is no contact")
	out, err := client.DeleteAlertContactGroup(ctx, &ack.DeleteAlertContactGroupRequest{ContactGroupIDs: []int64{1, 1}})
	require.NoError(t, err)
	assert.Equal(t, []ack.AlertContactGroupDeletion{
		{Status: true, ContactGroupID: "1"}, {Msg: "Delete contact group resource failed.", ContactGroupID: "1"},
	}, out.Items)
	assert.Equal(t, ack.AlertChange{Msg: "contact group illegal"}, notify(1))
	assert.True(t, notify(2).Status)
}

func TestRules(t *testing.T) {
	t.Parallel()
	_, client, cluster := opstest.Start(t)
	for name, test := range map[string]struct {
		cluster string
		set     *string
		code    roa.Code
	}{
		"set":        {cluster, new("pod-exceptions"), ""},
		"no cluster": {"c1", new("pod-exceptions"), ack.CodeErrorClusterNotFound},
		"no set":     {cluster, nil, roa.CodeMissingParameter},
	} {
		started, startErr := client.StartAlert(t.Context(), &ack.StartAlertRequest{ClusterID: test.cluster, AlertRuleGroupName: test.set})
		stopped, stopErr := client.StopAlert(t.Context(), &ack.StopAlertRequest{ClusterID: test.cluster, AlertRuleGroupName: test.set, AlertRuleName: new("pod-oom")})
		if test.code != "" {
			require.ErrorIs(t, startErr, test.code, name)
			require.ErrorIs(t, stopErr, test.code, name)
			continue
		}
		require.NoError(t, startErr)
		require.NoError(t, stopErr)
		assert.True(t, started.Status && stopped.Status)
	}
}
