package triggers_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// isToken is the form of tokens. They are not shown when a test fails.
var isToken = regexp.MustCompile(`^[\w-]+\.[\w-]+\.[\w-]{64}$`)

const redeploy = ack.TriggerActionRedeploy

func setup(t *testing.T) (*ack.Client, string) {
	t.Helper()
	client := acktest.NewServer(t).Client(t)
	out, err := client.CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: "test", RegionID: "cn-hangzhou"})
	require.NoError(t, err)
	return client, out.ClusterID
}

// list returns the triggers of default/web by both operations, which agree.
func list(t *testing.T, client *ack.Client, in ack.DescribeTriggerRequest) []ack.Trigger {
	t.Helper()
	in.Namespace, in.Name = "default", "web"
	out, err := client.DescribeTrigger(t.Context(), &in)
	require.NoError(t, err)
	old, err := client.GetKubernetesTrigger(t.Context(), &ack.GetKubernetesTriggerRequest{
		ClusterID: in.ClusterID, Namespace: in.Namespace, Name: in.Name, Type: in.Type, Action: in.Action,
	})
	require.NoError(t, err)
	assert.True(t, assert.ObjectsAreEqual(out.Items, old.Items), "both operations list the same")
	return out.Items
}

func TestTriggers(t *testing.T) {
	t.Parallel()
	client, id := setup(t)
	ctx := t.Context()
	first, err := client.CreateTrigger(ctx, &ack.CreateTriggerRequest{
		ClusterID: id, BodyClusterID: id, ProjectID: "default/web", Action: redeploy, Type: new(ack.TriggerTypeApplication),
	})
	require.NoError(t, err)
	assert.Regexp(t, `^[0-9]+$`, first.ID)
	assert.Equal(t, id, first.ClusterID)
	assert.Empty(t, first.Token.Reveal(), "only the list tells it")
	second, err := client.CreateKubernetesTrigger(ctx, &ack.CreateKubernetesTriggerRequest{ClusterID: id, ProjectID: "default/web", Action: redeploy})
	require.NoError(t, err)
	assert.NotEqual(t, first.ID, second.ID)
	assert.Equal(t, ack.TriggerTypeDeployment, second.Type)
	_, err = client.CreateTriggerHook(ctx, &ack.CreateTriggerHookRequest{RegionID: new("cn-hangzhou"), ClusterID: &id, ProjectID: new("default/web")})
	require.NoError(t, err)
	_, err = client.CreateTrigger(ctx, &ack.CreateTriggerRequest{ClusterID: id, BodyClusterID: id, ProjectID: "other/web", Action: redeploy})
	require.NoError(t, err)

	all := list(t, client, ack.DescribeTriggerRequest{ClusterID: id})
	require.Len(t, all, 3)
	tokens := make(map[roa.Secret]bool)
	for _, trigger := range all {
		assert.Equal(t, "default/web", trigger.ProjectID)
		assert.True(t, isToken.MatchString(trigger.Token.Reveal()), "it has the form of a token")
		tokens[trigger.Token] = true
	}
	assert.Len(t, tokens, 3)
	assert.Len(t, list(t, client, ack.DescribeTriggerRequest{ClusterID: id, Type: new(ack.TriggerTypeApplication)}), 1)
	assert.Len(t, list(t, client, ack.DescribeTriggerRequest{ClusterID: id, Action: new(redeploy)}), 3)
	assert.Empty(t, list(t, client, ack.DescribeTriggerRequest{ClusterID: id, Action: new(ack.TriggerAction("scale"))}))

	_, err = client.DeleteTrigger(ctx, &ack.DeleteTriggerRequest{ClusterID: id, ID: first.ID})
	require.NoError(t, err)
	_, err = client.DeleteKubernetesTrigger(ctx, &ack.DeleteKubernetesTriggerRequest{ID: second.ID})
	require.NoError(t, err)
	assert.Len(t, list(t, client, ack.DescribeTriggerRequest{ClusterID: id}), 1)
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	client, id := setup(t)
	ctx := t.Context()
	for name, in := range map[string]ack.CreateTriggerRequest{
		"two clusters": {BodyClusterID: "c0", ProjectID: "default/web", Action: redeploy},
		"no namespace": {BodyClusterID: id, ProjectID: "web", Action: redeploy},
		"no name":      {BodyClusterID: id, ProjectID: "default/", Action: redeploy},
		"three parts":  {BodyClusterID: id, ProjectID: "default/web/1", Action: redeploy},
		"action":       {BodyClusterID: id, ProjectID: "default/web", Action: "scale"},
		"type":         {BodyClusterID: id, ProjectID: "default/web", Action: redeploy, Type: new(ack.TriggerType("job"))},
	} {
		in.ClusterID = id
		_, err := client.CreateTrigger(ctx, &in)
		require.ErrorIs(t, err, roa.CodeInvalidParameter, name)
	}
	_, err := client.CreateKubernetesTrigger(ctx, &ack.CreateKubernetesTriggerRequest{ClusterID: "c0", ProjectID: "default/web", Action: redeploy})
	require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
	_, err = client.CreateTriggerHook(ctx, &ack.CreateTriggerHookRequest{ProjectID: new("default/web")})
	require.ErrorIs(t, err, roa.CodeMissingParameter)
	_, err = client.CreateTriggerHook(ctx, &ack.CreateTriggerHookRequest{ClusterID: &id})
	require.ErrorIs(t, err, roa.CodeMissingParameter)
	_, err = client.CreateTriggerHook(ctx, &ack.CreateTriggerHookRequest{ClusterID: &id, ProjectID: new("default/web"), RegionID: new("cn-beijing")})
	require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
	_, err = client.DeleteTrigger(ctx, &ack.DeleteTriggerRequest{ClusterID: id, ID: "1"})
	require.ErrorIs(t, err, roa.CodeInvalidResourceNotFound)
	_, err = client.DeleteKubernetesTrigger(ctx, &ack.DeleteKubernetesTriggerRequest{ID: "1"})
	require.ErrorIs(t, err, roa.CodeInvalidResourceNotFound)
	assert.Empty(t, list(t, client, ack.DescribeTriggerRequest{ClusterID: id}))
}

// TestOldestDeletion holds that the operation that names no trigger deletes none.
func TestOldestDeletion(t *testing.T) {
	t.Parallel()
	client, id := setup(t)
	_, err := client.CreateTrigger(t.Context(), &ack.CreateTriggerRequest{ClusterID: id, BodyClusterID: id, ProjectID: "default/web", Action: redeploy})
	require.NoError(t, err)
	_, err = client.DeleteTriggerHook(t.Context(), &ack.DeleteTriggerHookRequest{})
	require.NoError(t, err)
	assert.Len(t, list(t, client, ack.DescribeTriggerRequest{ClusterID: id}), 1)
}
