package lint

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
)

const retryKey = "x-ack-retry"

var retryRules = []Rule{
	{"ACK230", false, checkRetry},
	{"ACK231", false, checkRetryRead},
	{"ACK233", false, checkTokenRetry},
}

var retryClasses = []string{"idempotent", "token", "unsafe"}

// retryClass returns the class of an operation, or nil when it has none that is
// known.
func (p *pass) retryClass(op *oas.Node) *yaml.Node {
	if class := op.Get(retryKey); class != nil && slices.Contains(retryClasses, class.Value) {
		return class
	}
	return nil
}

func checkRetry(p *pass) {
	for _, op := range p.operations() {
		if !op.Has(retryKey) {
			p.report(op.Key, op, "the operation has no %s", retryKey)
		}
	}
}

func checkRetryRead(p *pass) {
	for _, op := range p.operations() {
		class := p.retryClass(op)
		if class == nil || (op.Name != "get" && op.Name != "head") || class.Value == "idempotent" {
			continue
		}
		p.report(class, op, "%s is of class %s", strings.ToUpper(op.Name), class.Value)
	}
}

func checkTokenRetry(p *pass) {
	for _, op := range p.operations() {
		class := p.retryClass(op)
		if class == nil || class.Value == "token" {
			continue
		}
		if field := p.clientToken(op); field != nil {
			p.reportWith(class, op, p.note(field.at, "it is here"), "the operation takes %q and is of class %s", field.name, class.Value)
		}
	}
}

// input is a query parameter or a field of a body.
type input struct {
	name     string
	schema   *oas.Node
	required bool
	at       *yaml.Node
}

var clientToken = regexp.MustCompile(`(?i)^client_?token$`)

// clientToken finds what makes a request repeatable, or returns nil.
func (p *pass) clientToken(op *oas.Node) *input {
	for _, in := range slices.Concat(p.query(op), p.bodyFields(op)) {
		if clientToken.MatchString(in.name) {
			return &in
		}
	}
	return nil
}

// query lists the query parameters of an operation.
func (p *pass) query(op *oas.Node) []input {
	var out []input
	params := p.parameters(op)
	for _, param := range params {
		if param.Text("in") == "query" {
			out = append(out, input{param.Text("name"), p.deref(param.Child("schema")), param.Text("required") == "true", param.Get("name")})
		}
	}
	return out
}

// bodyFields lists the properties of the JSON object that an operation sends.
func (p *pass) bodyFields(op *oas.Node) []input {
	body := p.deref(op.Child("requestBody"))
	if body == nil {
		return nil
	}
	var out []input
	for mt := range body.In("content") {
		s := p.deref(mt.Child("schema"))
		if s == nil {
			continue
		}
		required := strs(s.Get("required"))
		for prop := range s.In("properties") {
			out = append(out, input{prop.Name, p.deref(prop), slices.Contains(required, prop.Name), prop.Key})
		}
	}
	return out
}
