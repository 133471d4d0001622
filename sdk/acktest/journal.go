package acktest

import (
	"slices"
	"sync"
)

// maxRequests bounds how many requests a server remembers.
const maxRequests = 10_000

// A journal remembers requests and scripted responses. It is safe for concurrent use.
type journal struct {
	mu       sync.Mutex
	requests []Request
	scripts  map[string][]Response
}

func (j *journal) record(r Request) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.requests) == maxRequests {
		j.requests = slices.Delete(j.requests, 0, maxRequests/10)
	}
	j.requests = append(j.requests, r)
}

// list returns the remembered requests. Nobody writes into what they point to, so a shallow copy will do.
func (j *journal) list() []Request {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.requests)
}

func (j *journal) script(operation string, r Response) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.scripts == nil {
		j.scripts = make(map[string][]Response)
	}
	r.Header = r.Header.Clone()
	j.scripts[operation] = append(j.scripts[operation], r)
}

// next takes the oldest scripted response that suits a request.
func (j *journal) next(r Request) (Response, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	queue := j.scripts[r.Operation]
	i := slices.IndexFunc(queue, func(script Response) bool { return script.When == nil || script.When(r) })
	if i < 0 {
		return Response{}, false
	}
	found := queue[i]
	j.scripts[r.Operation] = slices.Delete(queue, i, i+1)
	return found, true
}

// unused returns the operation of every scripted response that is left, sorted.
func (j *journal) unused() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	var out []string
	for operation, queue := range j.scripts {
		out = append(out, slices.Repeat([]string{operation}, len(queue))...)
	}
	slices.Sort(out)
	return out
}
