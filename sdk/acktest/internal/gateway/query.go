package gateway

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// A spread says how a value that is more than one query parameter on the wire is spread over them.
type spread int

const (
	inOne    spread = iota // not spread
	eachItem               // name=a&name=b
	deep                   // name[key]=value
	flat                   // name.key=value and name.1=value
	bare                   // key=value
)

// A queryParam is a query parameter of an operation.
type queryParam struct {
	spread    spread
	asJSON    bool // the value is JSON text
	shape     shape
	sensitive bool
}

// newQueryParam returns what the server has to know of a parameter, and the parameter for the validator: one that is spread becomes one JSON
// text before it is validated.
func newQueryParam(param *openapi3.Parameter) (queryParam, *openapi3.Parameter) {
	schema := param.Schema
	for _, media := range param.Content {
		schema = media.Schema
	}
	out := queryParam{spread: spreadOf(param), asJSON: len(param.Content) > 0, shape: shapeOf(schema), sensitive: isSensitive(param.Extensions)}
	if out.spread == inOne {
		return out, param
	}
	whole := *param
	whole.Schema, whole.Style, whole.Explode = nil, "", nil
	whole.Content = openapi3.Content{jsonType: {Schema: schema}}
	return out, &whole
}

func spreadOf(param *openapi3.Parameter) spread {
	s := shapeOf(param.Schema)
	style, err := param.SerializationMethod()
	switch flattened, _ := param.Extensions["x-ack-flat"].(bool); {
	case len(s) == 0 || err != nil:
		return inOne
	case flattened:
		return flat
	case style.Style == openapi3.SerializationDeepObject:
		return deep
	case !style.Explode:
		return inOne
	case s.is(openapi3.TypeArray):
		return eachItem
	case s.is(openapi3.TypeObject):
		return bare
	}
	return inOne
}

// queryParam returns the name of the parameter of an operation that a parameter on the wire belongs to, and the way into its value. The
// name is empty when there is none.
func (op *Operation) queryParam(sent string) (name string, way []string) {
	if p, ok := op.query[sent]; ok && p.spread != deep && p.spread != bare {
		return sent, nil
	}
	names := slices.Sorted(maps.Keys(op.query))
	for _, name := range names {
		rest, ok := strings.CutPrefix(sent, name)
		switch spread := op.query[name].spread; {
		case !ok || rest == "":
		case spread == deep && rest[0] == '[' && rest[len(rest)-1] == ']':
			return name, strings.Split(rest[1:len(rest)-1], "][")
		case spread == flat && rest[0] == '.':
			return name, strings.Split(rest[1:], ".")
		}
	}
	for _, name := range names {
		if p := op.query[name]; p.spread == bare && len(p.shape.property(sent)) > 0 {
			return name, []string{sent}
		}
	}
	return "", nil
}

// gather puts parameters that are spread back together, as JSON text under their names.
func (op *Operation) gather(query url.Values) url.Values {
	out := make(url.Values, len(query))
	parts := make(map[string]*part)
	for sent, values := range query {
		name, way := op.queryParam(sent)
		if op.query[name].spread == inOne {
			out[sent] = values
			continue
		}
		if parts[name] == nil {
			parts[name] = new(part)
		}
		parts[name].put(way, values)
	}
	for name, p := range parts {
		text, _ := marshalJSON(p.value(op.query[name].shape)) // maps, lists and texts can be encoded
		out[name] = []string{text}
	}
	return out
}

// values returns what [Operation.gather] does, with texts that are sent as JSON unquoted.
func (op *Operation) values(query url.Values) url.Values {
	out := op.gather(query)
	for name, p := range op.query {
		var text string
		if p.asJSON && len(out[name]) == 1 && json.Unmarshal([]byte(out.Get(name)), &text) == nil {
			out[name] = []string{text}
		}
	}
	return out
}

// A part is a piece of a value that was spread: values, or members, which are other parts.
type part struct {
	values  []string
	members map[string]*part
}

func (p *part) put(way, values []string) {
	if len(way) == 0 {
		p.values = values
		return
	}
	if p.members == nil {
		p.members = make(map[string]*part)
	}
	below := p.members[way[0]]
	if below == nil {
		below = new(part)
		p.members[way[0]] = below
	}
	below.put(way[1:], values)
}

// value returns a part as JSON decodes, in the types of the spec where the text is such a value. What does not suit the spec is found when
// the value is validated.
func (p *part) value(s shape) any {
	switch {
	case len(p.values) > 0 && (len(p.values) > 1 || s.is(openapi3.TypeArray)) && p.members == nil:
		return typedList(p.values, s.items())
	case len(p.values) > 0:
		return typed(p.values[0], s)
	case s.is(openapi3.TypeArray) && !s.is(openapi3.TypeObject):
		return p.list(s.items())
	}
	object := make(map[string]any, len(p.members))
	for name, member := range p.members {
		object[name] = member.value(s.property(name))
	}
	return object
}

// list returns the members in the order of the numbers that they are called by.
func (p *part) list(s shape) any {
	number := func(name string) int {
		n, _ := strconv.Atoi(name)
		return n
	}
	list := make([]any, 0, len(p.members))
	for i, name := range slices.SortedFunc(maps.Keys(p.members), func(a, b string) int { return cmp.Compare(number(a), number(b)) }) {
		if name != strconv.Itoa(i+1) {
			return "a list with gaps"
		}
		list = append(list, p.members[name].value(s))
	}
	return list
}

func typedList(texts []string, s shape) []any {
	list := make([]any, len(texts))
	for i, text := range texts {
		list[i] = typed(text, s)
	}
	return list
}

// typed reads a text as a scalar of the type that the spec wants.
func typed(text string, s shape) any {
	switch {
	case (s.is(openapi3.TypeInteger) || s.is(openapi3.TypeNumber)) && isNumber(text):
		return json.Number(text)
	case s.is(openapi3.TypeBoolean) && (text == "true" || text == "false"):
		return text == "true"
	}
	return text
}

func isNumber(text string) bool {
	value, err := parseJSON([]byte(text))
	_, ok := value.(json.Number)
	return ok && err == nil && strings.TrimSpace(text) == text
}
