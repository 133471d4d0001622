package world

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
)

// An Event is something that happened to a cluster. It outlives the cluster.
type Event struct {
	ack.Event

	RegionID string // of the cluster
	TaskID   string // of the task that it is about, if the service tells of that
}

// maxEvents is how many events an account keeps at least.
const maxEvents = 1_000

// Event notes what happened to a cluster, at present. It sets the id, the time and the region, and the source if there is none.
func (w *World) Event(e Event) {
	e.EventID, e.Time, e.Source = "e-"+w.NewUUID(), w.Now(), cmp.Or(e.Source, "task")
	e.Data.Level = cmp.Or(e.Data.Level, ack.EventDataLevelInfo)
	if c := w.Clusters.Get(e.ClusterID); c != nil {
		e.RegionID = c.RegionID
		w.note(c, e.Data.Message)
	}
	w.Events = append(w.Events, e)
	if len(w.Events) == 2*maxEvents {
		w.Events = slices.Clone(w.Events[maxEvents:])
	}
}

// taskEvent notes that a task has begun, or how it ended.
func (w *World) taskEvent(t *Task, level ack.EventDataLevel, reason, message string) {
	k := w.state.kinds[t.Kind]
	if k.Event == "" {
		return
	}
	e := Event{Event: ack.Event{Type: k.Event, ClusterID: t.ClusterID, Subject: t.target().ID}}
	e.Data = ack.EventData{Level: level, Reason: reason, Message: message}
	if !t.Hidden {
		e.TaskID = t.ID
	}
	w.Event(e)
}

// inWords says what a task does to what, from the type of its events: "upgrade cluster c1" for cluster_upgrade.
func (w *World) inWords(t *Task) string {
	words := strings.Split(string(w.state.kinds[t.Kind].Event), "_")
	verb, what := words[len(words)-1], words[:len(words)-1]
	return strings.Join(slices.Concat([]string{verb}, what, []string{t.target().ID}), " ")
}

// EventsOf returns the events that suit, the latest first.
func (w *World) EventsOf(suits func(*Event) bool) []ack.Event {
	out := []ack.Event{}
	for i := range slices.Backward(w.Events) {
		if suits(&w.Events[i]) {
			out = append(out, w.Events[i].Event)
		}
	}
	return out
}
