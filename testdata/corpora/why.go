package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"text/tabwriter"
)

// reason is a group of findings of the same code and kind of message.
type reason struct {
	code, kind      string
	findings        int
	documents, only int // only: documents without findings of other groups
	valid           int // valid documents
	example         string
	messages        map[string]int // how often each occurs
}

// printReasons prints why our generator refuses documents.
func printReasons(w io.Writer, results []result) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "documents\tvalid\tonly this\tfindings\tcode\tkind of message")
	groups := reasons(results)
	for _, g := range groups {
		fmt.Fprintf(out, "%d\t%d\t%d\t%d\t%s\t%s\n", g.documents, g.valid, g.only, g.findings, g.code, g.kind)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(w, "\nexamples")
	for _, g := range groups {
		fmt.Fprintf(w, "%s %s\n\t%s\n", g.code, g.kind, g.example)
		for _, message := range g.frequent() {
			fmt.Fprintf(w, "\t%d × %s\n", g.messages[message], message)
		}
	}
	return nil
}

// shownMessages is how many messages of a group are printed.
const shownMessages = 5

// frequent returns the messages that occur most.
func (g *reason) frequent() []string {
	all := slices.SortedFunc(maps.Keys(g.messages), func(a, b string) int {
		return cmp.Or(cmp.Compare(g.messages[b], g.messages[a]), cmp.Compare(a, b))
	})
	return all[:min(len(all), shownMessages)]
}

// reasons groups the findings, those of most valid documents first.
func reasons(results []result) []*reason {
	groups := map[string]*reason{}
	for _, r := range results {
		seen := map[string]bool{}
		for _, f := range refusals(r) {
			key := f.Code + " " + kindOfMessage(f)
			g := groups[key]
			if g == nil {
				g = &reason{
					code: f.Code, kind: kindOfMessage(f), messages: map[string]int{},
					example: fmt.Sprintf("%s %s:%d:%d", r.Module, cmp.Or(f.Pos.File, r.Path), f.Pos.Line, f.Pos.Col),
				}
				groups[key] = g
			}
			g.findings++
			g.messages[f.Message]++
			seen[key] = true
		}
		for key := range seen {
			groups[key].documents++
			if r.Valid {
				groups[key].valid++
			}
			if len(seen) == 1 {
				groups[key].only++
			}
		}
	}
	return slices.SortedFunc(maps.Values(groups), func(a, b *reason) int {
		return cmp.Or(cmp.Compare(b.valid, a.valid), cmp.Compare(b.documents, a.documents), cmp.Compare(b.findings, a.findings),
			cmp.Compare(a.code, b.code), cmp.Compare(a.kind, b.kind))
	})
}

// refusals returns why a document was refused. An error that is no finding counts
// with its first line.
func refusals(r result) []finding {
	if (r.Class == refused || r.Class == refusedAt) && len(r.Findings) == 0 {
		line, _, _ := strings.Cut(r.Detail, "\n")
		return []finding{{Message: line}}
	}
	return r.Findings
}

// particular matches the words of a message that are of the document, not of the
// rule: quoted texts, numbers, paths, and names.
var particular = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|` + "`[^`]*`" + `|'[^']*'|\S*[0-9/#_{}$\[\]]\S*|\w+[.:]\w\S*|\w*[a-z][A-Z]\w*|\b[A-Z]{2,}\w*|\b[A-Z]\w*(?:-\w+)+`)

// kept matches the words of OpenAPI itself, which tell what a finding is about.
var kept = regexp.MustCompile(`^(\$ref|(all|any|one)Of|additionalProperties|uniqueItems|multipleOf|exclusiveM\w+|operationId|readOnly|writeOnly|deepObject|\w+Delimited|OpenAPI|JSON|XML|` +
	`\w+/[-\w.+*]+|[1-5](\d\d|XX))[,:;]?$`)

// kindOfMessage returns the message of a finding without what is of the document.
func kindOfMessage(f finding) string {
	text := f.Message
	if f.Subject != "" {
		text = strings.ReplaceAll(text, f.Subject, "…")
	}
	return particular.ReplaceAllStringFunc(text, func(word string) string {
		if kept.MatchString(word) {
			return word
		}
		return "…"
	})
}
