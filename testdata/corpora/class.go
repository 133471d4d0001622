package main

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// class is how a generator fared with a document.
type class string

const (
	compiled     class = "compiled"
	refusedAt    class = "refused with place"
	refused      class = "refused without place"
	notCompiling class = "does not compile"
	crashed      class = "crashed"
	timedOut     class = "timed out"
)

// classes are all classes in the order of the tables.
var classes = []class{compiled, refusedAt, refused, notCompiling, crashed, timedOut}

// finding is what our generator says about a document, as its JSON has it.
type finding struct {
	Pos struct {
		File string `json:"file"`
		Line int    `json:"line"`
		Col  int    `json:"col"`
	} `json:"pos"`
	Warning bool   `json:"warning,omitempty"`
	Code    string `json:"code"`
	Subject string `json:"subject,omitempty"`
	Message string `json:"message"`
}

var (
	// crash matches how a Go program ends that did not mean to.
	crash = regexp.MustCompile(`(?m)^(panic|fatal error|unexpected fault address|runtime): |^goroutine \d+ \[`)
	// place matches the line and column of a message.
	place = regexp.MustCompile(`:\d+:\d+\b`)
	// address matches what differs between equal crashes.
	address = regexp.MustCompile(`\b0x[0-9a-f]+`)
)

// classify tells the class of a run that generated no code, and what was found.
// The class is empty when there is code to check.
func classify(o *outcome) (class, []finding) {
	switch {
	case o.late:
		return timedOut, nil
	case o.code < 0 || o.code > 0 && crash.MatchString(o.stderr):
		return crashed, nil
	case o.code == 0:
		return "", nil
	}
	if found := findings(o.stdout); len(found) > 0 {
		if slices.ContainsFunc(found, func(f finding) bool { return f.Pos.Line == 0 || f.Pos.Col == 0 }) {
			return refused, found
		}
		return refusedAt, found
	}
	if place.MatchString(o.stderr) {
		return refusedAt, nil
	}
	return refused, nil
}

// findings returns the errors of our generator, not its warnings, from its output, and none for
// output of others.
func findings(stdout string) []finding {
	var out struct {
		Findings []finding `json:"findings"`
	}
	if json.Unmarshal([]byte(stdout), &out) != nil {
		return nil
	}
	return slices.DeleteFunc(out.Findings, func(f finding) bool { return f.Warning })
}

// detailSize bounds what is kept of a message.
const detailSize = 2000

// detail returns the start of what a generator said, from the panic on if there is
// one, without the folders of this machine and without addresses.
func detail(o *outcome, folders ...string) string {
	text := o.stderr
	if at := crash.FindStringIndex(text); at != nil {
		text = text[at[0]:]
	}
	text = strings.TrimSpace(cmp.Or(text, o.stdout))
	for _, folder := range folders {
		text = strings.ReplaceAll(text, folder, "")
	}
	text = address.ReplaceAllString(text, "0x…")
	return text[:min(len(text), detailSize)]
}
