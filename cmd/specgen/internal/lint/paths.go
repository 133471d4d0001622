package lint

import (
	"regexp"
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
