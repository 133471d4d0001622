package lint

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

var operationRules = []Rule{
	{info("ACK101", "an operation has an operationId",
		"The id becomes the method of the SDK; without it the operation cannot be generated.",
		"add operationId with the name of the operation in the API reference"), true, checkOperationID},
	{info("ACK102", "an operationId is written in UpperCamelCase",
		"The id is the name of an exported Go method and of the action in RAM policies.",
		"begin with an upper-case letter and use letters and digits only"), false, checkOperationIDCase},
	{info("ACK103", "operationIds differ in more than case",
		"Two methods that differ only by case are mixed up by people and collide as file names on some systems.",
		"rename one of the two operations"), false, checkOperationIDFold},
	{info("ACK104", "an operation has exactly one tag",
		"The tag is the group: it decides in which interface, folder and chapter the operation stands.",
		"write one tag, such as tags: [Nodes]"), true, checkOneTag},
	{info("ACK105", "a tag is declared",
		"Undeclared tags have no place in the order of the groups and no description.",
		"use a tag of the document's tags list, or add it there"), true, checkTagDeclared},
	{info("ACK106", "GET, HEAD and DELETE have no request body",
		"HTTP gives such bodies no meaning: proxies drop them and Go programs are surprised by them.",
		"send the values as query parameters, as content: application/json when they are JSON text"), false, checkNoBody},
	{info("ACK107", "an operation has a success response",
		"Without a 2xx response the SDK does not know what a successful call returns.",
		"add the response that the service sends on success, such as \"200\""), false, checkSuccess},
	{info("ACK108", "a response key is a status code from 100 to 599, a range such as 4XX, or default",
		"Any other key never matches a response, so what is written under it is dead.",
		"correct the key"), false, checkStatus},
	{info("ACK109", "an operation has a default response",
		"Every operation can fail in undocumented ways; default tells what the answer then looks like.",
		"add default: {$ref: ../../responses/Error.yaml}"), false, checkDefault},
}

func checkOperationID(p *pass) {
	for _, op := range p.operations() {
		if op.Text("operationId") == "" {
			p.report(op.Key, op, "the operation has no operationId")
		}
	}
}

var upperCamel = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*$`)

func checkOperationIDCase(p *pass) {
	for _, op := range p.operations() {
		if id := op.Text("operationId"); id != "" && !upperCamel.MatchString(id) {
			p.report(op.Get("operationId"), op, "operationId %q is not UpperCamelCase", id)
		}
	}
}

func checkOperationIDFold(p *pass) {
	seen := map[string]*yaml.Node{}
	for _, op := range p.operations() {
		at := op.Get("operationId")
		id := op.Text("operationId")
		if id == "" {
			continue
		}
		first := seen[strings.ToLower(id)]
		if first == nil {
			seen[strings.ToLower(id)] = at
		} else if first.Value != id {
			p.reportTwice(at, first, op, "operationId %q differs from %q only in case", id, first.Value)
		}
	}
}

func checkOneTag(p *pass) {
	for _, op := range p.operations() {
		if tags := strs(op.Get("tags")); len(tags) == 0 {
			p.report(op.Key, op, "the operation has no tag")
		} else if len(tags) > 1 {
			p.report(op.Get("tags").Content[1], op, "the operation has %d tags", len(tags))
		}
	}
}

func checkTagDeclared(p *pass) {
	declared := map[string]bool{}
	for t := range p.doc.Of(oas.Tag) {
		declared[t.Text("name")] = true
	}
	for _, op := range p.operations() {
		tags := op.Get("tags")
		for i, name := range strs(tags) {
			if !declared[name] {
				p.report(tags.Content[i], op, "tag %q is not declared", name)
			}
		}
	}
}

func checkNoBody(p *pass) {
	for _, op := range p.operations() {
		switch op.Name {
		case "get", "head", "delete":
			if key := op.KeyOf("requestBody"); key != nil {
				p.report(key, op, "%s must not have a request body", strings.ToUpper(op.Name))
			}
		}
	}
}

// statuses returns the keys of the responses of an operation.
func statuses(op *oas.Node) []*yaml.Node {
	var out []*yaml.Node
	for key := range yamlsrc.Pairs(op.Get("responses")) {
		if !strings.HasPrefix(key.Value, "x-") {
			out = append(out, key)
		}
	}
	return out
}

func checkSuccess(p *pass) {
	for _, op := range p.operations() {
		found := false
		for _, s := range statuses(op) {
			found = found || strings.HasPrefix(s.Value, "2")
		}
		if !found {
			at := op.KeyOf("responses")
			if at == nil {
				at = op.Key
			}
			p.report(at, op, "the operation has no 2xx response")
		}
	}
}

var status = regexp.MustCompile(`^([1-5][0-9][0-9]|[1-5]XX|default)$`)

func checkStatus(p *pass) {
	for _, op := range p.operations() {
		for _, s := range statuses(op) {
			if !status.MatchString(s.Value) {
				p.report(s, op, "%q is no status code", s.Value)
			}
		}
	}
}

func checkDefault(p *pass) {
	for _, op := range p.operations() {
		if responses := op.Get("responses"); responses != nil && yamlsrc.Value(responses, "default") == nil {
			p.report(op.KeyOf("responses"), op, "the operation has no default response")
		}
	}
}
