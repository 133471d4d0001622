package world

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/sdk/ack"
)

func TestNodeName(t *testing.T) {
	t.Parallel()
	for mode, want := range map[string]string{
		"":                              "cn-hangzhou.192.168.0.55",
		"nodeip":                        "cn-hangzhou.192.168.0.55",
		"customized,aliyun,ip,com":      "aliyun192.168.0.55com",
		"customized,aliyun.com,5,-test": "aliyun.com00055-test",
		"customized,a,12,b":             "a192168000055b",
	} {
		assert.Equal(t, want, nodeName(mode, "cn-hangzhou", "192.168.0.55"), mode)
		assert.True(t, validNameMode(mode), mode)
	}
	for _, mode := range []string{"customized", "custom,a,ip,b", "customized,a,13,b", "customized,a,4,b", "customized,a,all,b"} {
		assert.False(t, validNameMode(mode), mode)
	}
}

func TestReconfigure(t *testing.T) {
	t.Parallel()
	taint := func(key string, effect *ack.TaintEffect) ack.Taint { return ack.Taint{Key: key, Effect: effect} }
	label := func(key, text string) ack.NodeLabel { return ack.NodeLabel{Key: key, Value: &text} }
	before := &ack.KubernetesConfig{Labels: []ack.NodeLabel{label("old", "1"), label("both", "1")}, Taints: []ack.Taint{taint("old", nil)}}
	n := &Node{Labels: map[string]string{"own": "1", "old": "1", "both": "1"}}
	n.Taints = append(cloneTaints(before.Taints), taint("own", new(ack.TaintEffectNoExecute)))
	labels := n.Labels
	n.reconfigure(before, &ack.KubernetesConfig{Labels: []ack.NodeLabel{label("both", "2")}, Taints: []ack.Taint{taint("new", nil)}})
	assert.Equal(t, map[string]string{"own": "1", "both": "2"}, n.Labels)
	assert.Equal(t, []ack.Taint{taint("own", new(ack.TaintEffectNoExecute)), taint("new", new(ack.TaintEffectNoSchedule))}, n.Taints)
	assert.Len(t, labels, 3, "somebody may be reading the old ones")
}

func TestOverlay(t *testing.T) {
	t.Parallel()
	row := ack.NodePool{
		ScalingGroup: ack.ScalingGroup{InstanceTypes: []string{"a", "b"}, SystemDiskSize: 40, DesiredSize: new(int64(3))},
		Management:   ack.Management{Enable: new(true), AutoRepairPolicy: &ack.AutoRepairPolicy{RestartNode: new(true)}},
		NodeConfig:   ack.NodeConfig{KubeletConfiguration: ack.KubeletConfig{EvictionHard: map[string]any{"a": "1"}}},
	}
	repair := row.Management.AutoRepairPolicy
	overlay(&row, &ack.CreateClusterNodePoolRequest{
		ScalingGroup: &ack.ScalingGroupSpec{InstanceTypes: []string{"c"}, DesiredSize: new(int64(0))},
		Management:   &ack.Management{Enable: new(false), AutoRepairPolicy: &ack.AutoRepairPolicy{ApprovalRequired: new(true)}},
		NodeConfig:   &ack.NodeConfigSpec{KubeletConfiguration: &ack.KubeletConfig{EvictionHard: map[string]any{"b": "2"}}},
	})
	assert.Equal(t, []string{"c"}, row.ScalingGroup.InstanceTypes, "lists are replaced")
	assert.EqualValues(t, 40, row.ScalingGroup.SystemDiskSize, "what is absent stays")
	assert.Zero(t, *row.ScalingGroup.DesiredSize, "absent is not zero")
	assert.False(t, *row.Management.Enable)
	assert.Equal(t, ack.AutoRepairPolicy{RestartNode: new(true), ApprovalRequired: new(true)}, *row.Management.AutoRepairPolicy, "objects are merged")
	assert.Nil(t, repair.ApprovalRequired, "nothing is shared")
	assert.Equal(t, map[string]any{"b": "2"}, row.NodeConfig.KubeletConfiguration.EvictionHard)
	overlay(&row, &ack.CreateClusterNodePoolRequest{ScalingGroup: &ack.ScalingGroupSpec{InstanceTypes: []string{}}})
	assert.Empty(t, row.ScalingGroup.InstanceTypes, "an empty list is one")
}
