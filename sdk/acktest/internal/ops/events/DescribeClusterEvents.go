package events

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeClusterEvents lists what happened to a cluster, the latest first.
func DescribeClusterEvents(w *world.World, in *ack.DescribeClusterEventsRequest) (*ack.DescribeClusterEventsResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	events := w.EventsOf(func(e *world.Event) bool {
		return e.ClusterID == c.ClusterID && (behavior.Value(in.TaskID) == "" || e.TaskID == *in.TaskID)
	})
	out := &ack.DescribeClusterEventsResponse{}
	out.EventList, err = list(events, behavior.Page{Number: in.PageNumber, Size: in.PageSize, Token: in.NextToken, Max: in.MaxResults})
	return out, err
}
