package diagnosis

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// GetClusterDiagnosisCheckItems lists what a diagnosis has checked: nothing before its end.
func GetClusterDiagnosisCheckItems(w *world.World, in *ack.GetClusterDiagnosisCheckItemsRequest) (*ack.GetClusterDiagnosisCheckItemsResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	d, err := c.Diagnosis(in.DiagnosisID)
	if err != nil {
		return nil, err
	}
	language := ""
	if in.Language != nil {
		language = *in.Language
	}
	return &ack.GetClusterDiagnosisCheckItemsResponse{CheckItems: d.Describe(language), Code: "success", IsSuccess: true}, nil
}
