package service

import (
	"sync"

	"github.com/ackgen/ackgen/internal/soak/plan"
)

// A ledger counts what arrives. It is safe for concurrent use.
type ledger struct {
	mu       sync.Mutex
	attempts map[string]Attempt
	faults   map[plan.Kind]int
	mistakes []string
	requests int
}

// other counts a request that is none of an attempt.
func (l *ledger) other() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.requests++
}

// request counts a request of an attempt, with the fault that it gets.
func (l *ledger) request(attempt string, kind plan.Kind) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.requests++
	l.change(attempt, func(a *Attempt) { a.Requests++ })
	l.count(kind)
}

// arrived counts a request that has reached its operation.
func (l *ledger) arrived(attempt string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.change(attempt, func(a *Attempt) { a.Arrived++ })
}

func (l *ledger) happened(kind plan.Kind) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.count(kind)
}

func (l *ledger) mistake(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.mistakes = append(l.mistakes, text)
}

func (l *ledger) change(attempt string, change func(*Attempt)) {
	if l.attempts == nil {
		l.attempts = make(map[string]Attempt)
	}
	a := l.attempts[attempt]
	change(&a)
	l.attempts[attempt] = a
}

func (l *ledger) count(kind plan.Kind) {
	if l.faults == nil {
		l.faults = make(map[plan.Kind]int)
	}
	l.faults[kind]++
}

// take returns what was counted since the last time, and begins anew.
func (l *ledger) take() Report {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := Report{Attempts: l.attempts, Faults: l.faults, Mistakes: l.mistakes, Requests: l.requests}
	l.attempts, l.faults, l.mistakes, l.requests = nil, nil, nil, 0
	return r
}
