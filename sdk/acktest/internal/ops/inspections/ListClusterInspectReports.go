package inspections

import (
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// ListClusterInspectReports lists the reports of a cluster, the newest first.
func ListClusterInspectReports(w *world.World, in *ack.ListClusterInspectReportsRequest) (*ack.ListClusterInspectReportsResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	var reports []ack.InspectReport
	for _, r := range c.InspectReports.All() {
		reports = append(reports, r.InspectReport)
	}
	slices.Reverse(reports)
	page, next, err := behavior.Tokened(reports, in.NextToken, in.MaxResults, usualResults, maxResults)
	if err != nil {
		return nil, err
	}
	return &ack.ListClusterInspectReportsResponse{Reports: page, NextToken: next}, nil
}

// How many results a page has. No source tells how many it has where nobody says.
const (
	usualResults = 20
	maxResults   = 50
)
