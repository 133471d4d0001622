package tasks

import (
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// How many tasks a page holds unless the request says otherwise, and at most: no source tells.
const (
	usualPage   = 20
	largestPage = 100
)

// DescribeClusterTasks lists the tasks of a cluster, the latest first. With details it tells what DescribeTaskInfo tells: no source
// says what they are.
func DescribeClusterTasks(w *world.World, in *ack.DescribeClusterTasksRequest) (*ack.DescribeClusterTasksResponse, error) {
	c, err := w.Cluster(in.ClusterID)
	if err != nil {
		return nil, err
	}
	describe := (*world.Task).Brief
	if behavior.Value(in.Detail) {
		describe = (*world.Task).Describe
	}
	found := []ack.Task{}
	for _, t := range w.Tasks.All() {
		if t.ClusterID == c.ClusterID && !t.Hidden && suits(in, t) {
			found = append(found, describe(t))
		}
	}
	slices.Reverse(found)
	out := &ack.DescribeClusterTasksResponse{}
	page := behavior.Page{Number: long(in.PageNumber), Size: long(in.PageSize), Token: in.NextToken, Max: in.MaxResults}
	out.Tasks, out.PageInfo, out.NextToken, err = behavior.Paged(found, page, usualPage, largestPage)
	return out, err
}

func suits(in *ack.DescribeClusterTasksRequest, t *world.Task) bool {
	return behavior.ValueOr(in.State, t.State) == t.State && behavior.ValueOr(in.Type, t.Type) == t.Type &&
		behavior.ValueOr(in.TargetID, t.Describe().Target.ID) == t.Describe().Target.ID
}

func long(n *int32) *int64 {
	if n == nil {
		return nil
	}
	return new(int64(*n))
}
