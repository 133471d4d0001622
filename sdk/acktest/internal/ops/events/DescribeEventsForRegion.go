package events

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeEventsForRegion lists what happened to the clusters in one region, the latest first.
func DescribeEventsForRegion(w *world.World, in *ack.DescribeEventsForRegionRequest) (*ack.DescribeEventsForRegionResponse, error) {
	id := behavior.Value(in.ClusterID)
	events := w.EventsOf(func(e *world.Event) bool { return e.RegionID == in.RegionID && (id == "" || e.ClusterID == id) })
	out := &ack.DescribeEventsForRegionResponse{}
	var err error
	out.EventList, err = list(events, behavior.Page{Number: in.PageNumber, Size: in.PageSize, Token: in.NextToken, Max: in.MaxResults})
	return out, err
}
