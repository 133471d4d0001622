package lint

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
)

var pathRules = []Rule{
	{"ACK110", false, checkTrailingSlash},
	{"ACK111", false, checkPathSpelling},
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

func checkPathSpelling(p *pass) {
	type use struct {
		names []string
		at    *yaml.Node
	}
	seen := map[string]use{}
	for item := range p.doc.Of(oas.PathItem) {
		segments := strings.Split(item.Name, "/")
		for i, segment := range segments {
			prefix := oas.PathForm(strings.Join(segments[:i+1], "/"))
			names := oas.Placeholders(segment)
			first, ok := seen[prefix]
			if !ok {
				seen[prefix] = use{names, item.Key}
				continue
			}
			for j, name := range names {
				if other := first.names[j]; other != name {
					p.reportTwice(item.Key, first.at, nil, "path %q calls {%s} what another path calls {%s}", item.Name, name, other)
				}
			}
		}
	}
}

// parameters returns the parameters of an operation, those of its path first,
// references followed.
func (p *pass) parameters(op *oas.Node) []*oas.Node {
	var out []*oas.Node
	for _, holder := range []*oas.Node{op.Parent, op} {
		for e := range holder.In("parameters") {
			if d := p.deref(e); d != nil {
				out = append(out, d)
			}
		}
	}
	return out
}
