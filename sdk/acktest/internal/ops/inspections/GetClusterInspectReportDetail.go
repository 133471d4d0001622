package inspections

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// GetClusterInspectReportDetail returns a report with a page of what was found.
func GetClusterInspectReportDetail(w *world.World, in *ack.GetClusterInspectReportDetailRequest) (*ack.GetClusterInspectReportDetailResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	r, err := c.InspectReport(in.ReportID)
	if err != nil {
		return nil, err
	}
	results := make([]ack.InspectCheckResult, 0, len(r.Findings))
	for _, f := range r.Findings {
		if result := describe(f, in.Language); suits(in, &result) {
			results = append(results, result)
		}
	}
	page, next, err := behavior.Tokened(results, in.NextToken, in.MaxResults, usualResults, maxResults)
	if err != nil {
		return nil, err
	}
	return &ack.GetClusterInspectReportDetailResponse{
		ReportID: r.ReportID, Status: r.Status, Summary: r.Summary, StartTime: r.StartTime, EndTime: r.EndTime, CheckItemResults: page,
		NextToken: next,
	}, nil
}

// suits reports whether a result is what the filters of a request ask for.
func suits(in *ack.GetClusterInspectReportDetailRequest, r *ack.InspectCheckResult) bool {
	return (in.Category == nil || *in.Category == r.Category) && (in.Level == nil || *in.Level == r.Level) &&
		(in.TargetType == nil || *in.TargetType == r.TargetType) &&
		(in.EnableFilter == nil || !*in.EnableFilter || r.Result == ack.InspectOutcomeTrue)
}

// describe returns what was found as the service describes it.
func describe(f world.Finding, language *ack.GetClusterInspectReportDetailLanguage) ack.InspectCheckResult {
	in := ""
	if language != nil {
		in = string(*language)
	}
	check := world.InspectCheckOf(f.Check)
	result := ack.InspectCheckResult{
		CheckItemUID: check.UID, Name: check.Name.In(in), Description: check.Description.In(in), Result: f.Result, Category: check.Category,
		Level: check.Level, TargetType: check.TargetType, Targets: f.Targets,
	}
	if f.Result == ack.InspectOutcomeTrue {
		result.Fix = check.Fix.In(in)
	}
	return result
}
