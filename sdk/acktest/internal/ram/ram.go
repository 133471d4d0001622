// Package ram decides by RAM policies who may do what.
//
// It may import the standard library only.
package ram

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// A Policy is a RAM policy.
type Policy struct{ statements []statement }

type statement struct {
	effect     Effect
	actions    texts
	allBut     bool // the actions are those it is not about
	resources  texts
	allButThem bool
}

// An Effect is what a policy says of an action.
type Effect int

// Effects. A policy that says nothing denies as well, but another one may allow.
const (
	Silent Effect = iota
	Allowed
	Denied
)

// texts is a text or a list of texts.
type texts []string

// UnmarshalJSON reads both forms.
func (t *texts) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte(`"`)) {
		*t = make(texts, 1)
		return json.Unmarshal(text, &(*t)[0]) // called by the decoder, which says where
	}
	return json.Unmarshal(text, (*[]string)(t)) // called by the decoder, which says where
}

// Parse reads a policy. It takes what RAM takes, but no conditions.
func Parse(text string) (Policy, error) {
	var document struct {
		Version   string
		Statement []struct {
			Effect                                   string
			Action, NotAction, Resource, NotResource texts
			Condition                                json.RawMessage
		}
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&document); err != nil {
		return Policy{}, fmt.Errorf("read RAM policy: %w", err)
	}
	if document.Version != "1" {
		return Policy{}, fmt.Errorf(`read RAM policy: the version is %q, not "1"`, document.Version)
	}
	if len(document.Statement) == 0 {
		return Policy{}, errors.New("read RAM policy: there is no statement")
	}
	var p Policy
	for i, s := range document.Statement {
		effect, known := map[string]Effect{"Allow": Allowed, "Deny": Denied}[s.Effect]
		switch {
		case !known:
			return Policy{}, fmt.Errorf("read RAM policy: statement %d: the effect is %q, neither Allow nor Deny", i+1, s.Effect)
		case (s.Action == nil) == (s.NotAction == nil):
			return Policy{}, fmt.Errorf("read RAM policy: statement %d: there must be one of Action and NotAction", i+1)
		case (s.Resource == nil) == (s.NotResource == nil):
			return Policy{}, fmt.Errorf("read RAM policy: statement %d: there must be one of Resource and NotResource", i+1)
		case s.Condition != nil:
			return Policy{}, fmt.Errorf("read RAM policy: statement %d: conditions are not supported", i+1)
		}
		p.statements = append(p.statements, statement{
			effect: effect, actions: append(s.Action, s.NotAction...), allBut: s.NotAction != nil,
			resources: append(s.Resource, s.NotResource...), allButThem: s.NotResource != nil,
		})
	}
	return p, nil
}

// Decide returns what policies say together of an action on a resource. A statement that denies wins.
func Decide(policies []Policy, action, resource string) Effect {
	found := Silent
	for _, p := range policies {
		for _, s := range p.statements {
			if s.isAbout(action, resource) {
				found = max(found, s.effect)
			}
		}
	}
	return found
}

func (s statement) isAbout(action, resource string) bool {
	// Case does not matter in most actions, says RAM.
	return matchAny(s.actions, strings.ToLower(action), strings.ToLower) != s.allBut &&
		matchAny(s.resources, resource, strings.Clone) != s.allButThem
}

func matchAny(patterns texts, text string, fold func(string) string) bool {
	for _, pattern := range patterns {
		if match(fold(pattern), text) {
			return true
		}
	}
	return false
}

// match compares a text with a pattern, in which an asterisk is any text and a question mark any character.
func match(pattern, text string) bool {
	star, from := -1, 0
	p, t := 0, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, from = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == text[t]):
			p++
			t++
		case star >= 0: // the last asterisk is one more character
			from++
			p, t = star+1, from
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}
