// Package rules explains the codes of all findings: those of bundling, of
// validation, of the generator and of lint.
//
// A rule is one file of cases/, named after its code. It holds a title, the group,
// why the rule exists and how to keep it. A bad and a good piece of a spec follow,
// with the positions of the findings in the bad one. The pieces change the spec in
// cases/base.txtar, which keeps every rule. The tests of specgen run them. The
// check of a rule stands in the package that can do it, which knows only the code.
//
// It may import x/tools/txtar and the standard library.
package rules

import (
	"embed"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/txtar"
)

//go:embed cases/*.txtar
var files embed.FS

// base is the name of the spec that the examples change.
const base = "base"

// Group is a set of rules that a user of specgen lint can choose.
type Group string

// The groups.
const (
	Code       Group = "code"       // what makes a document or the generated code wrong
	Names      Group = "names"      // how things are called
	Texts      Group = "texts"      // how descriptions are written
	Examples   Group = "examples"   // that things have examples, and good ones
	Provenance Group = "provenance" // that sources and permissions are cited
	Profile    Group = "profile"    // what this project demands beyond OpenAPI
)

// Groups returns all groups.
func Groups() []Group { return []Group{Code, Names, Texts, Examples, Provenance, Profile} }

// Rule is what a code stands for.
type Rule struct {
	// Code is ACK or GEN and three digits. Codes are never reused.
	Code string `json:"code"`
	// Title states the rule in one line, lower case, without full stop.
	Title string `json:"title"`
	Group Group  `json:"group"`
	// Why says what goes wrong when the rule is broken, in full sentences.
	Why string `json:"why"`
	// Fix says what to do, as an order, lower case, without full stop.
	Fix string `json:"fix"`

	Bad  []Snippet `json:"bad,omitempty"`
	Good []Snippet `json:"good,omitempty"`
	// Want are the positions of the findings of the bad example: file:line:col.
	Want []string `json:"-"`
	// NoCase says why there are no examples.
	NoCase string `json:"-"`
}

// Snippet is a piece of a spec file.
type Snippet struct {
	// File is the path below the spec folder.
	File string `json:"file"`
	// Old is the text of the base spec that Text replaces. It is empty
	// when Text is the whole file.
	Old  string `json:"-"`
	Text string `json:"text"`
}

// All returns all rules by code.
func All() []Rule { return slices.Clone(all()) }

// Find returns the rule of a code, in upper or lower case.
func Find(code string) (Rule, bool) {
	i := slices.IndexFunc(all(), func(r Rule) bool { return strings.EqualFold(r.Code, code) })
	if i < 0 {
		return Rule{}, false
	}
	return all()[i], true
}

// BaseSpec returns the files of the spec that the examples change, by path.
func BaseSpec() map[string]string {
	out := map[string]string{}
	for _, f := range txtar.Parse(read(base)).Files {
		out[f.Name] = string(f.Data)
	}
	return out
}

var all = sync.OnceValue(func() []Rule {
	entries, _ := files.ReadDir("cases") // the folder is embedded
	var out []Rule
	for _, e := range entries {
		if code := strings.TrimSuffix(e.Name(), ".txtar"); code != base {
			out = append(out, parse(code, read(code)))
		}
	}
	return out // ReadDir sorts by name
})

// read returns an embedded file. Nothing can go wrong that a test would not find.
func read(name string) []byte {
	data, _ := files.ReadFile("cases/" + name + ".txtar")
	return data
}

func parse(code string, data []byte) Rule {
	a := txtar.Parse(data)
	r := Rule{Code: code}
	title, rest, _ := strings.Cut(string(a.Comment), "\n")
	r.Title = title
	for line := range strings.Lines(rest) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "group":
			r.Group = Group(value)
		case "why":
			r.Why = value
		case "fix":
			r.Fix = value
		case "case":
			r.NoCase = value
		}
	}
	for _, f := range a.Files {
		kind, name, _ := strings.Cut(f.Name, "/")
		s := Snippet{File: name, Text: string(f.Data)}
		if old, text, found := strings.Cut(s.Text, "\n=>\n"); found {
			s.Old, s.Text = old, strings.TrimSuffix(text, "\n")
		}
		switch kind {
		case "bad":
			r.Bad = append(r.Bad, s)
		case "good":
			r.Good = append(r.Good, s)
		case "want":
			r.Want = strings.Fields(string(f.Data))
		}
	}
	return r
}
