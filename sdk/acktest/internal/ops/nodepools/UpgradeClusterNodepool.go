package nodepools

import (
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// UpgradeClusterNodepool upgrades nodes of a pool batch by batch. A batch has as many nodes as the request says, or as the pool may
// have out of service, or 10.
func UpgradeClusterNodepool(w *world.World, in *ack.UpgradeClusterNodepoolRequest) (*ack.UpgradeClusterNodepoolResponse, error) {
	c, p, err := w.ReadyNodePool(in.ClusterID, in.NodePoolID)
	if err != nil {
		return nil, err
	}
	nodes, err := c.NodesNamed(in.NodePoolID, in.NodeNames)
	if err != nil {
		return nil, err
	}
	upgrade := upgradeOf(in)
	if err := c.CheckUpgrade(nodes, upgrade); err != nil {
		return nil, err
	}
	t := w.UpgradeNodePool(c, p, nodes, upgrade, rolloutOf(p, in.RollingPolicy))
	return &ack.UpgradeClusterNodepoolResponse{TaskID: t.ID}, nil
}

func upgradeOf(in *ack.UpgradeClusterNodepoolRequest) world.Upgrade {
	return world.Upgrade{
		Version: behavior.Value(in.KubernetesVersion), ImageID: behavior.Value(in.ImageID), Runtime: behavior.Value(in.RuntimeType),
		RuntimeVersion: behavior.Value(in.RuntimeVersion), Replace: behavior.Value(in.UseReplace),
	}
}

func rolloutOf(p *world.NodePool, policy *ack.NodePoolUpgradePolicy) world.Rollout {
	how := world.Rollout{Batch: 10}
	if config := p.Management.UpgradeConfig; config != nil && config.MaxUnavailable != nil {
		how.Batch = *config.MaxUnavailable
	}
	if policy == nil {
		return how
	}
	if policy.MaxParallelism != nil {
		how.Batch = int64(*policy.MaxParallelism)
	}
	how.MayFail = int64(behavior.Value(policy.MaxFailedNodes))
	how.Pause, how.Interval = behavior.Value(policy.PausePolicy), time.Duration(behavior.Value(policy.BatchInterval))*time.Minute
	return how
}
