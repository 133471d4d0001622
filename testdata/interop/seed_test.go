package interop

import (
	"strings"
	"testing"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/stretchr/testify/require"
)

// The ids that the examples of the spec name.
const (
	exampleCluster    = "c82e6987e2961451182edacd74faf1234"
	examplePool       = "np31da1b38983f4511b490fc62108a615"
	exampleNode       = "cn-beijing.192.168.0.36"
	exampleInstance   = "i-bp11xjhwkj8k966u4x3c"
	exampleTask       = "T-5a54309c80282e39ea00002f"
	exampleTemplate   = "874ec485-e7e6-4373-8a3b-47bde8ae789f"
	exampleTrigger    = "102536"
	examplePolicy     = "allowed-repos-cbhhb"
	exampleMachine    = "cc0725ddf688744979cd98445f67e1234"
	examplePlan       = "P-655c9c127e0e6603ef001234"
	exampleCheck      = "1697100584236600453-c82e6987e2961451182edacd74faf1234-clustercheck-lboto"
	exampleDiagnosis  = "6f719f23098240818eb26fe3a37d1234"
	exampleReport     = "5d6557c983064c45bed62ab2a2119cc7"
	exampleRepairRule = "r-c2aa10f4b8d94e7f9b3c"
	exampleUser       = "236712345678901234"
	exampleAddon      = "ack-node-problem-detector"
)

// An add-on that upgrades from one version to the other.
const (
	csi    = "csi-plugin"
	oldCSI = "v1.16.9.43-f36bb540-aliyun"
	newCSI = "v1.18.8.45-1c5d2cd1-aliyun"
)

// A site is what an account has at the start of each call: one of everything that examples name.
type site struct {
	srv           *acktest.Server
	client        *ack.Client
	cluster, pool string
	ids           map[string]string // by that of the example
	snapshot      []byte
}

func newSite(t *testing.T, srv *acktest.Server) *site {
	t.Helper()
	s := &site{srv: srv, client: srv.Client(t), ids: make(map[string]string)}
	s.seedCluster(t)
	s.seedResources(t)
	s.seedRuns(t)
	srv.Advance(time.Hour)
	var err error
	s.snapshot, err = srv.Snapshot()
	require.NoError(t, err)
	return s
}

// restore makes the site what it was at first.
func (s *site) restore(t *testing.T) {
	t.Helper()
	require.NoError(t, s.srv.Restore(s.snapshot))
}

func (s *site) seedCluster(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	created, err := s.client.CreateClusterAndWait(ctx, &ack.CreateClusterRequest{
		Name: "demo", RegionID: region, ClusterType: new(ack.ClusterTypeManagedKubernetes), ClusterSpec: new(ack.ClusterSpecACKProSmall),
		KubernetesVersion: new("1.32.1-aliyun.1"), EndpointPublicAccess: new(true),
		Addons: []ack.ClusterAddon{
			{Name: "coredns", Version: new("v1.11.3.2-f57ea7ed6-aliyun")}, {Name: csi, Version: new(oldCSI)}, {Name: "terway-eniip"},
		},
		MaintenanceWindow: &ack.MaintenanceWindow{
			Enable: new(true), MaintenanceTime: new("03:00:00Z"), Duration: new("3h"), WeeklyPeriod: new("Monday,Thursday"),
		},
		OperationPolicy: &ack.OperationPolicy{ClusterAutoUpgrade: &ack.ClusterAutoUpgrade{
			Enabled: new(true), Channel: new(ack.ClusterAutoUpgradeChannelRapid),
		}},
	})
	require.NoError(t, err)
	s.cluster = created.ClusterID
	pool, err := s.client.CreateClusterNodePoolAndWait(ctx, &ack.CreateClusterNodePoolRequest{
		ClusterID: s.cluster, NodePoolInfo: &ack.NodePoolInfoSpec{Name: "seeded"},
		ScalingGroup: &ack.ScalingGroupSpec{InstanceTypes: []string{"ecs.g7.xlarge"}, VSwitchIDs: []string{"vsw-1"}, DesiredSize: new(int64(2))},
		Management:   &ack.Management{Enable: new(true)},
	})
	require.NoError(t, err)
	s.pool = pool.NodePoolID
	nodes, err := s.client.DescribeClusterNodes(ctx, &ack.DescribeClusterNodesRequest{ClusterID: s.cluster, NodePoolID: &s.pool})
	require.NoError(t, err)
	require.Len(t, nodes.Nodes, 2)
	s.ids[exampleCluster], s.ids[examplePool] = s.cluster, s.pool
	s.ids[exampleNode], s.ids[exampleInstance] = nodes.Nodes[0].NodeName, nodes.Nodes[0].InstanceID
}

// seedResources makes what lives beside the cluster or in it.
func (s *site) seedResources(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	template, err := s.client.CreateTemplate(ctx, &ack.CreateTemplateRequest{Name: "seeded", Template: "a: b"})
	require.NoError(t, err)
	s.ids[exampleTemplate] = template.TemplateID
	trigger, err := s.client.CreateTrigger(ctx, &ack.CreateTriggerRequest{
		ClusterID: s.cluster, BodyClusterID: s.cluster, ProjectID: "default/seeded", Action: ack.TriggerActionRedeploy,
	})
	require.NoError(t, err)
	s.ids[exampleTrigger] = trigger.ID
	policy, err := s.client.DeployPolicyInstance(ctx, &ack.DeployPolicyInstanceRequest{
		ClusterID: s.cluster, PolicyName: "ACKAllowedRepos", Action: new(ack.PolicyInstanceActionDeny),
		Parameters: map[string]any{"repos": []any{"registry.example.com/"}},
	})
	require.NoError(t, err)
	s.ids[examplePolicy] = policy.Instances[0]
	newMachine := &ack.CreateEdgeMachineRequest{Hostname: "seeded", SN: "seeded", Model: "ACK-V-B010"}
	machine, err := s.client.CreateEdgeMachine(ctx, newMachine) //nolint:staticcheck // deprecated
	require.NoError(t, err)
	s.ids[exampleMachine] = machine.EdgeMachineID
	rule, err := s.client.CreateAutoRepairPolicy(ctx, &ack.CreateAutoRepairPolicyRequest{ClusterID: s.cluster, Name: new("seeded")})
	require.NoError(t, err)
	s.ids[exampleRepairRule] = rule.PolicyID
	_, err = s.client.GrantPermissions(ctx, &ack.GrantPermissionsRequest{UID: exampleUser, Items: []ack.PermissionGrant{
		{Cluster: new(s.cluster), RoleType: ack.PermissionScopeCluster, RoleName: "ops"},
	}})
	require.NoError(t, err)
	_, err = s.client.InstallClusterAddonsAndWait(ctx, &ack.InstallClusterAddonsRequest{
		ClusterID: s.cluster, Items: []ack.AddonInstall{{Name: exampleAddon}},
	})
	require.NoError(t, err)
}

// seedRuns makes what the service finds out about the cluster, and a task.
func (s *site) seedRuns(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	check, err := s.client.RunClusterCheck(ctx, &ack.RunClusterCheckRequest{
		ClusterID: s.cluster, Type: ack.ClusterCheckTypeClusterUpgrade, Options: map[string]string{"next_version": "1.33.1-aliyun.1"},
	})
	require.NoError(t, err)
	s.ids[exampleCheck] = check.CheckID
	diagnosis, err := s.client.CreateClusterDiagnosis(ctx, &ack.CreateClusterDiagnosisRequest{
		ClusterID: s.cluster, Type: new(ack.DiagnosisTypeNode), Target: map[string]any{"name": s.ids[exampleNode]},
	})
	require.NoError(t, err)
	s.ids[exampleDiagnosis] = diagnosis.DiagnosisID
	_, err = s.client.CreateClusterInspectConfig(ctx, &ack.CreateClusterInspectConfigRequest{
		ClusterID: s.cluster, Enabled: true, Recurrence: "FREQ=DAILY;BYHOUR=10;BYMINUTE=15",
	})
	require.NoError(t, err)
	report, err := s.client.RunClusterInspect(ctx, &ack.RunClusterInspectRequest{ClusterID: s.cluster})
	require.NoError(t, err)
	s.ids[exampleReport] = report.ReportID
	scan, err := s.client.ScanClusterVuls(ctx, &ack.ScanClusterVulsRequest{ClusterID: s.cluster})
	require.NoError(t, err)
	s.ids[exampleTask] = scan.TaskID
	plans, err := s.client.ListOperationPlansForRegion(ctx, &ack.ListOperationPlansForRegionRequest{RegionID: region, ClusterID: &s.cluster})
	require.NoError(t, err)
	require.NotEmpty(t, plans.Plans)
	s.ids[examplePlan] = plans.Plans[0].PlanID
}

// named returns a text with the ids of the site instead of those of the examples. The longest come first: the id of a check holds that of
// its cluster.
func (s *site) named(text string) string {
	pairs := []string{exampleCheck, s.ids[exampleCheck]}
	for example, id := range s.ids {
		if example != exampleCheck {
			pairs = append(pairs, example, id)
		}
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
