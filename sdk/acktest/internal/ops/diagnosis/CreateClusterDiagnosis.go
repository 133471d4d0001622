package diagnosis

import (
	"encoding/json"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// CreateClusterDiagnosis starts a diagnosis.
func CreateClusterDiagnosis(w *world.World, in *ack.CreateClusterDiagnosisRequest) (*ack.CreateClusterDiagnosisResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	d := &world.Diagnosis{Type: ack.DiagnosisTypeCluster}
	if in.Type != nil {
		d.Type = *in.Type
	}
	if err := checkTarget(d.Type, in.Target); err != nil {
		return nil, err
	}
	if key := nodeKey(d.Type); key != "" {
		d.Node, _ = in.Target[key].(string)
		if c.Nodes.Find(func(n *world.Node) bool { return n.NodeName == d.Node }) == nil {
			return nil, resourceNotFound("The cluster %s has no node of the name that target.%s says.", c.ClusterID, key)
		}
	}
	if len(in.Target) > 0 {
		target, err := json.Marshal(in.Target)
		if err != nil {
			return nil, world.Invalid("The parameter target is no JSON object.")
		}
		d.Target = string(target)
	}
	w.Diagnose(c, d)
	return &ack.CreateClusterDiagnosisResponse{ClusterID: c.ClusterID, DiagnosisID: d.ID}, nil
}
