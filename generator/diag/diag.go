// Package diag collects findings about a spec with their positions, so that a user
// sees everything that is wrong in one run.
//
// It imports the standard library and internal/visible. Every stage of the generator and every
// specgen command reports through it.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/internal/visible"
)

// Pos is a position in a file. Line and Col count from 1; 0 means unknown.
type Pos struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Col  int    `json:"col"`
}

// String returns file:line:col, leaving out what is unknown.
func (p Pos) String() string {
	file := visible.Escaped(p.File)
	switch {
	case p.Line == 0:
		return file
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", file, p.Line)
	default:
		return fmt.Sprintf("%s:%d:%d", file, p.Line, p.Col)
	}
}

// Compare orders positions by file, line and column.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}

// Note points at a second position that belongs to a finding, such as the first
// of two declarations.
type Note struct {
	Pos     Pos    `json:"pos"`
	Message string `json:"message"`
}

// Finding is one thing that is wrong. Code is stable and can be searched for;
// Subject names the operation or schema that it concerns and may be empty. A
// warning stops nothing: it says what the output does not show of the spec.
type Finding struct {
	Pos     Pos    `json:"pos"`
	Code    string `json:"code"`
	Warning bool   `json:"warning,omitempty"`
	Subject string `json:"subject,omitempty"`
	Message string `json:"message"`
	Fix     string `json:"fix,omitempty"`
	Notes   []Note `json:"notes,omitempty"`
}

// String returns the finding in the form
//
//	file:line:col: error: Subject: message [CODE]
//
// followed by a line for the fix and one for every note. Warnings say so in place
// of error. Texts of the spec add no lines, which could be read as further findings.
func (f Finding) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s: ", f.Pos, f.severity())
	if f.Subject != "" {
		fmt.Fprintf(&b, "%s: ", visible.Escaped(f.Subject))
	}
	fmt.Fprintf(&b, "%s [%s]", visible.Escaped(f.Message), f.Code)
	if f.Fix != "" {
		fmt.Fprintf(&b, "\n\tfix: %s", visible.Escaped(f.Fix))
	}
	for _, n := range f.Notes {
		fmt.Fprintf(&b, "\n%s: note: %s", n.Pos, visible.Escaped(n.Message))
	}
	return b.String()
}

func (f Finding) severity() string {
	if f.Warning {
		return "warning"
	}
	return "error"
}

// List collects findings. The zero value is an empty list. It is not safe for
// concurrent use.
type List struct {
	findings []Finding
}

// Add appends a finding.
func (l *List) Add(f Finding) { l.findings = append(l.findings, f) }

// Addf appends a finding without fix and notes, with a formatted message.
func (l *List) Addf(pos Pos, code, subject, format string, args ...any) {
	l.Add(Finding{Pos: pos, Code: code, Subject: subject, Message: fmt.Sprintf(format, args...)})
}

// Sound reports whether nothing was found but warnings.
func (l *List) Sound() bool {
	return !slices.ContainsFunc(l.findings, func(f Finding) bool { return !f.Warning })
}

// Sorted returns the findings by position, code and message, each once.
func (l *List) Sorted() []Finding {
	out := slices.Clone(l.findings)
	slices.SortStableFunc(out, compare)
	return slices.CompactFunc(out, func(a, b Finding) bool { return compare(a, b) == 0 })
}

func compare(a, b Finding) int {
	return cmp.Or(a.Pos.Compare(b.Pos), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Subject, b.Subject),
		cmp.Compare(a.Message, b.Message))
}

// Err returns the findings as an error, or nil when there are only warnings.
func (l *List) Err() error {
	if l.Sound() {
		return nil
	}
	return &Error{Findings: l.Sorted()}
}

// Error is a list of findings that stopped the work.
type Error struct {
	Findings []Finding
}

// Error returns all findings, one after the other on lines of their own.
func (e *Error) Error() string {
	lines := make([]string, len(e.Findings))
	for i, f := range e.Findings {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}
