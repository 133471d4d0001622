// Package approval reads and writes approvals.yaml, where people accept breaking
// changes: each entry names a change by its fingerprint, and says who accepted it in
// which role and why. An accepted break stays accepted while its fingerprint is the same.
//
// It may import cmd/specgen/internal/change, the generator's diag, output, spell and
// yamlsrc, and go.yaml.in/yaml/v3.
package approval

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/generator/diag"
)

// FileName is the name of the file beside the spec.
const FileName = "approvals.yaml"

// Codes of the findings of this package.
const (
	codeForm       = "ACK020"
	codeTwice      = "ACK021"
	codeUnapproved = "ACK022"
	codeStale      = "ACK023"
)

// Approval says that a breaking change is accepted.
type Approval struct {
	// Fingerprint is that of the change.
	Fingerprint string `json:"fingerprint"`
	// Role says as what somebody accepts it, such as "maintainer".
	Role string `json:"role"`
	// Reason says why it may break programs.
	Reason string `json:"reason"`
	// Change repeats what the change says, for readers of the file.
	Change string `json:"change,omitempty"`
	// Pos is where the entry stands.
	Pos diag.Pos `json:"pos"`
}

// Find returns the approval of a change. It reports false when there is none.
func Find(approvals []Approval, c change.Change) (Approval, bool) {
	fingerprint := c.Fingerprint()
	i := slices.IndexFunc(approvals, func(a Approval) bool { return a.Fingerprint == fingerprint })
	if i < 0 {
		return Approval{}, false
	}
	return approvals[i], true
}

// Unapproved returns the breaking changes that nobody has accepted. Other changes
// need no approval.
func Unapproved(changes []change.Change, approvals []Approval) []change.Change {
	var out []change.Change
	for _, c := range changes {
		if _, ok := Find(approvals, c); !ok && c.Level == change.Breaking {
			out = append(out, c)
		}
	}
	return out
}

// Stale returns the approvals of changes that are not there any more.
func Stale(changes []change.Change, approvals []Approval) []Approval {
	there := map[string]bool{}
	for _, c := range changes {
		there[c.Fingerprint()] = true
	}
	return slices.DeleteFunc(slices.Clone(approvals), func(a Approval) bool { return there[a.Fingerprint] })
}

// Check reports every unapproved break, and, as a warning, every stale approval.
func Check(changes []change.Change, approvals []Approval) []diag.Finding {
	var list diag.List
	for _, c := range Unapproved(changes, approvals) {
		f := diag.Finding{Pos: c.Place(), Code: codeUnapproved, Fix: fix(c)}
		if !strings.Contains(c.Message, c.Subject) {
			f.Subject = c.Subject
		}
		f.Message = fmt.Sprintf("%s; nobody has approved this break: %s", strings.TrimSuffix(c.Message, "."), c.Fingerprint())
		list.Add(f)
	}
	for _, a := range Stale(changes, approvals) {
		list.Add(diag.Finding{
			Pos: a.Pos, Code: codeStale, Warning: true, Subject: a.Fingerprint,
			Message: "no change has this fingerprint any more",
		})
	}
	return list.Sorted()
}

func fix(c change.Change) string {
	approve := "approve it with --approve " + c.Fingerprint() + " --role ROLE --reason TEXT"
	if c.Advice == "" {
		return approve
	}
	return strings.TrimSuffix(c.Advice, ".") + "; or " + approve
}
