// Package lint checks a document against the profile of this project: what our
// fragments have to say beyond OpenAPI, and what is neither wrong for OpenAPI nor
// for the generator and still bad. What makes code impossible is the generator's
// to find.
//
// Rules are data: package rules has the texts and examples of a code, this package
// the function that checks it over the typed tree of package oas.
//
// It may import cmd/internal/rules, specgen's scaffold and terms, generator/diag, load, naming,
// oas, spell, yamlsrc, go.yaml.in/yaml/v3, and kin-openapi's openapi3.Schema to
// check extensions with. It touches no files.
package lint

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	texts "github.com/ackgen/ackgen/cmd/internal/rules"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// Rule is one rule of the profile.
type Rule struct {
	// Code leads to the texts of the rule in package rules.
	Code string
	// Bundled rules are checked by bundling as well, with a code of its own, so
	// they run only on documents that were not assembled from fragments.
	Bundled bool
	check   func(*pass)
}

// Rules returns all rules by code.
func Rules() []Rule {
	all := slices.Concat(operationRules, pathRules, parameterRules, textRules, markRules, exampleRules, constructRules, schemaRules,
		typeRules, statusRules, extensionRules, documentRules, retryRules, pagingRules, taskRules, waiterRules, serverRules, profileRules,
		settingRules, termRules)
	slices.SortFunc(all, func(a, b Rule) int { return strings.Compare(a.Code, b.Code) })
	return all
}

// Run applies rules to a document, without those that lint.yaml leaves out. The
// findings are sorted.
func Run(rules []Rule, doc *oas.Node, files yamlsrc.Files, settings Settings) []diag.Finding {
	p := &pass{doc: doc, files: files, settings: settings}
	for _, r := range Rules() {
		p.all = append(p.all, r.Code)
	}
	for _, r := range rules {
		if settings.LeavesOut(r.Code) {
			continue
		}
		info, _ := texts.Find(r.Code)
		p.code, p.fix = r.Code, info.Fix
		r.check(p)
	}
	return p.list.Sorted()
}

// pass is what a rule works with.
type pass struct {
	doc      *oas.Node
	files    yamlsrc.Files
	settings Settings
	all      []string // the codes of all rules
	code     string   // of the rule that runs now
	fix      string
	list     diag.List
}

// report adds a finding at a YAML node about an object.
func (p *pass) report(at *yaml.Node, o *oas.Node, format string, args ...any) {
	p.reportWith(at, o, nil, format, args...)
}

// reportTwice reports a finding with a note about an earlier position.
func (p *pass) reportTwice(at, first *yaml.Node, o *oas.Node, format string, args ...any) {
	p.reportWith(at, o, p.note(first, "the other one is here"), format, args...)
}

// note returns a note about a further position of a finding.
func (p *pass) note(at *yaml.Node, message string) []diag.Note {
	return []diag.Note{{Pos: p.files.Pos(at), Message: message}}
}

func (p *pass) reportWith(at *yaml.Node, o *oas.Node, notes []diag.Note, format string, args ...any) {
	f := p.finding(at, o, format, args...)
	f.Notes = notes
	p.list.Add(f)
}

// warn reports what is nobody's fault: it does not make lint fail.
func (p *pass) warn(at *yaml.Node, o *oas.Node, format string, args ...any) {
	f := p.finding(at, o, format, args...)
	f.Warning = true
	p.list.Add(f)
}

func (p *pass) finding(at *yaml.Node, o *oas.Node, format string, args ...any) diag.Finding {
	subject := ""
	if o != nil {
		subject = o.Subject()
	}
	return diag.Finding{Pos: p.files.Pos(at), Code: p.code, Subject: subject, Message: fmt.Sprintf(format, args...), Fix: p.fix}
}

// deref follows a reference inside the document. It returns nil when it leads
// nowhere.
func (p *pass) deref(n *oas.Node) *oas.Node {
	if n == nil || !n.IsRef() {
		return n
	}
	rest, ok := strings.CutPrefix(n.Ref(), "#/components/")
	components := p.doc.Child("components")
	if !ok || components == nil {
		return nil
	}
	field, name, _ := strings.Cut(rest, "/")
	for c := range components.In(field) {
		if c.Name == name && !c.IsRef() {
			return c
		}
	}
	return nil
}

// operations returns all operations of the document.
func (p *pass) operations() []*oas.Node { return slices.Collect(p.doc.Of(oas.Operation)) }

// schemas returns all schemas that are written out, wherever they stand.
func (p *pass) schemas() []*oas.Node {
	var out []*oas.Node
	for s := range p.doc.Of(oas.Schema) {
		if !s.IsRef() {
			out = append(out, s)
		}
	}
	return out
}

// isComponent reports whether an object is a named component.
func isComponent(n *oas.Node) bool { return n.Parent != nil && n.Parent.Kind == oas.Components }

// label names an object inside its owner for a message.
func label(n *oas.Node) string {
	switch {
	case isComponent(n):
		return "the " + string(n.Kind)
	case n.Kind == oas.Parameter:
		return fmt.Sprintf("parameter %q", n.Text("name"))
	case n.Kind == oas.Response:
		return "response " + n.Name
	case n.Kind == oas.Tag:
		return fmt.Sprintf("tag %q", n.Text("name"))
	case n.Kind == oas.Example:
		return fmt.Sprintf("example %q", n.Name)
	case n.Kind == oas.MediaType:
		return label(n.Parent)
	case n.Kind == oas.Schema && n.Field == "properties":
		if isComponent(n.Parent) {
			return fmt.Sprintf("property %q", n.Name)
		}
		return fmt.Sprintf("property %q of %s", n.Name, label(n.Parent))
	case n.Kind == oas.Schema && n.Field == "items":
		return "the items of " + label(n.Parent)
	case n.Kind == oas.Schema && n.Field == "additionalProperties":
		return "the values of " + label(n.Parent)
	case n.Kind == oas.Schema:
		return "the schema of " + label(n.Parent)
	default:
		return "the " + string(n.Kind)
	}
}

// strs returns the scalars of a sequence.
func strs(n *yaml.Node) []string {
	var out []string
	for _, c := range yamlsrc.Items(n) {
		out = append(out, c.Value)
	}
	return out
}
