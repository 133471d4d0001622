package refs

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// move makes every target a component, and lets the references and the place where it
// stood refer to that.
func (r *resolver) move() {
	r.inOrder = slices.DeleteFunc(r.inOrder, func(t *target) bool { return t.kind == oas.PathItem })
	values := make([]yaml.Node, len(r.inOrder))
	for i, t := range r.inOrder {
		values[i] = *t.node
	}
	for i, t := range r.inOrder {
		r.put(t, &values[i])
		for _, ref := range t.refs {
			r.set(ref, t.kind.Section(), t.name)
		}
		text := r.text(t.node, "#"+oas.PointerTo("components", t.kind.Section(), t.name))
		*t.node = yaml.Node{
			Kind: yaml.MappingNode, Tag: "!!map", Line: t.node.Line, Column: t.node.Column, Content: []*yaml.Node{r.text(t.node, "$ref"), text},
		}
		r.changed = true
	}
}

// put adds a component. One that was nothing but a reference to it becomes it.
func (r *resolver) put(t *target, value *yaml.Node) {
	file := r.files[t.node]
	if t.alias != nil {
		*t.alias.Value = *value
		t.alias.Key.Line, t.alias.Key.Column = value.Line, value.Column
		r.files[t.alias.Value], r.files[t.alias.Key] = file, file
		return
	}
	r.files[value] = file
	if section := r.entry(r.entry(r.main.root, "components"), t.kind.Section()); section.Kind == yaml.MappingNode {
		section.Content = append(section.Content, r.text(t.node, t.name), value)
	}
}

// entry returns the mapping below a key of another, and makes it when it is missing.
// What is there and no mapping is a finding of others.
func (r *resolver) entry(m *yaml.Node, key string) *yaml.Node {
	if m.Kind != yaml.MappingNode {
		return m
	}
	if have := yamlsrc.Value(m, key); have != nil {
		return have
	}
	value := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: m.Line, Column: m.Column}
	r.files[value] = r.files[m]
	m.Content = append(m.Content, r.text(m, key), value)
	return value
}

// text makes a node that stands where another does.
func (r *resolver) text(at *yaml.Node, value string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value, Line: at.Line, Column: at.Column}
	r.files[n] = r.files[at]
	return n
}

// nameAll gives every target the name of its component: that of the file or place, and
// those of the folders around it as far as they are needed to tell two apart. The
// name depends on no order, so that it stays when other references come and go.
func (r *resolver) nameAll() {
	open := map[string][]*target{}
	for _, t := range r.inOrder {
		switch {
		case t.kind == oas.PathItem:
		case t.alias != nil:
			t.name = t.alias.Name
		default:
			open[t.kind.Section()] = append(open[t.kind.Section()], t)
		}
	}
	for _, section := range slices.Sorted(maps.Keys(open)) {
		taken := map[string]bool{}
		for _, name := range keys(yamlsrc.Value(yamlsrc.Value(r.main.root, "components"), section)) {
			taken[fold(name)] = true
		}
		nameEach(open[section], taken)
	}
}

func nameEach(targets []*target, taken map[string]bool) {
	for n := 1; len(targets) > 0; n++ {
		count := map[string]int{}
		for _, t := range targets {
			count[fold(t.candidate(n))]++
		}
		left := targets[:0:0]
		for _, t := range targets {
			name := t.candidate(n)
			last := n > len(t.words())
			if !last && (count[fold(name)] > 1 || taken[fold(name)]) {
				left = append(left, t)
				continue
			}
			for i := 2; taken[fold(name)]; i++ { // files that differ in their endings only
				name = fmt.Sprint(t.candidate(n), "_", i)
			}
			t.name, taken[fold(name)] = name, true
		}
		targets = left
	}
}

// candidate returns the name of a target with some of its words.
func (t *target) candidate(n int) string {
	words := slices.Clone(t.words()[:min(n, len(t.words()))])
	slices.Reverse(words)
	return strings.Join(words, "_")
}

// words returns what can be in the name of a target: its place in the file, the file,
// and the folders, from the last one up.
func (p place) words() []string {
	parts := strings.Split(strings.TrimSuffix(p.source.path, path.Ext(p.source.path)), "/")
	slices.Reverse(parts)
	out := []string{word(strings.Join(p.naming(), "_"))}
	for _, part := range parts {
		out = append(out, word(part))
	}
	out = slices.DeleteFunc(out, func(w string) bool { return w == "" })
	if len(out) == 0 {
		return []string{"unnamed"}
	}
	return out
}

// naming returns the steps that somebody chose, and not OpenAPI.
func (p place) naming() []string {
	var out []string
	for i, step := range p.steps {
		if !slices.Contains(structure, step) && (i == 0 || p.steps[i-1] != "content") {
			out = append(out, step)
		}
	}
	return out
}

// structure holds the keys between what is named.
var structure = []string{
	"components", "schemas", "parameters", "responses", "requestBodies", "headers", "examples", "securitySchemes", "definitions", "$defs",
	"paths", "properties", "content", "schema",
}

var notInName = regexp.MustCompile(`[^A-Za-z0-9.-]+`)

// word returns a text as a part of the name of a component.
func word(s string) string { return strings.Trim(notInName.ReplaceAllString(s, "_"), "_") }

// fold returns what is alike in names that would be one name in Go.
func fold(name string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, name)
}

// mergeItems gives the path items that are references what these lead to.
func (r *resolver) mergeItems() {
	merged := map[*yaml.Node][]*yaml.Node{}
	for item := range r.items {
		merged[item] = r.merge(item, nil)
	}
	for item, content := range merged {
		item.Content, r.changed = content, true
	}
}

// merge returns the keys and values of a path item, those of what it refers to included.
// The way here leads through other items.
func (r *resolver) merge(item *yaml.Node, way []*yaml.Node) []*yaml.Node {
	to := r.items[item]
	if to == nil {
		return item.Content
	}
	ref := yamlsrc.Value(item, "$ref")
	if slices.Contains(way, item) {
		r.diags.Addf(r.files.Pos(ref), CodeTarget, "", "the reference leads in a circle and never to a path item")
		return nil
	}
	rest := r.merge(to, append(way, item))
	out := slices.Clone(rest)
	for key, value := range yamlsrc.Pairs(item) {
		if key.Value == "$ref" {
			continue
		}
		if first, _ := yamlsrc.Get(&yaml.Node{Kind: yaml.MappingNode, Content: rest}, key.Value); first != nil {
			r.diags.Add(diag.Finding{
				Pos: r.files.Pos(key), Code: CodeTarget, Message: fmt.Sprintf("%s stands beside the reference %q and where it leads, too", key.Value, ref.Value),
				Fix: "delete one of the two", Notes: []diag.Note{{Pos: r.files.Pos(first), Message: "the other one"}},
			})
			continue
		}
		out = append(out, key, value)
	}
	return out
}
