// Package change is what the comparisons of specs and of Go packages have in common:
// a change with its level, its place and an identity that outlives edits around it.
//
// It is plain data: it may import generator/diag and the standard library.
package change

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/generator/diag"
)

// Level says what a change means to programs that exist.
type Level int

// The levels, from the lightest.
const (
	// Text is a change of documentation alone.
	Text Level = iota
	// Compatible is an addition, or a change that no program notices.
	Compatible
	// Risky is a change after which programs compile and are understood, and may
	// behave in another way.
	Risky
	// Breaking is a change after which some programs do not compile, or fail.
	Breaking
)

var levels = []string{"text", "compatible", "risky", "breaking"}

// String returns the name of the level, as outputs and settings spell it.
func (l Level) String() string {
	if l < 0 || int(l) >= len(levels) {
		return fmt.Sprintf("level %d", int(l))
	}
	return levels[l]
}

// MarshalText implements [encoding.TextMarshaler].
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (l *Level) UnmarshalText(text []byte) error {
	i := slices.Index(levels, string(text))
	if i < 0 {
		return fmt.Errorf("unknown level %q: it is one of %s", text, strings.Join(levels, ", "))
	}
	*l = Level(i)
	return nil
}

// Area tells where a change is.
type Area string

// The areas.
const (
	// Wire is what programs and the service send each other, and what the spec says of it.
	Wire Area = "wire"
	// Go is the exported API of Go packages.
	Go Area = "go"
)

// Change is one difference between two sides.
type Change struct {
	// Kind names the kind of the change, such as request-property-removed.
	Kind  string `json:"kind"`
	Area  Area   `json:"area"`
	Level Level  `json:"level"`
	// Subject names what has changed: an operation, a part of one such as
	// "DescribeClusters query page_size", a schema or a field of one such as
	// "ScalingGroup.disk_init", or a Go name such as "ack.Client.DescribeClusters".
	Subject string `json:"subject"`
	// Operations are the operations that the change reaches, sorted. There are none
	// for what concerns the whole API.
	Operations []string `json:"operations,omitempty"`
	// From and To are what has changed, on one line each, and empty where the text
	// says all.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	// Message says in one sentence what has changed.
	Message string `json:"message"`
	// Advice says what to do so that programs need not change, or is empty.
	Advice string `json:"advice,omitempty"`
	// Avoidable is true when programs go on unchanged if the advice is followed.
	Avoidable bool `json:"avoidable,omitempty"`
	// Base and Head are the positions on both sides. One without a line is not there.
	Base diag.Pos `json:"base,omitzero"`
	Head diag.Pos `json:"head,omitzero"`
}

// Fingerprint identifies the change by what it is: the same change has the same
// fingerprint in another place and with another message.
func (c Change) Fingerprint() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{string(c.Area), c.Kind, c.Subject, c.From, c.To}, "\x00")))
	return hex.EncodeToString(sum[:6])
}

// Place returns where people look for the change: in head, or in base if it is not
// there.
func (c Change) Place() diag.Pos {
	if c.Head.Line > 0 || c.Base.File == "" {
		return c.Head
	}
	return c.Base
}

// Sort sorts changes: the wire before Go, the gravest first, then by subject.
func Sort(changes []Change) {
	slices.SortStableFunc(changes, func(x, y Change) int {
		return cmp.Or(-cmp.Compare(x.Area, y.Area), -cmp.Compare(x.Level, y.Level),
			cmp.Compare(x.Subject, y.Subject), cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.From, y.From), cmp.Compare(x.To, y.To))
	})
}

// Worst returns the gravest level among changes. That of no changes is [Text].
func Worst(changes []Change) Level {
	worst := Text
	for _, c := range changes {
		worst = max(worst, c.Level)
	}
	return worst
}
