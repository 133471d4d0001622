// Package service is the fake server of a soak, in a process of its own: so its memory, goroutines and connections are apart from those of
// the clients. It disturbs requests as the plan says, and counts what reaches the operations. Its parent talks to it over standard input
// and output, in lines of JSON: first a [Config], which a [Hello] responds to, then any number of [Collect], each of which a [Report] responds to. It
// ends when its standard input does.
//
// It may import the standard library, plan and meter, sdk/acktest, sdk/ack/ackfake, sdk/roa/roafake and spec.
package service

import (
	"github.com/ackgen/ackgen/internal/soak/meter"
	"github.com/ackgen/ackgen/internal/soak/plan"
)

// A Config is what the service is told first.
type Config struct {
	Seed     uint64
	Speed    float64 // of the clock
	Accounts []Account
}

// An Account has an AccessKey. All of its texts are made up.
type Account struct{ ID, KeyID, KeySecret string }

// A Hello says where the service is.
type Hello struct{ URL string }

// A Collect asks for a report.
type Collect struct {
	// Allowed is what the process may hold: the service waits a little until it holds no more.
	Allowed meter.Reading
}

// A Report is what happened since the last one.
type Report struct {
	// Attempts are the attempts of the fleet that arrived, by their names.
	Attempts map[string]Attempt
	Faults   map[plan.Kind]int
	// Mistakes are those of the fake server itself.
	Mistakes []string
	Requests int // all, also those of nobody's attempts
	Reading  meter.Reading
}

// An Attempt is what became of an attempt of the client.
type Attempt struct {
	// Requests is how many arrived: net/http may send one again.
	Requests int
	// Arrived is how many of them reached the function of the operation.
	Arrived int
}
