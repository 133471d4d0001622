// Package review puts together what a reviewer of a spec change has to know: what
// changes on the wire and in Go, which version that makes and why, what is broken and
// who accepted it. Its siblings below print it.
//
// It may import its siblings approval, change, document, gochange and version, the
// generator's oas and yamlsrc, a diff package and the standard library.
package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ackgen/ackgen/cmd/specgen/internal/approval"
	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/gochange"
	"github.com/ackgen/ackgen/cmd/specgen/internal/version"
)

// Review is everything about a change of the spec, ready to be printed.
type Review struct {
	// Base and Head are what the two sides are called on the command line.
	Base string `json:"base"`
	Head string `json:"head"`
	// Version is what the changes make of the last version.
	Version Version `json:"version"`
	// Counts are the changes by area and level.
	Counts []Count `json:"counts"`
	// Changes are all changes, those of the wire first, the gravest first.
	Changes []Change `json:"changes"`
	// Declarations are the Go declarations that differ.
	Declarations []Declaration `json:"declarations,omitempty"`
	// Examples are the examples of the operations that the changes touch.
	Examples []Example `json:"examples,omitempty"`
	// Presets are those whose operations the changes touch.
	Presets []Preset `json:"presets,omitempty"`
	// Changelog is the draft of the section for users, as Markdown.
	Changelog string `json:"changelog,omitempty"`
	// Stale are the approvals of changes that are not there any more.
	Stale []approval.Approval `json:"stale_approvals,omitempty"`
}

// Version is a version and why it is the next one.
type Version struct {
	// Last is the version before, or empty when there is none.
	Last string `json:"last,omitempty"`
	Next string `json:"next"`
	// Bump is what changes of the version: major, minor or patch.
	Bump string `json:"bump"`
	// Forcing is the change that demands it, or nil.
	Forcing *Change `json:"forcing,omitempty"`
	// Reason says in a sentence how the version follows.
	Reason string `json:"reason"`
}

// Change is a change with its identity and what was decided about it.
type Change struct {
	change.Change
	// ID is the fingerprint.
	ID string `json:"fingerprint"`
	// Approval is nil unless somebody has accepted the change.
	Approval *approval.Approval `json:"approval,omitempty"`
}

// Open reports whether the change waits for an approval.
func (c Change) Open() bool { return c.Level == change.Breaking && c.Approval == nil }

// Sentence says what has changed in a sentence of its own, with names in back-ticks.
func (c Change) Sentence() string {
	before, after, found := strings.Cut(c.Message, c.Subject)
	switch {
	case !found:
		return ended("`" + c.Subject + "`: " + c.Message)
	case strings.Contains(c.Message+c.From+c.To, "`"):
		return ended(capital(c.Message))
	}
	if c.From != "" && c.To != "" {
		after = strings.Replace(after, " from "+c.From+" to "+c.To, " from `"+c.From+"` to `"+c.To+"`", 1)
	}
	return ended(capital(before) + "`" + c.Subject + "`" + after)
}

// capital begins a text with a capital letter.
func capital(s string) string {
	if s == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// ended ends a text with a full stop.
func ended(s string) string { return strings.TrimSuffix(s, ".") + "." }

// Sides reports whether what was before and after has to be told beside the sentence.
func (c Change) Sides() bool {
	return c.From+c.To != "" && (!strings.Contains(c.Message, c.From) || !strings.Contains(c.Message, c.To))
}

// Count is how many changes of an area have each level.
type Count struct {
	Area       change.Area `json:"area"`
	Breaking   int         `json:"breaking"`
	Risky      int         `json:"risky"`
	Compatible int         `json:"compatible"`
	Text       int         `json:"text"`
}

// Declaration is a Go declaration on both sides.
type Declaration struct {
	Package string `json:"package"`
	Name    string `json:"name"`
	// Kind is what is declared, such as func or type.
	Kind string `json:"kind"`
	// Base and Head are the texts, empty where the declaration is not there.
	Base string `json:"base,omitempty"`
	Head string `json:"head,omitempty"`
}

// Example is an example of an operation on both sides, as YAML.
type Example struct {
	Operation string `json:"operation"`
	// Part is what it is an example of: parameters, request body or response 200.
	Part string `json:"part"`
	Base string `json:"base,omitempty"`
	Head string `json:"head,omitempty"`
}

// Preset is a list of operations for a kind of programs that changes touch.
type Preset struct {
	Name string `json:"name"`
	// Operations are those that changes reach, sorted.
	Operations []Touched `json:"operations"`
}

// Touched is an operation and the gravest change that reaches it.
type Touched struct {
	Operation string       `json:"operation"`
	Level     change.Level `json:"level"`
}

// Input is what a review is made of.
type Input struct {
	Base, Head   Side
	Decision     version.Decision
	Changes      []change.Change
	Declarations []gochange.Declaration
	Approvals    []approval.Approval
	Presets      map[string][]string
	Changelog    string
}

// Make puts a review together.
func Make(in Input) *Review {
	r := &Review{
		Base: in.Base.Name, Head: in.Head.Name, Version: versionOf(in.Decision), Changelog: in.Changelog,
		Stale: approval.Stale(in.Changes, in.Approvals), Counts: counts(in.Changes),
	}
	sorted := slices.Clone(in.Changes)
	change.Sort(sorted)
	r.Changes = make([]Change, len(sorted))
	for i, c := range sorted {
		r.Changes[i] = Change{Change: c, ID: c.Fingerprint()}
		if a, ok := approval.Find(in.Approvals, c); ok {
			r.Changes[i].Approval = &a
		}
	}
	for _, d := range in.Declarations {
		r.Declarations = append(r.Declarations, Declaration(d))
	}
	touched := touchedBy(in.Changes)
	r.Examples = examples(in.Base.Tree, in.Head.Tree, touched)
	r.Presets = presetsOf(in.Presets, touched)
	return r
}

// versionOf says how a version was decided.
func versionOf(d version.Decision) Version {
	v := Version{Last: d.Last, Next: d.Next, Bump: string(d.Bump)}
	if d.Forcing != nil {
		v.Forcing = &Change{Change: *d.Forcing, ID: d.Forcing.Fingerprint()}
	}
	switch {
	case d.Bump == version.Initial:
		v.Reason = "It is the first release."
	case d.Forcing == nil:
		v.Reason = "Nothing has changed since the version before."
	case d.Bump == version.Major:
		v.Reason = "A breaking change raises the major version: the path of the module must end in " + d.Suffix + "."
	case d.Forcing.Level == change.Breaking:
		v.Reason = "Below v1, a breaking change raises the minor version."
	default:
		v.Reason = fmt.Sprintf("Nothing breaks: the gravest change is %s, and raises the %s version.", d.Forcing.Level, d.Bump)
	}
	return v
}

// Open returns the breaking changes that nobody has approved.
func (r *Review) Open() []Change {
	return slices.DeleteFunc(slices.Clone(r.Changes), func(c Change) bool { return !c.Open() })
}

// Avoidable counts the breaks that go away when the advice is followed.
func (r *Review) Avoidable() int {
	n := 0
	for _, c := range r.Changes {
		if c.Level == change.Breaking && c.Avoidable {
			n++
		}
	}
	return n
}

// Approved returns the changes that somebody has approved.
func (r *Review) Approved() []Change {
	return slices.DeleteFunc(slices.Clone(r.Changes), func(c Change) bool { return c.Approval == nil })
}

// counts counts the changes of both areas.
func counts(changes []change.Change) []Count {
	out := []Count{{Area: change.Wire}, {Area: change.Go}}
	for _, c := range changes {
		of := &out[0]
		if c.Area == change.Go {
			of = &out[1]
		}
		switch c.Level {
		case change.Breaking:
			of.Breaking++
		case change.Risky:
			of.Risky++
		case change.Compatible:
			of.Compatible++
		case change.Text:
			of.Text++
		}
	}
	return out
}

// touchedBy returns the gravest level of the changes that reach each operation.
func touchedBy(changes []change.Change) map[string]change.Level {
	out := map[string]change.Level{}
	for _, c := range changes {
		for _, op := range c.Operations {
			out[op] = max(out[op], c.Level)
		}
	}
	return out
}

// presetsOf returns the presets with operations that more than texts of change.
func presetsOf(presets map[string][]string, touched map[string]change.Level) []Preset {
	var out []Preset
	for name, operations := range presets {
		p := Preset{Name: name}
		for _, op := range operations {
			if level := touched[op]; level > change.Text {
				p.Operations = append(p.Operations, Touched{op, level})
			}
		}
		slices.SortFunc(p.Operations, func(a, b Touched) int {
			return cmp.Or(-cmp.Compare(a.Level, b.Level), cmp.Compare(a.Operation, b.Operation))
		})
		if len(p.Operations) > 0 {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b Preset) int { return cmp.Compare(a.Name, b.Name) })
	return out
}
