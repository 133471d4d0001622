// Package provenance writes into generated code what it was made of, reads it back,
// and tells what has changed since.
//
// It imports the standard library only.
package provenance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
)

// Record is what a package was generated from and with. It holds nothing that depends
// on the machine or the time.
type Record struct {
	// Tool is the version of the generator.
	Tool string
	Spec Spec
	// Options are those that decide what is in the package.
	Options Options
}

// Spec identifies a document.
type Spec struct {
	Title   string `json:"title"`
	Version string `json:"version"`
	// SHA256 is the hash in hexadecimal digits of the document with line feeds as line
	// ends, and of the files that it refers to.
	SHA256 string `json:"sha256"`
}

// Options are the operations and groups that were chosen, all without any, whether
// there are mocks and overrides, and the name of the package.
type Options struct {
	Operations []string `json:"operations,omitempty"`
	Groups     []string `json:"groups,omitempty"`
	Mocks      bool     `json:"mocks"`
	Overrides  bool     `json:"overrides,omitempty"`
	Package    string   `json:"package"`
}

// FileName is the name of the one file that holds the record.
const FileName = "doc_gen.go"

// The comments are directives: gofmt keeps them as they are and go doc hides them.
const (
	toolMark    = "//ackgen:tool "
	specMark    = "//ackgen:spec "
	optionsMark = "//ackgen:options "
)

// Comments returns the record as lines of comments.
func (r Record) Comments() []string {
	r.Options.Operations = sorted(r.Options.Operations)
	r.Options.Groups = sorted(r.Options.Groups)
	return []string{toolMark + "codegen " + r.Tool, specMark + encode(r.Spec), optionsMark + encode(r.Options)}
}

func sorted(names []string) []string { return slices.Compact(slices.Sorted(slices.Values(names))) }

func encode(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // texts, lists of texts and booleans can always be encoded
	return unseen.ReplaceAllStringFunc(strings.TrimSpace(b.String()), func(hidden string) string {
		var escaped strings.Builder
		for _, unit := range utf16.Encode([]rune(hidden)) {
			fmt.Fprintf(&escaped, `\u%04x`, unit)
		}
		return escaped.String()
	})
}

// unseen are characters that nobody sees and that may turn what stands around them: JSON leaves them as they are, and Go allows the mark of byte order
// nowhere but at the start of a file.
var unseen = regexp.MustCompile(`[\p{Cf}\x7f-\x{9f}]`)

// Read returns the record in the comments of a Go file, and whether there is one.
func Read(content []byte) (Record, bool) {
	var r Record
	found := 0
	for line := range strings.Lines(string(content)) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "//") {
			break
		}
		if version, ok := strings.CutPrefix(line, toolMark+"codegen "); ok {
			r.Tool = version
			found++
		}
		if decode(line, specMark, &r.Spec) || decode(line, optionsMark, &r.Options) {
			found++
		}
	}
	return r, found == 3
}

func decode(line, mark string, to any) bool {
	text, ok := strings.CutPrefix(line, mark)
	return ok && json.Unmarshal([]byte(text), to) == nil
}

// Changes tells in a line each in what a newer record differs.
func (r Record) Changes(newer Record) []string {
	var out []string
	if r.Tool != newer.Tool {
		out = append(out, "the tool changed: codegen "+r.Tool+" wrote it, and this is codegen "+newer.Tool)
	}
	if r.Spec != newer.Spec {
		out = append(out, "the spec changed: it was "+r.Spec.String()+", and is "+newer.Spec.String())
	}
	if what := r.Options.changes(newer.Options); len(what) > 0 {
		out = append(out, "the options changed: "+strings.Join(what, "; "))
	}
	return out
}

// shownDigits of a hash are enough to tell two apart.
const shownDigits = 12

// String names the document in a few words.
func (s Spec) String() string {
	return fmt.Sprintf("%s %s (sha256 %.*s)", s.Title, s.Version, shownDigits, s.SHA256)
}

// whole reports whether all operations are wanted.
func (o Options) whole() bool { return len(o.Operations) == 0 && len(o.Groups) == 0 }

func (o Options) changes(newer Options) []string {
	var out []string
	if o.whole() != newer.whole() {
		out = append(out, map[bool]string{true: "a part of the API was wanted, and all of it is", false: "all of the API was wanted, and a part of it is"}[newer.whole()])
	}
	for _, list := range []struct {
		what       string
		old, newer []string
	}{{"operations", sorted(o.Operations), sorted(newer.Operations)}, {"groups", sorted(o.Groups), sorted(newer.Groups)}} {
		if added := without(list.newer, list.old); len(added) > 0 {
			out = append(out, list.what+" added: "+strings.Join(added, ", "))
		}
		if removed := without(list.old, list.newer); len(removed) > 0 {
			out = append(out, list.what+" removed: "+strings.Join(removed, ", "))
		}
	}
	for _, also := range []struct {
		what       string
		old, newer bool
	}{{"mocks", o.Mocks, newer.Mocks}, {"overrides", o.Overrides, newer.Overrides}} {
		if also.old != also.newer {
			out = append(out, also.what+map[bool]string{true: " added", false: " removed"}[also.newer])
		}
	}
	if o.Package != newer.Package {
		out = append(out, "the package was called "+o.Package+", and is called "+newer.Package)
	}
	return out
}

func without(names, others []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return slices.Contains(others, name) })
}
