package snippet

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/generator/model"
)

// curl returns the command that makes a call.
func (w *Writer) curl(op *model.Operation, c call) string {
	path, query, headers := op.Path, []string(nil), []string(nil)
	for _, param := range op.Params {
		n := c.params[param.Field]
		if n == nil {
			continue
		}
		switch param.Kind {
		case model.ParamPath:
			path = strings.ReplaceAll(path, "{"+param.Wire+"}", url.PathEscape(n.Value))
		case model.ParamHeader:
			headers = append(headers, param.Wire+": "+joined(n))
		default:
			query = append(query, pairs(param, n)...)
		}
	}
	address := FakeURL + path
	if len(query) > 0 {
		address += "?" + strings.Join(query, "&")
	}
	var words []string
	if m := method(op, c); m != "" {
		words = append(words, m)
	}
	lines := []string{strings.Join(append([]string{"curl"}, append(words, shell(address))...), " ")}
	if c.body != nil && contentType(op) != "" {
		headers = append(headers, "Content-Type: "+contentType(op))
	}
	for _, h := range headers {
		lines = append(lines, "-H "+shell(h))
	}
	if c.body != nil {
		lines = append(lines, data(op, c.body)...)
	}
	return strings.Join(lines, " \\\n  ") + "\n"
}

// method returns the option for a method that curl would not take by itself.
func method(op *model.Operation, c call) string {
	usual := http.MethodGet
	if c.body != nil {
		usual = http.MethodPost
	}
	switch op.Method {
	case usual:
		return ""
	case http.MethodHead:
		return "--head"
	default:
		return "-X " + op.Method
	}
}

// data returns the options for the body.
func data(op *model.Operation, body *yaml.Node) []string {
	switch op.Body.Kind {
	case model.BodyForm:
		var out []string
		for key, value := range yamlsrc.Pairs(body) {
			out = append(out, "--data-urlencode "+shell(key.Value+"="+text(value)))
		}
		return out
	case model.BodyStream:
		return []string{"--data-binary " + shell(text(body))}
	default:
		return []string{"-d " + shell(jsonText(body, "  "))}
	}
}

// pairs returns the parts of the query for a parameter, as the runtime sends it.
func pairs(p model.Param, n *yaml.Node) []string {
	pair := func(name, value string) string { return url.QueryEscape(name) + "=" + url.QueryEscape(value) }
	var out []string
	switch p.Kind {
	case model.ParamQueryJSON:
		return []string{pair(p.Wire, jsonText(n, ""))}
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
	return jsonText(n, "")
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
