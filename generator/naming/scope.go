package naming

import (
	"github.com/ackgen/ackgen/generator/diag"
)

// CodeCollision marks two things of a spec that would get the same Go name.
const CodeCollision = "GEN020"

// Scope hands out the names of one Go scope, such as a package or the fields of
// a struct. It is not safe for concurrent use.
type Scope struct {
	what  string
	diags *diag.List
	taken map[string]owner
}

type owner struct {
	pos     diag.Pos
	subject string
}

// NewScope returns a scope whose collisions are reported to diags. What names
// the scope in messages, such as "package" or "struct Node".
func NewScope(what string, diags *diag.List) *Scope {
	return &Scope{what: what, diags: diags, taken: map[string]owner{}}
}

// Reserve takes names that the generator itself needs; by says for what.
func (s *Scope) Reserve(by string, names ...string) {
	for _, n := range names {
		s.taken[n] = owner{subject: by}
	}
}

// Holder returns what a name belongs to, and false when it is free.
func (s *Scope) Holder(name string) (string, bool) {
	o, taken := s.taken[name]
	return o.subject, taken
}

// Take gives name to the thing called subject at pos. When the name belongs to
// something else already, it reports a collision that shows both and returns
// false. The API never gets a name with a number appended in silence.
func (s *Scope) Take(name, subject string, pos diag.Pos) bool {
	return s.TakeOr(name, subject, pos, "give one of the two another name with x-ack-go-name")
}

// TakeOr does what Take does, for names that x-ack-go-name cannot change. fix says
// what the user can do instead.
func (s *Scope) TakeOr(name, subject string, pos diag.Pos, fix string) bool {
	first, dup := s.taken[name]
	if !dup {
		s.taken[name] = owner{pos: pos, subject: subject}
		return true
	}
	f := diag.Finding{
		Pos: pos, Code: CodeCollision, Subject: subject,
		Message: "the Go name " + name + " is taken in " + s.what + " by " + first.subject,
		Fix:     fix,
	}
	if first.pos.Line > 0 {
		f.Notes = append(f.Notes, diag.Note{Pos: first.pos, Message: first.subject + " is declared here"})
	}
	s.diags.Add(f)
	return false
}
