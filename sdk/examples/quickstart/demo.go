package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/kubeconfig"
	"github.com/ackgen/ackgen/sdk/roa"
)

// A demo is the life of one cluster.
type demo struct {
	*printer

	client   *ack.Client
	settings settings
	cluster  string // its id, from the first step on
}

// run takes all steps, and deletes the cluster also when one of them fails.
func (d *demo) run(ctx context.Context) error {
	steps := []struct {
		title string
		take  func(context.Context) error
	}{
		{"create a managed cluster", d.create},
		{"add a node pool, and scale it", d.addPool},
		{"install an add-on, and upgrade it", d.addAddon},
		{"tag the cluster", d.tag},
		{"get a kubeconfig, and list the nodes through the cluster's own API", d.lookInside},
		{"upgrade the cluster", d.upgrade},
		{"delete the cluster", d.remove},
	}
	for i, step := range steps {
		d.say("\n%d. %s", i+1, step.title)
		if err := step.take(ctx); err != nil {
			err = fmt.Errorf("%s: %w", step.title, err)
			if i == 0 || i == len(steps)-1 {
				return err
			}
			return errors.Join(err, d.remove(context.WithoutCancel(ctx)))
		}
		if d.err != nil {
			return d.err
		}
	}
	return nil
}

// wait lets a wait tell each state once, and bounds it.
func (d *demo) wait() roa.WaitOption {
	last := ""
	return roa.WaitProgress(func(p roa.Progress) {
		if p.State != "" && p.State != last {
			last = p.State
			d.say("   %6s  %s: %s", p.Elapsed.Round(time.Second), p.Waiter, p.State)
		}
	})
}

func (d *demo) create(ctx context.Context) error {
	version, err := d.version(ctx)
	if err != nil {
		return err
	}
	out, err := d.client.CreateCluster(ctx, &ack.CreateClusterRequest{
		Name:                 "quickstart",
		RegionID:             d.settings.region,
		ClusterType:          new(ack.ClusterTypeManagedKubernetes),
		ClusterSpec:          new(ack.ClusterSpecACKProSmall),
		KubernetesVersion:    new(version),
		VPCID:                new(d.settings.vpc),
		VSwitchIDs:           []string{d.settings.vSwitch},
		EndpointPublicAccess: new(true),
	})
	if err != nil {
		return err
	}
	d.cluster = out.ClusterID
	d.say("   The cluster %s is being created.", d.cluster)
	running, err := d.client.WaitClusterRunning(ctx, &ack.DescribeClusterDetailRequest{ClusterID: d.cluster}, d.wait(), roa.WaitTimeout(time.Hour))
	if err != nil {
		return err
	}
	d.say("   It runs Kubernetes %s.", running.CurrentVersion)
	return nil
}

// version returns a Kubernetes version that a cluster can be upgraded from.
func (d *demo) version(ctx context.Context) (string, error) {
	in := ack.DescribeKubernetesVersionMetadataRequest{
		Region: d.settings.region, ClusterType: ack.ClusterTypeManagedKubernetes, QueryUpgradableVersion: new(true),
	}
	creatable, err := d.client.DescribeKubernetesVersionMetadata(ctx, &in)
	if err != nil {
		return "", err
	}
	for _, v := range creatable.Items {
		in.KubernetesVersion = &v.Version // Only where one is asked for, the response tells where it can go from there.
		one, err := d.client.DescribeKubernetesVersionMetadata(ctx, &in)
		if err != nil {
			return "", err
		}
		if len(one.Items) > 0 && len(one.Items[0].UpgradableVersions) > 0 {
			return v.Version, nil
		}
	}
	return "", errors.New("there is no version that a cluster can be created with and upgraded from")
}

func (d *demo) addPool(ctx context.Context) error {
	out, err := d.client.CreateClusterNodePoolAndWait(ctx, &ack.CreateClusterNodePoolRequest{
		ClusterID:    d.cluster,
		NodePoolInfo: &ack.NodePoolInfoSpec{Name: "workers"},
		ScalingGroup: &ack.ScalingGroupSpec{
			VSwitchIDs:    []string{d.settings.vSwitch},
			InstanceTypes: []string{d.settings.instanceType},
			DesiredSize:   new(int64(2)),
		},
	}, d.wait(), roa.WaitTimeout(time.Hour))
	if err != nil {
		return err
	}
	d.say("   The node pool %s has two machines. Make it three.", out.NodePoolID)
	_, err = d.client.ModifyClusterNodePoolAndWait(ctx, &ack.ModifyClusterNodePoolRequest{
		ClusterID: d.cluster, NodePoolID: out.NodePoolID, ScalingGroup: &ack.ScalingGroupUpdate{DesiredSize: new(int64(3))},
	}, d.wait(), roa.WaitTimeout(time.Hour))
	if err != nil {
		return err
	}
	for node, err := range d.client.DescribeClusterNodesAll(ctx, &ack.DescribeClusterNodesRequest{ClusterID: d.cluster}) {
		if err != nil {
			return err
		}
		d.say("   %-28s %-14s %s", node.NodeName, node.InstanceType, node.State)
	}
	return nil
}

// addon is what the demo installs.
const addon = "ack-node-problem-detector"

func (d *demo) addAddon(ctx context.Context) error {
	found, err := d.client.DescribeAddon(ctx, &ack.DescribeAddonRequest{AddonName: addon, ClusterID: new(d.cluster), RegionID: new(d.settings.region)})
	if err != nil {
		return err
	}
	_, err = d.client.InstallClusterAddonsAndWait(ctx, &ack.InstallClusterAddonsRequest{
		ClusterID: d.cluster, Items: []ack.AddonInstall{{Name: addon, Version: d.settings.addonVersion}},
	}, d.wait(), roa.WaitTimeout(time.Hour))
	if err != nil {
		return err
	}
	instance := &ack.GetClusterAddonInstanceRequest{ClusterID: d.cluster, InstanceName: addon}
	out, err := d.client.WaitAddonActive(ctx, instance, roa.WaitTimeout(time.Hour))
	if err != nil {
		return err
	}
	d.say("   %s %s is %s.", addon, out.Version, out.State)
	if out.Version == found.Version {
		d.say("   That is the newest version, so there is nothing to upgrade to.")
		return nil
	}
	_, err = d.client.UpgradeClusterAddonsAndWait(ctx, &ack.UpgradeClusterAddonsRequest{
		ClusterID: d.cluster, Items: []ack.AddonUpgrade{{ComponentName: addon, NextVersion: found.Version}},
	}, d.wait(), roa.WaitTimeout(time.Hour))
	if err != nil {
		return err
	}
	if out, err = d.client.WaitAddonActive(ctx, instance, roa.WaitTimeout(time.Hour)); err != nil {
		return err
	}
	d.say("   %s %s is %s.", addon, out.Version, out.State)
	return nil
}

func (d *demo) tag(ctx context.Context) error {
	_, err := d.client.TagResources(ctx, &ack.TagResourcesRequest{
		RegionID: d.settings.region, ResourceType: ack.TagResourceTypeCluster, ResourceIDs: []string{d.cluster},
		Tags: []ack.Tag{{Key: "purpose", Value: new("demo")}},
	})
	if err != nil {
		return err
	}
	out, err := d.client.DescribeClustersForRegion(ctx, &ack.DescribeClustersForRegionRequest{RegionID: d.settings.region, ClusterID: new(d.cluster)})
	if err != nil {
		return err
	}
	for _, c := range out.Clusters {
		for _, t := range c.Tags {
			d.say("   %s has the tag %s=%s.", c.Name, t.Key, *t.Value)
		}
	}
	return nil
}

// lookInside does without client-go; with it, kubeconfig.Source makes a rest.Config, as docs/kubeconfig.md shows.
func (d *demo) lookInside(ctx context.Context) error {
	source := kubeconfig.NewSource(d.client, &ack.DescribeClusterUserKubeconfigRequest{
		ClusterID: d.cluster, TemporaryDurationMinutes: new(int64(60)),
	})
	config, err := source.Config(ctx)
	if err != nil {
		return err
	}
	d.say("   The API server is at %s.", config.BaseURL())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, config.BaseURL()+"/api/v1/nodes", http.NoBody)
	if err != nil {
		return err
	}
	resp, err := source.HTTPClient().Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close() //nolint:errcheck // it was read
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the API server responded with %s", resp.Status)
	}
	var nodes nodeList
	if err := json.NewDecoder(resp.Body).Decode(&nodes); err != nil {
		return err
	}
	for _, n := range nodes.Items {
		d.say("   %-28s %s", n.Metadata.Name, n.Status.NodeInfo.KubeletVersion)
	}
	return nil
}

// nodeList is what the demo needs of the nodes that Kubernetes knows.
type nodeList struct {
	Items []struct {
		Metadata struct {
			Name string `json:"name"`
		} `json:"metadata"`
		Status struct {
			NodeInfo struct {
				KubeletVersion string `json:"kubeletVersion"`
			} `json:"nodeInfo"`
		} `json:"status"`
	} `json:"items"`
}

func (d *demo) upgrade(ctx context.Context) error {
	in := &ack.DescribeClusterDetailRequest{ClusterID: d.cluster}
	before, err := d.client.DescribeClusterDetail(ctx, in)
	if err != nil {
		return err
	}
	if before.NextVersion == "" {
		d.say("   The cluster has the newest version, so there is nothing to upgrade to.")
		return nil
	}
	_, err = d.client.UpgradeClusterAndWait(ctx, &ack.UpgradeClusterRequest{ClusterID: d.cluster, NextVersion: new(before.NextVersion)}, d.wait(), roa.WaitTimeout(2*time.Hour))
	if err != nil {
		return err
	}
	after, err := d.client.WaitClusterRunning(ctx, in, roa.WaitTimeout(time.Hour))
	if err != nil {
		return err
	}
	d.say("   From %s to %s.", before.CurrentVersion, after.CurrentVersion)
	return nil
}

func (d *demo) remove(ctx context.Context) error {
	if _, err := d.client.DeleteCluster(ctx, &ack.DeleteClusterRequest{ClusterID: d.cluster}); err != nil {
		return err
	}
	_, err := d.client.WaitClusterDeleted(ctx, &ack.DescribeClusterDetailRequest{ClusterID: d.cluster}, d.wait(), roa.WaitTimeout(time.Hour))
	if err != nil {
		return err
	}
	d.say("   It is gone.")
	return nil
}
