package vulnerabilities

import (
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// FixNodePoolVuls fixes vulnerabilities on nodes of a pool, batch by batch; all that were found, if the request names none. One that
// needs a restart stays where nodes may not restart.
func FixNodePoolVuls(w *world.World, in *ack.FixNodePoolVulsRequest) (*ack.FixNodePoolVulsResponse, error) {
	c, p, err := w.ReadyNodePool(in.ClusterID, in.NodePoolID)
	if err != nil {
		return nil, err
	}
	nodes, err := c.NodesNamed(in.NodePoolID, in.Nodes)
	if err != nil {
		return nil, err
	}
	names, err := toFix(in)
	if err != nil {
		return nil, err
	}
	how := world.Rollout{Batch: 1} // No source tells what the service decides.
	if in.RolloutPolicy != nil && in.RolloutPolicy.MaxParallelism != nil {
		how.Batch = *in.RolloutPolicy.MaxParallelism
	}
	if total := c.DescribePool(p).Status.TotalNodes; how.Batch > max(total, 1) {
		return nil, world.Invalid("The node pool has %d nodes, and a batch cannot have more.", total)
	}
	t := w.FixVulnerabilities(c, p, nodes, names, how)
	return &ack.FixNodePoolVulsResponse{TaskReference: ack.TaskReference{ClusterID: t.ClusterID, TaskID: t.ID}}, nil
}

// toFix returns the names of the vulnerabilities that can be fixed as a request wants, or the fault of a name that is none.
func toFix(in *ack.FixNodePoolVulsRequest) ([]string, error) {
	var known, names []string
	for _, v := range world.Vulnerabilities() {
		known = append(known, v.Name)
		if (len(in.Vuls) == 0 || slices.Contains(in.Vuls, v.Name)) && (!v.NeedReboot || behavior.ValueOr(in.AutoRestart, true)) {
			names = append(names, v.Name)
		}
	}
	for _, name := range in.Vuls {
		if !slices.Contains(known, name) {
			return nil, world.NotFound("vulnerability", name)
		}
	}
	return names, nil
}
