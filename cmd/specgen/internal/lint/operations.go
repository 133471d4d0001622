package lint

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

var operationRules = []Rule{
	{"ACK102", false, checkOperationIDCase},
	{"ACK103", false, checkOperationIDFold},
	{"ACK108", false, checkStatus},
	{"ACK109", false, checkDefault},
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

var status = regexp.MustCompile(`^([1-5][0-9][0-9]|[1-5]XX|default)$`)

func checkStatus(p *pass) {
	for _, op := range p.operations() {
		for _, s := range statuses(op) {
			if !status.MatchString(s.Value) {
				p.report(s, op, "%q is not a status code", s.Value)
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
