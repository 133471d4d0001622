package lint

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/naming"
	"github.com/ackgen/ackgen/internal/spell"
)

var markRules = []Rule{
	{"ACK139", false, checkMarks},
	{"ACK140", false, checkUnmarked},
	{"ACK141", false, checkAbsence},
}

// names returns everything of the document that a text can name: properties,
// parameters, schemas and operations, and properties after the name of their
// schema.
func (p *pass) names() map[string]bool {
	out := map[string]bool{}
	for n := range p.doc.Of(oas.Schema, oas.Parameter, oas.Operation) {
		switch {
		case n.Kind == oas.Parameter:
			out[n.Text("name")] = true
		case n.Kind == oas.Operation:
			out[n.Text("operationId")] = true
		case isComponent(n):
			out[n.Name] = true
		case n.Field == "properties":
			out[n.Name] = true
			out[n.Parent.Name+"."+n.Name] = isComponent(n.Parent)
		}
	}
	return out
}

func checkMarks(p *pass) {
	known := p.names()
	candidates := make([]string, 0, len(known))
	for name, ok := range known {
		if ok {
			candidates = append(candidates, name)
		}
	}
	for _, t := range p.texts() {
		if t.field == "title" || t.field == "decision" || t.field == "undocumented" {
			continue
		}
		for _, name := range naming.Marks(t.value.Value) {
			if !known[name] {
				p.report(t.value, t.owner, "%s marks %q, which is not a name of the document%s", t.name(), name, spell.Hint(name, candidates))
			}
		}
	}
}

var (
	// marked is what is marked already, or names something else: a key or a value in quotation marks, or an action of RAM.
	marked = regexp.MustCompile("`[^`\n]*`|\"[^\"\n]*\"|[a-z]+:[A-Za-z]+")
	word   = regexp.MustCompile(`[\pL_][\pL\pN_]*`)
)

func checkUnmarked(p *pass) {
	known := p.names()
	for _, t := range p.texts() {
		if t.field == "title" || t.field == "decision" || t.field == "undocumented" {
			continue
		}
		rest := marked.ReplaceAllString(t.value.Value, "")
		for _, w := range word.FindAllString(rest, -1) {
			if looksLikeName(w) && known[w] && !slices.Contains(strs(t.owner.Get("enum")), w) {
				p.report(t.value, t.owner, "%s holds the name %s without back-ticks", t.name(), w)
			}
		}
	}
}

// looksLikeName reports whether a word is not plain English: it has an underscore
// or a capital inside, apart from abbreviations.
func looksLikeName(w string) bool {
	return strings.Contains(w, "_") || strings.IndexFunc(w[1:], unicode.IsUpper) >= 0 && strings.IndexFunc(w, unicode.IsLower) >= 0
}

// saysAbsent matches sentences about properties that a response leaves out.
// "When absent," begins one about a request.
var saysAbsent = regexp.MustCompile(`(?i)\b(it|they|this) (is|are) (absent|missing|left out|not reported|not set)\b|\babsent (from|in|for|unless|while)\b`)

func checkAbsence(p *pass) {
	reached := p.inResponses()
	for s := range p.doc.Of(oas.Schema) {
		text := s.Get("description")
		if s.Field != "properties" || s.IsRef() || text == nil || s.Has("x-ack-absent") || !reached[s.Parent] {
			continue
		}
		switch s.Text("type") {
		case "string", "boolean", "integer", "number":
			if said := saysAbsent.FindString(text.Value); said != "" {
				p.report(text, s, "the description of %s says %q without x-ack-absent", label(s), said)
			}
		}
	}
}

// inResponses returns the schemas that successful responses reach.
func (p *pass) inResponses() map[*oas.Node]bool {
	out := map[*oas.Node]bool{}
	var reach func(n *oas.Node)
	reach = func(n *oas.Node) {
		s := p.deref(n)
		if s == nil || out[s] {
			return
		}
		out[s] = true
		for _, c := range s.Children {
			if c.Kind == oas.Schema {
				reach(c)
			}
		}
	}
	for _, op := range p.operations() {
		responses := op.Child("responses")
		if responses == nil {
			continue
		}
		for _, r := range responses.Children {
			d := p.deref(r)
			if !strings.HasPrefix(r.Name, "2") || d == nil {
				continue
			}
			for media := range d.In("content") {
				reach(media.Child("schema"))
			}
		}
	}
	return out
}
