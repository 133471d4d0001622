package soak

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/ackgen/ackgen/internal/soak/plan"
	"github.com/ackgen/ackgen/internal/soak/service"
	"github.com/ackgen/ackgen/sdk/roa"
)

// rules are what must be true of every call.
type rules struct {
	plan       plan.Plan
	operations map[string]operation
}

// check returns what is wrong with a call, given the attempts that arrived at the server.
func (r rules) check(c *call, arrived map[string]service.Attempt) []string {
	var broken []string
	breaks := func(format string, args ...any) {
		broken = append(broken, fmt.Sprintf("call %s of %s: ", c.name, c.operation)+fmt.Sprintf(format, args...))
	}
	if _, known := r.operations[c.operation]; !known {
		breaks("the spec has no such operation, so that nothing is known of it; error: %v", c.err)
	}
	if !classified(c.err) {
		breaks("the error has no class that is documented: %v", c.err)
	}
	if problem := r.outcome(c, arrived); problem != "" {
		breaks("%s; error: %v", problem, c.err)
	}
	if problem := existence(c); problem != "" {
		breaks("%s; error: %v", problem, c.err)
	}
	for _, a := range c.attempts {
		if problem := r.attempt(c, a, arrived[a.name]); problem != "" {
			breaks("attempt %s, fault %q, class %q, code %q: %s", a.name, r.plan.Of(a.name), a.class, a.code, problem)
		}
	}
	if n := len(c.attempts); n > 0 && !c.waits && !gaveUp(c.err) && roa.ErrorClass(c.err) != c.attempts[n-1].class {
		breaks("the class of the last attempt is %q; error: %v", c.attempts[n-1].class, c.err)
	}
	return broken
}

// gaveUp reports whether a call ended because the worker gave up, which may be between two attempts.
func gaveUp(err error) bool {
	class := roa.ErrorClass(err)
	return class == "canceled" || class == "timeout"
}

// outcome compares what the client was told with how often the operation was reached.
func (r rules) outcome(c *call, arrived map[string]service.Attempt) string {
	reached := 0
	for _, a := range c.attempts {
		reached += arrived[a.name].Arrived
	}
	what := tells(c.err)
	switch unsafe := r.operations[c.operation].unsafe; {
	case what == done && len(c.attempts) > 0 && reached == 0:
		return "the client was told of a success, and nothing has reached the operation"
	case unsafe && reached > 1:
		return fmt.Sprintf("an unsafe request has reached the operation %d times", reached)
	case unsafe && what == notDone && reached > 0:
		return "the client was told that nothing was done, and the request has reached the operation"
	}
	return ""
}

// existence compares what the client was told with how many things there are of what it created.
func existence(c *call) string {
	if c.found == notAsked {
		return ""
	}
	problem := fmt.Sprintf("there are %d of what was created", c.found)
	switch what := tells(c.err); {
	case c.found > 1,
		what == done && c.found != 1,
		(what == notDone || what == refused) && c.found != 0:
		return problem
	}
	return ""
}

// maxSends is how often net/http may send one attempt: again when a connection that was kept turns out to be dead.
const maxSends = 2

// attempt returns what is wrong with the end of one attempt.
func (r rules) attempt(c *call, a attempt, arrived service.Attempt) string {
	switch {
	case !a.ended && !gaveUp(c.err):
		return "nobody was told how it ended"
	case arrived.Requests > maxSends:
		return fmt.Sprintf("net/http has sent %d requests", arrived.Requests)
	case !slices.Contains(r.allowed(c, a, arrived), a.class):
		return "its fault cannot end so"
	}
	return ""
}

// allowed returns the classes that an attempt may have.
func (r rules) allowed(c *call, a attempt, arrived service.Attempt) []string {
	var out []string
	if c.hasty {
		out = append(out, "canceled", "timeout")
	}
	if !a.ended {
		return append(out, "")
	}
	if arrived.Requests == 0 {
		return append(out, "connection") // its connection was dropped
	}
	if arrived.Requests > 1 && a.code == string(roa.CodeSignatureNonceUsed) {
		out = append(out, "unauthenticated")
	}
	kind := r.plan.Of(a.name)
	if out = append(out, kind.Classes()...); len(kind.Classes()) == 0 || !r.operations[c.operation].hasBody {
		out = append(out, "") // what it does to a body changes nothing
	}
	if a.status >= http.StatusBadRequest && kind.Passes() {
		out = append(out, "not_found", "conflict", "invalid")
		if kind == plan.Page || kind == plan.CutOff {
			out = append(out, "status") // a status without a code
		}
	}
	return out
}
