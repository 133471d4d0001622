package sample

import (
	"context"
	"errors"
	"strconv"

	"github.com/ackgen/ackgen/sdk/ack"
)

func (s *seeder) cluster(ctx context.Context) error {
	created, err := s.client.CreateClusterAndWait(ctx, &ack.CreateClusterRequest{
		Name: "demo", RegionID: region, ClusterType: new(ack.ClusterTypeManagedKubernetes), ClusterSpec: new(ack.ClusterSpecACKProSmall),
		KubernetesVersion: new("1.32.1-aliyun.1"), EndpointPublicAccess: new(true),
		Addons: []ack.ClusterAddon{
			{Name: "coredns", Version: new("v1.11.3.2-f57ea7ed6-aliyun")}, {Name: "csi-plugin", Version: new("v1.16.9.43-f36bb540-aliyun")},
			{Name: "terway-eniip"},
		},
		MaintenanceWindow: &ack.MaintenanceWindow{
			Enable: new(true), MaintenanceTime: new("03:00:00Z"), Duration: new("3h"), WeeklyPeriod: new(s.maintained.String()),
		},
		Tags: []ack.Tag{{Key: "env", Value: new("dev")}, {Key: "dep", Value: new("IT")}}, // the example of ListTagResources looks for these
		OperationPolicy: &ack.OperationPolicy{ClusterAutoUpgrade: &ack.ClusterAutoUpgrade{
			Enabled: new(true), Channel: new(ack.ClusterAutoUpgradeChannelRapid),
		}},
	})
	if err != nil {
		return err
	}
	s.clusterID = created.ClusterID
	_, err = s.client.InstallClusterAddonsAndWait(ctx, &ack.InstallClusterAddonsRequest{
		ClusterID: s.clusterID, Items: []ack.AddonInstall{{Name: "ack-node-problem-detector"}},
	})
	return err
}

func (s *seeder) pool(ctx context.Context) error {
	// No example creates a pool of this name, which the cluster could not have twice.
	pool, err := s.client.CreateClusterNodePoolAndWait(ctx, &ack.CreateClusterNodePoolRequest{
		ClusterID: s.clusterID, NodePoolInfo: &ack.NodePoolInfoSpec{Name: "sample"},
		ScalingGroup: &ack.ScalingGroupSpec{InstanceTypes: []string{"ecs.g7.xlarge"}, VSwitchIDs: []string{"vsw-1"}, DesiredSize: new(int64(2))},
		Management:   &ack.Management{Enable: new(true)},
		// The example of DescribeClusterNodes looks for these.
		KubernetesConfig: &ack.KubernetesConfig{Labels: []ack.NodeLabel{{Key: "app", Value: new("nginx")}, {Key: "env", Value: new("prod")}}},
	})
	if err != nil {
		return err
	}
	nodes, err := s.client.DescribeClusterNodes(ctx, &ack.DescribeClusterNodesRequest{ClusterID: s.clusterID, NodePoolID: &pool.NodePoolID})
	if err != nil {
		return err
	}
	if len(nodes.Nodes) == 0 || len(nodes.Nodes[0].IPAddress) == 0 {
		return errors.New("the node pool has no node with an address")
	}
	s.nodeName, s.nodeIP = nodes.Nodes[0].NodeName, nodes.Nodes[0].IPAddress[0]
	s.rename(pool.NodePoolID, NodePoolID)
	s.rename(nodes.Nodes[0].InstanceID, InstanceID)
	return nil
}

// resources makes what lives beside the cluster or in it.
func (s *seeder) resources(ctx context.Context) error {
	template, err := s.client.CreateTemplate(ctx, &ack.CreateTemplateRequest{Name: "demo", Template: "a: b"})
	if err != nil {
		return err
	}
	trigger, err := s.client.CreateTrigger(ctx, &ack.CreateTriggerRequest{
		ClusterID: s.clusterID, BodyClusterID: s.clusterID, ProjectID: "default/demo", Action: ack.TriggerActionRedeploy,
	})
	if err != nil {
		return err
	}
	newMachine := &ack.CreateEdgeMachineRequest{Hostname: "demo", SN: "demo", Model: "ACK-V-B010"}
	machine, err := s.client.CreateEdgeMachine(ctx, newMachine) //nolint:staticcheck // deprecated, and described
	if err != nil {
		return err
	}
	rule, err := s.client.CreateAutoRepairPolicy(ctx, &ack.CreateAutoRepairPolicyRequest{ClusterID: s.clusterID, Name: new("demo")})
	if err != nil {
		return err
	}
	s.rename(template.TemplateID, TemplateID)
	s.rename(trigger.ID, TriggerID)
	s.rename(machine.EdgeMachineID, MachineID)
	s.rename(rule.PolicyID, RepairRuleID)
	return nil
}

// access makes what says who may do what, and what may run.
func (s *seeder) access(ctx context.Context) error {
	policy, err := s.client.DeployPolicyInstance(ctx, &ack.DeployPolicyInstanceRequest{
		ClusterID: s.clusterID, PolicyName: "ACKAllowedRepos", Action: new(ack.PolicyInstanceActionDeny),
		Parameters: map[string]any{"repos": []any{"registry.example.com/"}},
	})
	if err != nil {
		return err
	}
	if len(policy.Instances) == 0 {
		return errors.New("the policy has no instance")
	}
	s.rename(policy.Instances[0], PolicyID)
	_, err = s.client.GrantPermissions(ctx, &ack.GrantPermissionsRequest{UID: UserID, Items: []ack.PermissionGrant{
		{Cluster: &s.clusterID, RoleType: ack.PermissionScopeCluster, RoleName: "ops"},
	}})
	return err
}

// runs makes what the service finds out about the cluster, and a task.
func (s *seeder) runs(ctx context.Context) error {
	check, err := s.client.RunClusterCheck(ctx, &ack.RunClusterCheckRequest{
		ClusterID: s.clusterID, Type: ack.ClusterCheckTypeClusterUpgrade, Options: map[string]string{"next_version": "1.33.1-aliyun.1"},
	})
	if err != nil {
		return err
	}
	diagnosis, err := s.client.CreateClusterDiagnosis(ctx, &ack.CreateClusterDiagnosisRequest{
		ClusterID: s.clusterID, Type: new(ack.DiagnosisTypeNode), Target: map[string]any{"name": s.nodeName},
	})
	if err != nil {
		return err
	}
	if _, err := s.client.CreateClusterInspectConfig(ctx, &ack.CreateClusterInspectConfigRequest{
		ClusterID: s.clusterID, Enabled: true, Recurrence: "FREQ=DAILY;BYHOUR=10;BYMINUTE=15",
	}); err != nil {
		return err
	}
	report, err := s.client.RunClusterInspect(ctx, &ack.RunClusterInspectRequest{ClusterID: s.clusterID})
	if err != nil {
		return err
	}
	scan, err := s.client.ScanClusterVuls(ctx, &ack.ScanClusterVulsRequest{ClusterID: s.clusterID})
	if err != nil {
		return err
	}
	s.rename(check.CheckID, CheckID)
	s.rename(diagnosis.DiagnosisID, DiagnosisID)
	s.rename(report.ReportID, ReportID)
	s.rename(scan.TaskID, TaskID)
	return nil
}

// shared names what is part of other names and texts.
func (s *seeder) shared(ctx context.Context) error {
	plans, err := s.client.ListOperationPlansForRegion(ctx, &ack.ListOperationPlansForRegionRequest{RegionID: region, ClusterID: &s.clusterID})
	if err != nil {
		return err
	}
	if len(plans.Plans) == 0 {
		return errors.New("the cluster has no plans")
	}
	s.rename(plans.Plans[0].PlanID, PlanID)
	s.rename(s.nodeName, NodeName)
	s.rename(strconv.Quote(s.nodeIP), strconv.Quote(nodeIP))
	s.rename(s.clusterID, ClusterID)
	return nil
}
