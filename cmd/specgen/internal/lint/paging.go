package lint

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/generator/spell"
)

const pagingKey = "x-ack-pagination"

var pagingRules = []Rule{
	{info("ACK240", "an operation whose query asks for pages declares x-ack-pagination",
		"Without it the client has no method that reads all pages, and callers who read the first page only miss the rest.",
		"add x-ack-pagination, with style: none when the answer cannot be read page by page"), false, checkPagingPresent},
	{info("ACK241", "x-ack-pagination has the keys that its style needs, and no others",
		"A page number and a token are two ways to get to the next page; the keys of the other way would have no effect.",
		"add or delete the key, or correct the style"), false, checkPagingKeys},
	{info("ACK242", "x-ack-pagination names optional query parameters that hold text or an integer",
		"The client sets these parameters from page to page, and leaves them out when neither it nor the caller has a value.",
		"correct the name, or the parameter"), false, checkPagingParameters},
	{info("ACK243", "the paths of x-ack-pagination lead to properties of the success answer",
		"The client reads the items, their number and the next token from there.",
		"correct the path: names of properties joined by dots, as they are on the wire"), false, checkPagingPaths},
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

// pagingKeys lists the keys beside style that a style needs and those that it
// allows.
var pagingKeys = map[string]struct{ needed, allowed []string }{
	"number": {[]string{"page", "items"}, []string{"size", "total", "max-size"}},
	"token":  {[]string{"token", "next", "items"}, []string{"size", "max-size"}},
	"none":   {},
}

func checkPagingKeys(p *pass) {
	for op, paging := range p.having(pagingKey) {
		style := yamlsrc.Text(paging, "style")
		keys, ok := pagingKeys[style]
		if !ok {
			continue // its shape is wrong, which another rule reports
		}
		for _, name := range keys.needed {
			if yamlsrc.Value(paging, name) == nil {
				p.report(paging, op, "%s of style %s has no %s", pagingKey, style, name)
			}
		}
		known := slices.Concat([]string{"style"}, keys.needed, keys.allowed)
		for key := range yamlsrc.Pairs(paging) {
			if !slices.Contains(known, key.Value) {
				p.report(key, op, "%s of style %s has the key %s", pagingKey, style, key.Value)
			}
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

func checkPagingParameters(p *pass) {
	for op, paging := range p.having(pagingKey) {
		query := p.query(op)
		for key, want := range map[string]target{"page": textOrInt, "size": textOrInt, "token": aText} {
			if v := yamlsrc.Value(paging, key); v != nil {
				p.pagingParameter(op, query, key, v, want)
			}
		}
	}
}

func (p *pass) pagingParameter(op *oas.Node, query []input, key string, v *yaml.Node, want target) {
	i := slices.IndexFunc(query, func(in input) bool { return in.name == v.Value })
	if i < 0 {
		names := make([]string, len(query))
		for i := range query {
			names[i] = query[i].name
		}
		p.report(v, op, "%s of %s: the query has no parameter %q%s", key, pagingKey, v.Value, spell.Hint(v.Value, names))
		return
	}
	switch in := query[i]; {
	case in.schema == nil || !want.fits(in.schema):
		p.reportWith(v, op, p.note(in.at, "it is here"), "%s of %s: parameter %q is not %s", key, pagingKey, in.name, want.what)
	case in.required:
		p.reportWith(v, op, p.note(in.at, "it is here"), "%s of %s: parameter %q is required", key, pagingKey, in.name)
	}
}

func checkPagingPaths(p *pass) {
	for op, paging := range p.having(pagingKey) {
		for key, want := range map[string]target{"items": anArray, "total": anInteger, "next": aText} {
			if v := yamlsrc.Value(paging, key); v != nil {
				if _, problem := p.follow(p.answer(op), wholeAnswer, v.Value, want); problem != "" {
					p.report(v, op, "%s of %s: %s", key, pagingKey, problem)
				}
			}
		}
	}
}
