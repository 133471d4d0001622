package diagnosis

import (
	"encoding/json"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// minutes is how a diagnosis tells times.
const minutes = "2006-01-02T15:04Z"

// GetClusterDiagnosisResult tells how far a diagnosis has come. The result counts what was found on each level, as no source
// tells its keys.
func GetClusterDiagnosisResult(w *world.World, in *ack.GetClusterDiagnosisResultRequest) (*ack.GetClusterDiagnosisResultResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	d, err := c.Diagnosis(in.DiagnosisID)
	if err != nil {
		return nil, err
	}
	out := &ack.GetClusterDiagnosisResultResponse{
		DiagnosisID: d.ID, Status: d.Status, Code: d.Code, Message: d.Message, Type: d.Type, Target: d.Target, Created: inMinutes(d.Created),
		Finished: inMinutes(d.Finished),
	}
	if d.Items == nil {
		return out, nil
	}
	counts := make(map[ack.DiagnosisCheckItemLevel]int)
	for _, item := range d.Items {
		counts[item.Level]++
	}
	result, err := json.Marshal(counts)
	if err != nil {
		return nil, err
	}
	out.Result = string(result)
	return out, nil
}

func inMinutes(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(minutes)
}
