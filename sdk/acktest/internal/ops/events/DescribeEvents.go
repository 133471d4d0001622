package events

import (
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DescribeEvents lists what happened to the clusters of the account, the latest first.
func DescribeEvents(w *world.World, in *ack.DescribeEventsRequest) (*ack.DescribeEventsResponse, error) {
	id, kind := behavior.Value(in.ClusterID), string(behavior.Value(in.Type))
	events := w.EventsOf(func(e *world.Event) bool {
		// A document writes nodePool_upgrade for nodepool_upgrade.
		return (id == "" || e.ClusterID == id) && (kind == "" || strings.EqualFold(string(e.Type), kind))
	})
	out := &ack.DescribeEventsResponse{}
	var err error
	out.EventList, err = list(events, behavior.Page{Number: in.PageNumber, Size: in.PageSize, Token: in.NextToken, Max: in.MaxResults})
	return out, err
}
