package policies

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/catalog"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribePolicyGovernanceInCluster counts the policies in force. Nothing breaks them: the Kubernetes API of the cluster does not
// ask policies, so the log is complete and empty.
func DescribePolicyGovernanceInCluster(
	w *world.World, in *ack.DescribePolicyGovernanceInClusterRequest,
) (*ack.DescribePolicyGovernanceInClusterResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	out := &ack.DescribePolicyGovernanceInClusterResponse{AdmitLog: ack.PolicyAdmitLog{
		Progress: ack.PolicyAdmitLogProgressComplete, LogProject: "k8s-log-" + c.ClusterID, LogStore: "policyadmit-" + c.ClusterID,
		Logs: []ack.PolicyAdmitLogEntry{},
	}}
	out.Violation.Violations = ack.PolicyViolationsByPolicy{Deny: []ack.PolicyViolation{}, Warn: []ack.PolicyViolation{}}
	counts := countInstances(c)
	totals := &out.Violation.TotalViolations
	for _, severity := range []ack.PolicySeverity{ack.PolicySeverityHigh, ack.PolicySeverityMedium, ack.PolicySeverityLow} {
		state := ack.PolicyEnabledCount{Severity: severity}
		for _, p := range catalog.Policies() {
			if p.Severity != severity {
				continue
			}
			state.Total++
			if counts[p.Name] > 0 {
				state.EnabledCount++
			}
		}
		out.OnState = append(out.OnState, state)
		totals.Deny = append(totals.Deny, ack.PolicyViolationTotal{Severity: severity})
		totals.Warn = append(totals.Warn, ack.PolicyViolationTotal{Severity: severity})
	}
	return out, nil
}
