package world

import (
	"container/heap"
	"time"
)

// A moment is when something happens to a task.
type moment struct {
	due     time.Time
	order   uint64 // of what is due at the same time
	account string
	task    string
}

// queue is a heap of moments, the next one first. A moment whose task has another due time is void.
type queue []moment

func (q queue) Len() int { return len(q) }

func (q queue) Less(i, j int) bool {
	if !q[i].due.Equal(q[j].due) {
		return q[i].due.Before(q[j].due)
	}
	return q[i].order < q[j].order
}

func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push is for package heap.
func (q *queue) Push(x any) { *q = append(*q, x.(moment)) } //nolint:errcheck // schedule pushes nothing else

// Pop is for package heap.
func (q *queue) Pop() any {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}

// schedule notes when something happens to a task.
func (s *State) schedule(account string, t *Task) {
	s.push(moment{due: t.Due, account: account, task: t.ID})
}

func (s *State) push(m moment) {
	s.order++
	m.order = s.order
	heap.Push(&s.queue, m)
}

// catchUp lets happen all that is due until a time, in its order.
func (s *State) catchUp(until time.Time) {
	for len(s.queue) > 0 && !s.queue[0].due.After(until) {
		m := heap.Pop(&s.queue).(moment) //nolint:errcheck // schedule pushes nothing else
		account := s.accounts.Get(m.account)
		t := account.Tasks.Get(m.task)
		if t == nil || !t.moves() || !t.Due.Equal(m.due) {
			continue
		}
		s.now, s.dirty = m.due, true
		w := &World{Account: account, Caller: Caller{Account: m.account}, state: s} // no operation: its failures are for what it starts itself
		w.happen(t)
	}
	s.now = until
}
