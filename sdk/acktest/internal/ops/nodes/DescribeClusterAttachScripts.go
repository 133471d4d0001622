package nodes

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
	"github.com/ackgen/ackgen/sdk/roa"
)

// DescribeClusterAttachScripts returns a command that joins a machine to a cluster. It names nothing that exists: running it does no
// harm.
func DescribeClusterAttachScripts(w *world.World, in *ack.DescribeClusterAttachScriptsRequest) (*ack.DescribeClusterAttachScriptsResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	p, err := poolOrDefault(c, behavior.Value(in.NodePoolID))
	if err != nil {
		return nil, err
	}
	token := w.NewID("", 32)
	return &ack.DescribeClusterAttachScriptsResponse{Text: roa.Secret(script(c, p, in, token))}, nil
}

func script(c *world.Cluster, p *world.NodePool, in *ack.DescribeClusterAttachScriptsRequest, token string) string {
	arch := cmp.Or(behavior.Value(in.Arch), ack.NodeArchAMD64)
	config := &p.KubernetesConfig
	command := fmt.Sprintf("curl http://ackfake.invalid/%s/attach/%s/%s/attach_node.sh | bash -s -- --openapi-token %s --ess true"+
		" --nodepool-id %s --runtime %s --runtime-version %s --cpu-policy %s",
		c.RegionID, c.CurrentVersion, arch, token, p.NodePoolInfo.NodePoolID, behavior.Value(config.Runtime), behavior.Value(config.RuntimeVersion), behavior.Value(config.CPUPolicy))
	if len(config.Labels) > 0 {
		var labels []string
		for _, l := range config.Labels {
			labels = append(labels, l.Key+"="+behavior.Value(l.Value))
		}
		command += " --labels " + strings.Join(labels, ",")
	}
	if behavior.Value(in.FormatDisk) {
		command += " --disk-init true"
	}
	if in.Expired != nil {
		command += fmt.Sprintf(" --expired %d", *in.Expired)
	}
	return command + "\r"
}
