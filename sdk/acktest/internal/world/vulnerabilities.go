package world

import (
	"slices"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
)

// Vulnerabilities returns those that a scan finds on a node that is new, the most urgent one first. They are real ones of the
// distribution that nodes run.
func Vulnerabilities() []ack.NodeVulnerability {
	return []ack.NodeVulnerability{
		{
			Name: "oval:com.redhat.rhsa:def:20193197", AliasName: "RHSA-2019:3197-Important: sudo security update",
			Necessity: ack.VulnerabilityUrgencyASAP, CVEList: []string{"CVE-2019-14287"}, PackageList: []ack.VulnerablePackage{{Name: "sudo"}},
		},
		{
			Name: "oval:com.redhat.rhsa:def:20220188", AliasName: "RHSA-2022:0188-Important: kernel security update",
			Necessity: ack.VulnerabilityUrgencyLater, NeedReboot: true, CVEList: []string{"CVE-2021-4155", "CVE-2022-0185"},
			PackageList: []ack.VulnerablePackage{{Name: "kernel"}},
		},
		{
			Name: "oval:com.redhat.rhsa:def:20221642", AliasName: "RHSA-2022:1642-Important: zlib security update",
			Necessity: ack.VulnerabilityUrgencyNNTF, CVEList: []string{"CVE-2018-25032"}, PackageList: []ack.VulnerablePackage{{Name: "zlib"}},
		},
	}
}

// VulnerabilitiesOf returns those of a node that the last scan has found and nobody has fixed since.
func VulnerabilitiesOf(n *Node) []ack.NodeVulnerability {
	return slices.DeleteFunc(Vulnerabilities(), func(v ack.NodeVulnerability) bool {
		return !slices.Contains(n.Vulnerabilities, v.Name)
	})
}

// ScanVulnerabilities looks for vulnerabilities on the nodes of a cluster.
func (w *World) ScanVulnerabilities(c *Cluster) *Task {
	return w.Start(scanVulnerabilities, &Task{ClusterID: c.ClusterID, Target: ack.TaskTarget{ID: c.ClusterID, Type: "cluster"}})
}

func scanningVulnerabilities() *Kind {
	return &Kind{
		Type:   "cluster_vul_scan",
		Stages: []Stage{{Name: "scan_nodes", After: 3 * time.Minute}},
		Finish: func(w *World, t *Task) {
			for _, n := range w.Clusters.Get(t.ClusterID).Nodes.All() {
				if n.State != ack.NodeStateRunning {
					continue
				}
				n.Vulnerabilities = nil
				for _, v := range Vulnerabilities() {
					if !slices.Contains(n.Fixed, v.Name) {
						n.Vulnerabilities = append(n.Vulnerabilities, v.Name)
					}
				}
			}
		},
	}
}

// FixVulnerabilities fixes vulnerabilities of nodes of a pool batch by batch.
func (w *World) FixVulnerabilities(c *Cluster, p *NodePool, nodes []*Node, names []string, how Rollout) *Task {
	t := w.roll(fixVulnerabilities, c, p, nodes, how, Stage{Name: "fix_nodes", After: 4 * time.Minute})
	t.Items = names
	return t
}

func fixingVulnerabilities() *Kind {
	return rolling{stage: "fix_nodes", done: func(_ *World, t *Task, n *Node) {
		n.Fixed = append(n.Fixed, slices.DeleteFunc(slices.Clone(t.Items), func(name string) bool { return slices.Contains(n.Fixed, name) })...)
		n.Vulnerabilities = slices.DeleteFunc(n.Vulnerabilities, func(name string) bool { return slices.Contains(t.Items, name) })
	}}.kind("nodepool_vul_fix")
}
