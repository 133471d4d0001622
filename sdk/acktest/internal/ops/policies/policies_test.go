package policies_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

const repos = "ACKAllowedRepos"

func setup(t *testing.T) (*ack.Client, string) {
	t.Helper()
	client := acktest.NewServer(t).Client(t)
	created, err := client.CreateClusterAndWait(t.Context(), &ack.CreateClusterRequest{Name: "test", RegionID: "cn-hangzhou"})
	require.NoError(t, err)
	return client, created.ClusterID
}

func deploy(t *testing.T, client *ack.Client, in *ack.DeployPolicyInstanceRequest) string {
	t.Helper()
	out, err := client.DeployPolicyInstance(t.Context(), in)
	require.NoError(t, err)
	require.Len(t, out.Instances, 1)
	return out.Instances[0]
}

func instances(t *testing.T, client *ack.Client, in *ack.DescribePolicyInstancesRequest) map[string]ack.PolicyInstance {
	t.Helper()
	out, err := client.DescribePolicyInstances(t.Context(), in)
	require.NoError(t, err)
	all := make(map[string]ack.PolicyInstance)
	for _, p := range out.Items {
		all[p.InstanceName] = p
	}
	require.Len(t, all, len(out.Items))
	return all
}

func TestLibrary(t *testing.T) {
	t.Parallel()
	client := acktest.NewServer(t).Client(t)
	out, err := client.DescribePolicies(t.Context(), &ack.DescribePoliciesRequest{})
	require.NoError(t, err)
	assert.Len(t, out.Entries, 4)
	total := 0
	for category, names := range out.Entries {
		for _, name := range names {
			total++
			p, err := client.DescribePolicyDetails(t.Context(), &ack.DescribePolicyDetailsRequest{PolicyName: name})
			require.NoError(t, err)
			assert.Equal(t, category, p.Category)
			var source map[string]any
			require.NoError(t, yaml.Unmarshal([]byte(p.Template), &source), name)
			assert.Equal(t, "Policy", source["kind"])
		}
	}
	assert.Equal(t, 34, total)
	p, err := client.DescribePolicyDetails(t.Context(), &ack.DescribePolicyDetailsRequest{PolicyName: repos})
	require.NoError(t, err)
	assert.Equal(t, ack.PolicySeverityHigh, p.Severity)
	assert.Zero(t, p.NoConfig, "it needs parameters")
	assert.Contains(t, p.Template, "required:\n                    - repos\n")
	p, err = client.DescribePolicyDetails(t.Context(), &ack.DescribePolicyDetailsRequest{PolicyName: "ACKBlockNodePort"})
	require.NoError(t, err)
	assert.Equal(t, int32(1), p.NoConfig)
	_, err = client.DescribePolicyDetails(t.Context(), &ack.DescribePolicyDetailsRequest{PolicyName: "ACKNothing"})
	require.ErrorIs(t, err, roa.CodeInvalidResourceNotFound)
}

func TestInstances(t *testing.T) {
	t.Parallel()
	client, id := setup(t)
	ctx := t.Context()
	assert.Empty(t, instances(t, client, &ack.DescribePolicyInstancesRequest{ClusterID: id}))
	first := deploy(t, client, &ack.DeployPolicyInstanceRequest{
		ClusterID: id, PolicyName: repos, Action: new(ack.PolicyInstanceActionWarn), Namespaces: []string{"test3", "test4"},
		Parameters: map[string]any{"repos": []any{"registry.cn-hangzhou.aliyuncs.com/acs/"}, "more": int64(9007199254740993)},
	})
	assert.Regexp(t, regexp.MustCompile(`^allowed-repos-[a-z0-9]{5}$`), first)
	second := deploy(t, client, &ack.DeployPolicyInstanceRequest{ClusterID: id, PolicyName: repos, Parameters: map[string]any{"repos": []any{"a"}}})
	other := deploy(t, client, &ack.DeployPolicyInstanceRequest{ClusterID: id, PolicyName: "ACKNoEnvVarSecrets"})

	all := instances(t, client, &ack.DescribePolicyInstancesRequest{ClusterID: id})
	require.Len(t, all, 3)
	got := all[first]
	assert.Equal(t, "more: 9007199254740993\nrepos:\n    - registry.cn-hangzhou.aliyuncs.com/acs/\n", got.PolicyParameters)
	assert.Equal(t, "test3,test4", got.PolicyScope)
	assert.Equal(t, ack.PolicyInstanceActionWarn, got.PolicyAction)
	assert.Equal(t, "k8s-general", got.PolicyCategory)
	assert.Equal(t, id, got.ClusterID)
	assert.Equal(t, "*", all[other].PolicyScope)
	assert.Equal(t, ack.PolicyInstanceActionDeny, all[other].PolicyAction)
	assert.Len(t, instances(t, client, &ack.DescribePolicyInstancesRequest{ClusterID: id, PolicyName: new(repos)}), 2)
	assert.Contains(t, instances(t, client, &ack.DescribePolicyInstancesRequest{ClusterID: id, InstanceName: &second}), second)
	assert.Empty(t, instances(t, client, &ack.DescribePolicyInstancesRequest{
		ClusterID: id, PolicyName: new("ACKNoEnvVarSecrets"), InstanceName: &second,
	}))

	modified, err := client.ModifyPolicyInstance(ctx, &ack.ModifyPolicyInstanceRequest{
		ClusterID: id, PolicyName: repos, InstanceName: &first, Action: new(ack.PolicyInstanceActionDeny),
	})
	require.NoError(t, err)
	assert.Equal(t, []string{first}, modified.Instances)
	after := instances(t, client, &ack.DescribePolicyInstancesRequest{ClusterID: id})
	assert.Equal(t, "*", after[first].PolicyScope, "without namespaces it applies to all")
	assert.Equal(t, got.PolicyParameters, after[first].PolicyParameters)
	assert.Equal(t, ack.PolicyInstanceActionDeny, after[first].PolicyAction)
	assert.Equal(t, all[second], after[second])

	deleted, err := client.DeletePolicyInstance(ctx, &ack.DeletePolicyInstanceRequest{ClusterID: id, PolicyName: repos})
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{first, second}, deleted.Instances, "all of the policy")
	_, err = client.DeletePolicyInstance(ctx, &ack.DeletePolicyInstanceRequest{ClusterID: id, PolicyName: "ACKNoEnvVarSecrets", InstanceName: &other})
	require.NoError(t, err)
	assert.Empty(t, instances(t, client, &ack.DescribePolicyInstancesRequest{ClusterID: id}))
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	client, id := setup(t)
	ctx := t.Context()
	name := deploy(t, client, &ack.DeployPolicyInstanceRequest{ClusterID: id, PolicyName: repos, Parameters: map[string]any{"repos": []any{"a"}}})
	before := instances(t, client, &ack.DescribePolicyInstancesRequest{ClusterID: id})
	for want, in := range map[string]ack.DeployPolicyInstanceRequest{
		"InvalidResource.NotFound: The policy ACKNothing is not found.":              {PolicyName: "ACKNothing"},
		"needs the parameter repos":                                                  {PolicyName: repos},
		"The parameter repos of the policy ACKAllowedRepos is not of the type array": {PolicyName: repos, Parameters: map[string]any{"repos": "s3cret"}},
		"is not of the type integer": {
			PolicyName: "ACKPSPHostNetworkingPorts", Parameters: map[string]any{"min": 1.5},
		},
		"deny or warn": {PolicyName: "ACKNoEnvVarSecrets", Action: new(ack.PolicyInstanceAction("ask"))},
	} {
		in.ClusterID = id
		_, err := client.DeployPolicyInstance(ctx, &in)
		require.ErrorContains(t, err, want)
		assert.NotContains(t, err.Error(), "s3cret")
	}
	for _, in := range []ack.ModifyPolicyInstanceRequest{
		{PolicyName: repos, InstanceName: new("allowed-repos-00000")},
		{PolicyName: "ACKNoEnvVarSecrets"},
		{PolicyName: repos, InstanceName: &name, Parameters: map[string]any{"repos": true}},
		{PolicyName: repos, InstanceName: &name, Action: new(ack.PolicyInstanceAction("ask"))},
	} {
		in.ClusterID = id
		_, err := client.ModifyPolicyInstance(ctx, &in)
		require.Error(t, err)
	}
	_, err := client.DeletePolicyInstance(ctx, &ack.DeletePolicyInstanceRequest{ClusterID: id, PolicyName: "ACKNoEnvVarSecrets", InstanceName: &name})
	require.ErrorIs(t, err, roa.CodeInvalidResourceNotFound, "of another policy")
	_, err = client.DescribePolicyInstances(ctx, &ack.DescribePolicyInstancesRequest{ClusterID: "c0"})
	require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
	assert.Equal(t, before, instances(t, client, &ack.DescribePolicyInstancesRequest{ClusterID: id}))
}

func TestCounts(t *testing.T) {
	t.Parallel()
	client, id := setup(t)
	for range 2 {
		deploy(t, client, &ack.DeployPolicyInstanceRequest{ClusterID: id, PolicyName: "ACKBlockNodePort"})
	}
	deploy(t, client, &ack.DeployPolicyInstanceRequest{ClusterID: id, PolicyName: "ACKImageDigests"})
	status, err := client.DescribePolicyInstancesStatus(t.Context(), &ack.DescribePolicyInstancesStatusRequest{ClusterID: id})
	require.NoError(t, err)
	assert.Equal(t, map[string]int64{"high": 2, "low": 1}, status.InstancesSeverityCount)
	require.Len(t, status.PolicyInstances, 34)
	for _, p := range status.PolicyInstances {
		want := map[string]int64{"ACKBlockNodePort": 2, "ACKImageDigests": 1}[p.PolicyName]
		assert.Equal(t, want, p.PolicyInstancesCount, p.PolicyName)
	}
	governance, err := client.DescribePolicyGovernanceInCluster(t.Context(), &ack.DescribePolicyGovernanceInClusterRequest{ClusterID: id})
	require.NoError(t, err)
	require.Len(t, governance.OnState, 3)
	total := int32(0)
	for i, enabled := range []int32{1, 0, 1} {
		assert.Equal(t, enabled, governance.OnState[i].EnabledCount)
		total += governance.OnState[i].Total
	}
	assert.Equal(t, int32(34), total)
	assert.Equal(t, ack.PolicyAdmitLogProgressComplete, governance.AdmitLog.Progress)
	assert.NotNil(t, governance.AdmitLog.Logs)
	assert.Len(t, governance.Violation.TotalViolations.Deny, 3)
}
