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
	{info("ACK230", "an operation says whether it can be repeated",
		"By its class the client decides whether it may send a request again after an error; without one it would have to guess.",
		"add x-ack-retry: idempotent, token or unsafe; spec/README.md tells when to use which"), false, checkRetry},
	{info("ACK231", "a GET or HEAD operation is idempotent",
		"It only reads, and HTTP lets everything on the way repeat it, so another class would protect nobody.",
		"write x-ack-retry: idempotent"), false, checkRetryRead},
	{info("ACK232", "an operation of class token takes an optional client token",
		"The client makes the request repeatable by filling in the token; with nothing to fill in, a repetition would be a second order.",
		"write another class, or add client_token to the query or the body, as a string that is not required"), false, checkRetryToken},
	{info("ACK233", "an operation that takes a client token is of class token",
		"The service recognizes a repetition by the token, so the client can fill it in and try again; another class gives that away.",
		"write x-ack-retry: token"), false, checkTokenRetry},
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

func checkRetryToken(p *pass) {
	for _, op := range p.operations() {
		class := op.Get(retryKey)
		if class == nil || class.Value != "token" {
			continue
		}
		switch field := p.clientToken(op); {
		case field == nil:
			p.report(class, op, "the operation takes no client token")
		case field.schema == nil || field.schema.Text("type") != "string":
			p.report(class, op, "%q is no string", field.name)
		case field.required:
			p.report(class, op, "%q is required, so callers have to fill it in themselves", field.name)
		}
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
	_, params := p.parameters(op)
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
