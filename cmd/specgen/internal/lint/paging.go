package lint

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
)

const pagingKey = "x-ack-pagination"

var pagingRules = []Rule{
	{"ACK240", false, checkPagingPresent},
}

var pagingName = regexp.MustCompile(`(?i)^(page_?(num|number|no|index|size|token)|next_?token|max_?results)$`)

func checkPagingPresent(p *pass) {
	for _, op := range p.operations() {
		if op.Has(pagingKey) {
			continue
		}
		var names []string
		for _, in := range p.query(op) {
			if pagingName.MatchString(in.name) {
				names = append(names, in.name)
			}
		}
		if len(names) > 0 {
			p.report(op.Key, op, "the operation takes %s and has no %s", strings.Join(names, ", "), pagingKey)
		}
	}
}

// having ranges over the operations with an extension whose value is a mapping.
func (p *pass) having(key string) func(yield func(*oas.Node, *yaml.Node) bool) {
	return func(yield func(*oas.Node, *yaml.Node) bool) {
		for _, op := range p.operations() {
			if v := op.Get(key); v != nil && v.Kind == yaml.MappingNode && !yield(op, v) {
				return
			}
		}
	}
}
