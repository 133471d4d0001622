package snippet

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/jsontext"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/generator/model"
)

// curl returns the command that makes a call.
func (w *Writer) curl(op *model.Operation, c call) string {
	var query, headers []string
	for _, param := range op.Params {
		n := c.params[param.Field]
		if n == nil {
			continue
		}
		switch param.Kind {
		case model.ParamPath:
		case model.ParamHeader:
			headers = append(headers, param.Wire+": "+joined(n))
		default:
			query = append(query, pairs(param, n)...)
		}
	}
	address := FakeURL + pathOf(op, c)
	if len(query) > 0 {
		address += "?" + strings.Join(query, "&")
	}
	body := data(op, c.body)
	if len(body) > 0 && contentType(op) != "" {
		headers = append(headers, "Content-Type: "+contentType(op))
	}
	lines := []string{"curl " + method(op, len(body) > 0) + shell(address)}
	for _, h := range headers {
		lines = append(lines, "-H "+shell(h))
	}
	return strings.Join(append(lines, body...), " \\\n  ") + "\n"
}

// part is a placeholder in the template of a path, or what stands between two.
var part = regexp.MustCompile(`\{[^}]*\}|[^{]+`)

// pathOf returns the path of a call, escaped.
func pathOf(op *model.Operation, c call) string {
	return part.ReplaceAllStringFunc(op.Path, func(text string) string {
		for _, param := range op.Params {
			if n := c.params[param.Field]; n != nil && param.Kind == model.ParamPath && text == "{"+param.Wire+"}" {
				return url.PathEscape(n.Value)
			}
		}
		return (&url.URL{Path: text}).EscapedPath()
	})
}

// method returns the option for a method that curl would not take by itself.
func method(op *model.Operation, body bool) string {
	switch {
	case op.Method == http.MethodPost && body, op.Method == http.MethodGet && !body:
		return ""
	case op.Method == http.MethodHead:
		return "--head "
	default:
		return "-X " + op.Method + " "
	}
}

// data returns the options for the body.
func data(op *model.Operation, body *yaml.Node) []string {
	switch {
	case body == nil:
		return nil
	case op.Body.Kind == model.BodyForm:
		var out []string
		for key, value := range yamlsrc.Pairs(body) {
			out = append(out, "--data-urlencode "+shell(key.Value+"="+text(value)))
		}
		return out
	case op.Body.Kind == model.BodyStream:
		return []string{"--data-raw " + shell(text(body))}
	default:
		return []string{"-d " + shell(jsontext.Block(body))}
	}
}

// pairs returns the parts of the query for a parameter, as the runtime sends it.
func pairs(p model.Param, n *yaml.Node) []string {
	pair := func(name, value string) string { return url.QueryEscape(name) + "=" + url.QueryEscape(value) }
	var out []string
	switch p.Kind {
	case model.ParamQueryJSON:
		return []string{pair(p.Wire, jsontext.Wire(n))}
	case model.ParamQueryEach:
		for _, value := range yamlsrc.Items(n) {
			out = append(out, pair(p.Wire, text(value)))
		}
	case model.ParamQueryDeep:
		for key, value := range yamlsrc.Pairs(n) {
			out = append(out, pair(p.Wire+"["+key.Value+"]", joined(value)))
		}
	case model.ParamQueryFields:
		for key, value := range yamlsrc.Pairs(n) {
			out = append(out, pair(key.Value, joined(value)))
		}
	case model.ParamQueryFlat:
		for _, leaf := range leaves(p.Wire, n) {
			out = append(out, pair(leaf[0], leaf[1]))
		}
	default:
		return []string{pair(p.Wire, joined(n))}
	}
	return out
}

// leaves returns the names and texts of all plain values below a value.
func leaves(name string, n *yaml.Node) [][2]string {
	var out [][2]string
	switch n.Kind {
	case yaml.MappingNode:
		for key, value := range yamlsrc.Pairs(n) {
			out = append(out, leaves(name+"."+key.Value, value)...)
		}
	case yaml.SequenceNode:
		for i, value := range n.Content {
			out = append(out, leaves(name+"."+strconv.Itoa(i+1), value)...)
		}
	default:
		out = [][2]string{{name, text(n)}}
	}
	return out
}

// joined returns a plain value, or a list of them with commas.
func joined(n *yaml.Node) string {
	if n.Kind != yaml.SequenceNode {
		return text(n)
	}
	parts := make([]string, len(n.Content))
	for i, value := range n.Content {
		parts[i] = text(value)
	}
	return strings.Join(parts, ",")
}

// text returns a plain value, or JSON.
func text(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode {
		return n.Value
	}
	return jsontext.Wire(n)
}

// plainWord is what a shell takes as one word.
var plainWord = regexp.MustCompile(`^[A-Za-z0-9_./:@%+=,-]+$`)

// shell returns a text as a word of a shell.
func shell(text string) string {
	if plainWord.MatchString(text) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
