package world_test

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/internal/diagram"
	"github.com/ackgen/ackgen/internal/diagram/diagramtest"
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

const root = "../../../.."

var update = flag.Bool("update", false, "write docs/images")

// outcome is how a task ends.
type outcome int

const (
	success outcome = iota
	failure
	cancel
)

// A change is what an operation does to a cluster.
type change struct {
	operation string
	kind      ack.ClusterType // of the cluster
	start     func(w *world.World, c *world.Cluster) error
}

var changes = []change{
	{operation: "CreateCluster"},
	{operation: "CreateCluster", kind: ack.ClusterTypeExternalKubernetes},
	{operation: "an agent", kind: ack.ClusterTypeExternalKubernetes, start: func(w *world.World, c *world.Cluster) error {
		w.ConnectAgent(c)
		return nil
	}},
	{operation: "ModifyCluster", start: func(w *world.World, c *world.Cluster) error {
		w.ModifyCluster(c, &ack.ModifyClusterRequest{EnableRRSA: new(true)})
		return nil
	}},
	{operation: "UpdateKMSEncryption", start: func(w *world.World, c *world.Cluster) error {
		w.Encrypt(c, "key")
		return nil
	}},
	{operation: "MigrateCluster", start: func(w *world.World, c *world.Cluster) error {
		w.MigrateCluster(c, ack.ClusterSpecACKProSmall)
		return nil
	}},
	{operation: "ScaleOutCluster", start: func(w *world.World, c *world.Cluster) error {
		_, err := w.ScaleCluster(c, &ack.CreateClusterNodePoolRequest{}, 1)
		return err
	}},
	{operation: "UpgradeCluster", start: func(w *world.World, c *world.Cluster) error {
		w.UpgradeCluster(c, c.CurrentVersion, false)
		return nil
	}},
	{operation: "DeleteCluster", start: func(w *world.World, c *world.Cluster) error {
		w.DeleteCluster(c, func(*ack.ClusterResource) bool { return false })
		return nil
	}},
}

// A life is what was seen of clusters or tasks.
type life struct {
	ways  map[way]bool               // whether it is only taken when something has failed
	words map[string][]string        // about a state
	takes map[string][]time.Duration // how long a state lasts
}

type way struct{ from, to string }

func newLife() *life {
	return &life{map[way]bool{}, map[string][]string{}, map[string][]time.Duration{}}
}

func (l *life) saw(from, to string, failed bool) {
	if from == to {
		return
	}
	only, seen := l.ways[way{from, to}]
	l.ways[way{from, to}] = failed && (only || !seen)
}

// arrows returns the ways as arrows, in order. Those that lead back and forth keep clear of each other.
func (l *life) arrows() []diagram.Arrow {
	byName := func(a, b way) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) }
	var out []diagram.Arrow
	for _, w := range slices.SortedFunc(maps.Keys(l.ways), byName) {
		a := diagram.Arrow{From: w.from, To: w.to, Dashed: l.ways[w]}
		if _, back := l.ways[way{w.to, w.from}]; back {
			a.Bend = 9
		}
		out = append(out, a)
	}
	return out
}

// boxes returns the states at their places. Each has one, and no place is left over.
func (l *life) boxes(t *testing.T, places []diagram.Box) []diagram.Box {
	t.Helper()
	states := map[string]bool{}
	for w := range l.ways {
		states[w.from], states[w.to] = true, true
	}
	var placed []string
	for i := range places {
		box := &places[i]
		placed = append(placed, box.ID)
		box.Title = cmp.Or(box.Title, box.ID)
		box.Lines = append(box.Lines, slices.Compact(slices.Sorted(slices.Values(l.words[box.ID])))...)
		if takes := l.takes[box.ID]; len(takes) > 0 {
			box.Lines = append(box.Lines, span(slices.Min(takes), slices.Max(takes)))
		}
	}
	assert.ElementsMatch(t, slices.Collect(maps.Keys(states)), placed, "each state has one place")
	return places
}

func span(least, most time.Duration) string {
	if least == most {
		return fmt.Sprintf("%.0f min", least.Minutes())
	}
	return fmt.Sprintf("%.0f to %.0f min", least.Minutes(), most.Minutes())
}

// newState returns a state whose clock stands.
func newState() *world.State {
	return world.New(world.NewSteppedClock(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)), 1)
}

// live lets an operation change a cluster, and notes what was seen.
func (c change) live(t *testing.T, l *life, end outcome) {
	t.Helper()
	s := newState()
	var id string
	begin := func(w *world.World) error {
		cluster := &world.Cluster{}
		cluster.ClusterType = c.kind
		id = w.CreateCluster(cluster).ClusterID
		return nil
	}
	before := c.operation // which the life of a cluster begins with
	if c.start != nil {
		do(t, s, "CreateCluster", begin)
		s.Advance(time.Hour)
		before = string(stateOf(t, s, id))
		begin = func(w *world.World) error { return c.start(w, w.Clusters.Get(id)) }
	}
	if end == failure {
		s.FailNext(c.operation, world.Failure{Code: "Failed"})
	}
	do(t, s, c.operation, begin)
	during := string(stateOf(t, s, id))
	l.saw(before, during, false)
	do(t, s, c.operation, func(w *world.World) error {
		task := w.Latest(func(task *world.Task) bool { return task.Operation == c.operation })
		var takes time.Duration
		for _, stage := range task.Plan {
			takes += stage.After
		}
		if c.start != nil {
			l.words[during] = append(l.words[during], c.operation)
		}
		l.takes[during] = append(l.takes[during], takes)
		if end == cancel {
			return w.CancelTask(task)
		}
		return nil
	})
	s.Advance(time.Hour)
	l.saw(during, cmp.Or(string(stateOf(t, s, id)), "gone"), end == failure)
}

// cancelable reports whether the service cancels what an operation does.
func (c change) cancelable() bool { return c.operation == "UpgradeCluster" }

func TestClusterDiagram(t *testing.T) {
	t.Parallel()
	l := newLife()
	for _, c := range changes {
		c.live(t, l, success)
		c.live(t, l, failure)
		if c.cancelable() {
			c.live(t, l, cancel)
		}
	}
	const step, good, bad = diagram.Step, diagram.Good, diagram.Bad
	diagramtest.Check(t, root, &diagram.Diagram{
		Name: "cluster", Title: "The life of a cluster, as the fake server has it",
		About: "A new cluster is initial, and then running or failed; a registered one waits for its agent. While it is modified, migrated, scaled or upgraded, " +
			"it is in a state of its own. It is deleted in the state deleting. Dashed arrows are ways after a failure.",
		Columns: 3, Rows: 6, CellWidth: 270, CellHeight: 92, BoxWidth: 172,
		Boxes: l.boxes(t, []diagram.Box{
			{ID: "CreateCluster", Column: 1, Row: 0, Kind: good}, {ID: "initial", Column: 1, Row: 1, Kind: step},
			{ID: "failed", Column: 0, Row: 1, Kind: bad}, {ID: "waiting", Column: 0, Row: 1.9, Kind: step}, {ID: "disconnected", Column: 0, Row: 2.9, Kind: bad},
			{ID: "running", Column: 1, Row: 2.6, Kind: good}, {ID: "updating", Column: 2, Row: 1, Kind: step}, {ID: "migrating", Column: 2, Row: 2.1, Kind: step},
			{ID: "scaling", Column: 2, Row: 3.15, Kind: step}, {ID: "upgrading", Column: 2, Row: 4.25, Kind: step},
			{ID: "updating_failed", Column: 2, Row: 5.1, Kind: bad}, {ID: "deleting", Column: 1, Row: 3.9, Kind: step},
			{ID: "delete_failed", Column: 0, Row: 3.9, Kind: bad}, {ID: "gone", Column: 1, Row: 5.1, Kind: good},
		}),
		Arrows: l.arrows(),
	}, *update)
}
