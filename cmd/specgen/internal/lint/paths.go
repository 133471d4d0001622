package lint

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
)

var pathRules = []Rule{
	{info("ACK110", "two paths differ in more than a slash at the end",
		"Paths such as /a and /a/ look like one resource and are two; a signature made for one is wrong for the other.",
		"keep the path that the service serves"), false, checkTrailingSlash},
	{info("ACK111", "a path parameter has one spelling wherever it stands at the same place of a path",
		"One parameter file serves all operations of a resource only when the name is the same everywhere.",
		"use the spelling of the other paths: the name in a path is ours, it never travels"), false, checkPathSpelling},
	{info("ACK112", "path parameters and the placeholders of the path are the same set",
		"A placeholder without parameter stays in the URL; a parameter without placeholder is never sent.",
		"declare each {name} of the path as a parameter with in: path, and no others"), false, checkPathParameters},
}

func checkTrailingSlash(p *pass) {
	seen := map[string]*yaml.Node{}
	for item := range p.doc.Of(oas.PathItem) {
		trimmed := strings.TrimSuffix(item.Name, "/")
		if first := seen[trimmed]; first != nil {
			p.reportTwice(item.Key, first, nil, "path %q differs from %q only in the slash at the end", item.Name, first.Value)
			continue
		}
		seen[trimmed] = item.Key
	}
}

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

func checkPathSpelling(p *pass) {
	type use struct {
		name string
		at   *yaml.Node
	}
	seen := map[string]use{}
	for item := range p.doc.Of(oas.PathItem) {
		segments := strings.Split(item.Name, "/")
		for i, segment := range segments {
			prefix := placeholder.ReplaceAllString(strings.Join(segments[:i+1], "/"), "{}")
			m := placeholder.FindStringSubmatch(segment)
			if m == nil {
				continue
			}
			first, ok := seen[prefix]
			if !ok {
				seen[prefix] = use{m[1], item.Key}
			} else if first.name != m[1] {
				p.reportTwice(item.Key, first.at, nil, "path %q calls {%s} what another path calls {%s}", item.Name, m[1], first.name)
			}
		}
	}
}

// parameters returns the parameters of an operation, those of its path first,
// references followed. Their places are the entries of the lists.
func (p *pass) parameters(op *oas.Node) (entries, resolved []*oas.Node) {
	for _, holder := range []*oas.Node{op.Parent, op} {
		for e := range holder.In("parameters") {
			if d := p.deref(e); d != nil {
				entries, resolved = append(entries, e), append(resolved, d)
			}
		}
	}
	return entries, resolved
}

func checkPathParameters(p *pass) {
	for _, op := range p.operations() {
		var want, have []string
		for _, m := range placeholder.FindAllStringSubmatch(op.Parent.Name, -1) {
			want = append(want, m[1])
		}
		entries, resolved := p.parameters(op)
		for i, param := range resolved {
			if param.Text("in") != "path" {
				continue
			}
			name := param.Text("name")
			have = append(have, name)
			if !slices.Contains(want, name) {
				p.report(entries[i].Value, op, "path %q has no placeholder for parameter %q", op.Parent.Name, name)
			}
		}
		for _, name := range want {
			if !slices.Contains(have, name) {
				p.report(op.Parent.Key, op, "path %q has a placeholder {%s} without parameter", op.Parent.Name, name)
			}
		}
	}
}
