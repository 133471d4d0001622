// Package plan decides which fault happens to which attempt of a soak. The decision is made of the seed and of the name of the
// attempt alone, so that both processes come to the same one, and so does a run with the same seed.
//
// It may import the standard library.
package plan

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// A Kind is what happens to an attempt. Its value is what tables call it.
type Kind string

// The kinds of faults. Those that happen after the operation hide that it was carried out.
const (
	None            Kind = "none"
	ResetBefore     Kind = "reset before the operation"
	ResetAfter      Kind = "reset after the operation"
	BusyBefore      Kind = "503 before the operation"
	BusyAfter       Kind = "503 after the operation"
	Throttled       Kind = "throttled"
	ThrottledLong   Kind = "throttled for longer than clients wait"
	BadGateway      Kind = "502 with a page"
	Page            Kind = "200 with a page, after the operation"
	CutOff          Kind = "body cut off, after the operation"
	UnknownFields   Kind = "unknown fields"
	NumbersAsText   Kind = "numbers as text"
	OtherErrorNames Kind = "other names in errors"
	HeldUp          Kind = "held up"
	Redirect        Kind = "redirect"
	Garbage         Kind = "broken JSON, after the operation"
	NotHTTP         Kind = "not HTTP, after the operation"
	Closed          Kind = "closed without a response"
	SlowBody        Kind = "slow body"
	StuckBody       Kind = "stuck body, after the operation"
	ClosedIdle      Kind = "idle connection closed"
	TooLarge        Kind = "too large body, after the operation"
	// DroppedConnection happens to connections, not to attempts.
	DroppedConnection Kind = "connection dropped in the handshake"
)

// A fault is a kind with the share of attempts that it happens to, in thousandths, and the words of [roa.ErrorClass] that it may end in. A fault
// without classes does not change how an attempt ends.
type fault struct {
	kind    Kind
	share   int
	classes []string
}

var faults = []fault{
	{ResetBefore, 8, []string{"connection"}},
	{ResetAfter, 8, []string{"connection"}},
	{BusyBefore, 8, []string{"server"}},
	{BusyAfter, 6, []string{"server"}},
	{Throttled, 10, []string{"throttled"}},
	{ThrottledLong, 2, []string{"throttled"}},
	{BadGateway, 5, []string{"server"}},
	{Page, 4, []string{"decode"}},
	{CutOff, 6, []string{"connection"}},
	{UnknownFields, 5, nil},
	{NumbersAsText, 5, nil},
	{OtherErrorNames, 5, nil},
	{HeldUp, 4, nil},
	{Redirect, 4, []string{"status"}},
	{Garbage, 4, []string{"decode"}},
	{NotHTTP, 4, []string{"connection"}},
	{Closed, 5, []string{"connection"}},
	{SlowBody, 4, nil},
	{StuckBody, 1, []string{"connection"}},
	{ClosedIdle, 8, nil},
	{TooLarge, 1, []string{"too_large"}},
}

// Kinds returns all kinds of faults, in the order of tables.
func Kinds() []Kind {
	kinds := make([]Kind, 0, len(faults)+1)
	for _, f := range faults {
		kinds = append(kinds, f.kind)
	}
	return append(kinds, DroppedConnection)
}

// Classes returns the classes that an attempt may have with a fault, and none for a fault that does not change how it ends.
func (k Kind) Classes() []string {
	if i := slices.IndexFunc(faults, func(f fault) bool { return f.kind == k }); i >= 0 {
		return faults[i].classes
	}
	return nil
}

// Passes reports whether the client gets the status that the operation responds with.
func (k Kind) Passes() bool {
	return len(k.Classes()) == 0 || k == Page || k == CutOff || k == StuckBody
}

// A Plan knows the fault of each attempt.
type Plan struct{ Seed uint64 }

// Of returns the fault of an attempt.
func (p Plan) Of(attempt string) Kind {
	left := p.random(attempt).IntN(1000)
	for _, f := range faults {
		if left -= f.share; left < 0 {
			return f.kind
		}
	}
	return None
}

// Drops reports whether the connection of a number is dropped before TLS: one of 150.
func (p Plan) Drops(connection int64) bool {
	return p.random("connection "+strconv.FormatInt(connection, 10)).IntN(150) == 0
}

func (p Plan) random(name string) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name))                    // never fails
	return rand.New(rand.NewPCG(p.Seed, h.Sum64())) //nolint:gosec // must be repeatable
}

// prefix begins the User-Agent of attempts that the plan is for. The signature does not cover that header.
const prefix = "soak "

// UserAgent returns the header that names an attempt.
func UserAgent(attempt string) string { return prefix + attempt }

// Attempt returns the attempt that a User-Agent names, if it names one.
func Attempt(userAgent string) (attempt string, ok bool) { return strings.CutPrefix(userAgent, prefix) }
