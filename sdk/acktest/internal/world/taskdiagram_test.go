package world_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/ackgen/ackgen/internal/diagram"
	"github.com/ackgen/ackgen/internal/diagram/diagramtest"
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// A step is what may happen to a task.
type step struct {
	name string
	do   func(s *world.State, task *world.Task) error
}

func asked(f func(w *world.World, task *world.Task) error) func(*world.State, *world.Task) error {
	return func(s *world.State, task *world.Task) error {
		return s.Do(world.Call{Caller: caller, Operation: "a client"}, func(w *world.World) error { return f(w, task) })
	}
}

func passes(d time.Duration) func(*world.State, *world.Task) error {
	return func(s *world.State, _ *world.Task) error {
		s.Advance(d)
		return nil
	}
}

// settling is how long the states last that end by themselves.
const settling = "for 5 s"

var steps = []step{
	{"PauseTask", asked((*world.World).Pause)},
	{"ResumeTask", asked((*world.World).Resume)},
	{"CancelTask", asked((*world.World).CancelTask)},
	{settling, passes(5 * time.Second)},
}

// walk starts an upgrade and lets a path of steps happen to it. It returns the task, and nil if the last step is refused.
func walk(t *testing.T, failing bool, path []step) (task *world.Task, s *world.State) {
	t.Helper()
	s = newState()
	id, _ := create(t, s)
	s.Advance(time.Hour)
	if failing {
		s.FailNext("UpgradeCluster", world.Failure{Code: "Failed"})
	}
	do(t, s, "UpgradeCluster", func(w *world.World) error {
		c := w.Clusters.Get(id)
		task = w.UpgradeCluster(c, c.CurrentVersion, false)
		return nil
	})
	for _, next := range path {
		if err := next.do(s, task); err != nil {
			return nil, s
		}
	}
	return task, s
}

// TestTaskDiagram lets happen to a task what may happen, from each state that it can be in.
func TestTaskDiagram(t *testing.T) {
	t.Parallel()
	l := newLife()
	paths := map[ack.TaskState][]step{world.TaskRunning: {}}
	for states := []ack.TaskState{world.TaskRunning}; len(states) > 0; states = states[1:] {
		from := states[0]
		for _, next := range steps {
			path := append(append([]step{}, paths[from]...), next)
			task, _ := walk(t, false, path)
			if task == nil || task.State == from {
				continue
			}
			l.saw(string(from), string(task.State), false)
			about := task.State // a request brings it about
			if next.name == settling {
				about = from // it ends by itself
			}
			l.words[string(about)] = append(l.words[string(about)], next.name)
			if _, known := paths[task.State]; !known {
				paths[task.State] = path
				states = append(states, task.State)
			}
		}
	}
	for _, failing := range []bool{false, true} {
		task, s := walk(t, failing, nil)
		s.Advance(time.Hour)
		l.saw(string(world.TaskRunning), string(task.State), failing)
	}
	l.saw("an operation", string(world.TaskRunning), false)
	checkTaskDiagram(t, l)
}

func checkTaskDiagram(t *testing.T, l *life) {
	t.Helper()
	task, _ := walk(t, false, nil)
	stages := []string{"through its stages; of an upgrade:"}
	for _, stage := range task.Plan {
		stages = append(stages, fmt.Sprintf("%s, %.0f min", stage.Name, stage.After.Minutes()))
	}
	const usual, good, bad = diagram.Step, diagram.Good, diagram.Bad
	arrows := l.arrows()
	for i, a := range arrows { // two go between others
		switch (way{a.From, a.To}) {
		case way{string(world.TaskRunning), string(world.TaskCancelling)}:
			arrows[i].Bend = -22
		case way{string(world.TaskPausing), string(world.TaskCancelling)}:
			arrows[i].Bend = 22
		}
	}
	diagramtest.Check(t, root, &diagram.Diagram{
		Name: "task", Title: "The life of a task, as the fake server has it",
		About: "An operation starts a task, which runs through its stages and ends with success or failure. A client may pause, resume and cancel it; " +
			"it is pausing, resuming and cancelling for a moment. The dashed arrow is the way after a failure.",
		Columns: 3, Rows: 5, CellWidth: 290, CellHeight: 92, BoxWidth: 150,
		Boxes: l.boxes(t, []diagram.Box{
			{ID: "an operation", Column: 1, Row: 0, Kind: good}, {ID: string(world.TaskRunning), Column: 1, Row: 1.3, Kind: usual, Lines: stages},
			{ID: string(world.TaskSuccess), Column: 2, Row: 0.8, Kind: good}, {ID: string(world.TaskFailed), Column: 2, Row: 1.8, Kind: bad},
			{ID: string(world.TaskPausing), Column: 0, Row: 1.3, Kind: usual}, {ID: string(world.TaskPaused), Column: 0, Row: 2.8, Kind: usual},
			{ID: string(world.TaskResuming), Column: 1, Row: 2.8, Kind: usual}, {ID: string(world.TaskCancelling), Column: 0.5, Row: 4, Kind: usual},
			{ID: string(world.TaskCanceled), Column: 1.6, Row: 4, Kind: bad},
		}),
		Arrows: arrows,
	}, *update)
}
