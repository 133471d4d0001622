package lint

import (
	"strings"

	"github.com/ackgen/ackgen/generator/load/oas"
)

// response returns the schema of the JSON of a successful response, or nil.
func (p *pass) response(op *oas.Node) *oas.Node {
	responses := op.Child("responses")
	if responses == nil {
		return nil
	}
	for _, r := range responses.Children {
		d := p.deref(r)
		if !strings.HasPrefix(r.Name, "2") || d == nil {
			continue
		}
		for mt := range d.In("content") {
			if s := p.deref(mt.Child("schema")); s != nil && mt.Name == "application/json" {
				return s
			}
		}
	}
	return nil
}
