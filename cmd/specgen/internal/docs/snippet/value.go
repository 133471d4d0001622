package snippet

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/jsontext"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/internal/goname"
)

// request returns the literal of a request, with the fields that a function accepts.
func (p *program) request(c call, accept func(*model.Field) bool) literal {
	var items []item
	for _, f := range p.op.Request.Fields {
		if !accept(f) || p.op.Token == f {
			continue
		}
		if v, ok := p.value(f.Type, valueOf(p.op, c, f), firstOf(wireOf(f), f.Name)); ok {
			items = append(items, item{f.Name, v})
		}
	}
	return composite("&"+p.qualified(p.op.Request.Name), items)
}

// whole accepts all fields.
func whole(*model.Field) bool { return true }

// broad accepts fields that say where things are, and none that choose among them: programs
// that read lists to their ends want all that there is.
func broad(f *model.Field) bool {
	return required(f) || strings.HasSuffix(f.Name, "ID")
}

// valueOf returns what a call sends in a field of the request, or nil.
func valueOf(op *model.Operation, c call, f *model.Field) *yaml.Node {
	switch {
	case wireOf(f) != "":
		return member(c.body, wireOf(f))
	case f.Name == op.Body.Field:
		return c.body
	default:
		return c.params[f.Name]
	}
}

// value returns the literal of a value from a document, and false when there is none or
// when it does not fit the type. wire names it.
func (p *program) value(t model.Type, n *yaml.Node, wire string) (literal, bool) {
	if n == nil || n.ShortTag() == "!!null" && t.Kind != model.KindAny {
		return literal{}, false
	}
	switch t.Kind {
	case model.KindSlice:
		return p.list(t, n, wire)
	case model.KindMap:
		return p.dict(t, n)
	case model.KindNamed:
		if s := p.w.structs[t.Name]; s != nil {
			return p.object(t, s, n)
		}
	case model.KindAny:
		return p.any(n), true
	}
	text, typed := p.scalar(t, n, wire)
	switch {
	case text == "":
		return literal{}, false
	case !t.Pointer:
		return plain(text), true
	case !typed:
		return plain("new(" + p.typeName(t) + "(" + text + "))"), true
	}
	return plain("new(" + text + ")"), true
}

// scalar returns a scalar as an expression, "" when it does not fit the type. typed tells
// whether the expression has the type by itself, in which constants may have none.
func (p *program) scalar(t model.Type, n *yaml.Node, wire string) (text string, typed bool) {
	switch t.Kind {
	case model.KindString:
		return quoted(n.Value), true
	case model.KindBool:
		return boolean(n.Value), true
	case model.KindInt32, model.KindInt64:
		return integer(n.Value), false
	case model.KindFloat64:
		text := yamlsrc.Number(n)
		return text, strings.Contains(text, ".")
	case model.KindSecret:
		return p.typeName(t) + "(" + p.secret(n.Value, wire) + ")", true
	case model.KindTime:
		return p.time(n.Value), true
	case model.KindBytes:
		data, err := base64.StdEncoding.DecodeString(n.Value)
		if err != nil {
			return "", true
		}
		return "[]byte(" + quoted(string(data)) + ")", true
	case model.KindJSON:
		return p.typeName(t) + "(" + quoted(jsontext.Wire(n)) + ")", true
	case model.KindReader:
		p.use("strings")
		return "strings.NewReader(" + quoted(n.Value) + ")", true
	case model.KindNamed:
		return p.enum(t, n)
	default:
		return "", true
	}
}

// secret returns the text of a secret: a variable of the environment, since what stands in
// a source is copied with it. Settings that may hold secrets are shown, as their form is
// what a reader looks for.
func (p *program) secret(text, wire string) string {
	if !slices.ContainsFunc(goname.Words(wire), isSecret) {
		return quoted(text)
	}
	p.use("os")
	return "os.Getenv(" + strconv.Quote(variable(wire)) + ")"
}

// isSecret reports whether a word of a name means that all of the value is a secret.
func isSecret(word string) bool {
	return slices.Contains([]string{"credential", "passphrase", "passwd", "password", "secret", "token"}, strings.ToLower(word))
}

// variable returns the variable of the environment for a secret.
func variable(wire string) string {
	return strings.ToUpper(strings.Join(goname.Words(wire), "_"))
}

// enum returns the constant of a value of an enum, or the value itself.
func (p *program) enum(t model.Type, n *yaml.Node) (text string, typed bool) {
	e := p.w.enums[t.Name]
	if e == nil {
		return "", true
	}
	for _, v := range e.Values {
		if v.Value == n.Value {
			return p.qualified(v.Name), true
		}
	}
	if e.Kind == model.KindString {
		return quoted(n.Value), false
	}
	return integer(n.Value), false
}

// time returns a call that makes a time.
func (p *program) time(text string) string {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return ""
	}
	p.use("time")
	at = at.UTC()
	return fmt.Sprintf("time.Date(%d, time.%s, %d, %d, %d, %d, %d, time.UTC)",
		at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), at.Nanosecond())
}

func (p *program) list(t model.Type, n *yaml.Node, wire string) (literal, bool) {
	if n.Kind != yaml.SequenceNode {
		return literal{}, false
	}
	var items []item
	for _, e := range n.Content {
		if v, ok := p.value(*t.Elem, e, wire); ok {
			items = append(items, item{"", p.elided(*t.Elem, v)})
		}
	}
	return composite(p.typeName(t), items), true
}

func (p *program) dict(t model.Type, n *yaml.Node) (literal, bool) {
	if n.Kind != yaml.MappingNode {
		return literal{}, false
	}
	var items []item
	for key, e := range yamlsrc.Pairs(n) {
		if v, ok := p.value(*t.Elem, e, key.Value); ok {
			items = append(items, item{quoted(key.Value), p.elided(*t.Elem, v)})
		}
	}
	return composite(p.typeName(t), items), true
}

// elided takes the type off a composite literal in a list or map of that type.
func (p *program) elided(t model.Type, l literal) literal {
	if l.composite && t.Kind != model.KindAny {
		l.text = ""
	}
	return l
}

func (p *program) object(t model.Type, s *model.Struct, n *yaml.Node) (literal, bool) {
	if n.Kind != yaml.MappingNode {
		return literal{}, false
	}
	name := p.qualified(t.Name)
	if t.Pointer {
		name = "&" + name
	}
	return composite(name, p.members(s, n)), true
}

// members returns the members of an object that the type has.
func (p *program) members(s *model.Struct, n *yaml.Node) []item {
	var items []item
	if inner := p.w.structs[s.Embeds]; inner != nil {
		items = append(items, item{inner.Name, composite(p.qualified(inner.Name), p.members(inner, n))})
	}
	for _, f := range s.Fields {
		if v, ok := p.value(f.Type, member(n, wireOf(f)), wireOf(f)); ok {
			items = append(items, item{f.Name, v})
		}
	}
	return items
}

// any returns a value without a type.
func (p *program) any(n *yaml.Node) literal {
	var items []item
	switch n.Kind {
	case yaml.AliasNode:
		return p.any(n.Alias)
	case yaml.SequenceNode:
		for _, e := range n.Content {
			items = append(items, item{"", p.any(e)})
		}
		return composite("[]any", items)
	case yaml.MappingNode:
		for key, e := range yamlsrc.Pairs(n) {
			items = append(items, item{quoted(key.Value), p.any(e)})
		}
		return composite("map[string]any", items)
	}
	switch n.ShortTag() {
	case "!!null":
		return plain("nil")
	case "!!bool":
		return plain(boolean(n.Value))
	case "!!int", "!!float":
		return plain(firstOf(yamlsrc.Number(n), quoted(n.Value)))
	}
	return plain(quoted(n.Value))
}

// typeName returns the name of a type without pointer.
func (p *program) typeName(t model.Type) string {
	switch t.Kind {
	case model.KindSlice:
		return "[]" + p.pointedName(*t.Elem)
	case model.KindMap:
		return "map[string]" + p.pointedName(*t.Elem)
	case model.KindNamed:
		return p.qualified(t.Name)
	case model.KindSecret:
		return "roa.Secret"
	case model.KindJSON:
		return "roa.JSON"
	case model.KindBytes:
		return "[]byte"
	case model.KindTime:
		p.use("time")
		return "time.Time"
	default:
		return string(t.Kind)
	}
}

func (p *program) pointedName(t model.Type) string {
	if t.Pointer {
		return "*" + p.typeName(t)
	}
	return p.typeName(t)
}

// quoted returns a Go string literal: one in backquotes where that is easier to read. What
// cannot be seen, and may turn the direction of the code around it, is always escaped.
func quoted(text string) string {
	lines := strings.NewReplacer("\n", "", "\t", "").Replace(text)
	isHidden := strings.ContainsFunc(lines, func(r rune) bool { return !strconv.IsPrint(r) })
	if strings.ContainsAny(text, "\"\n\\") && !isHidden && strconv.CanBackquote(lines) {
		return "`" + text + "`"
	}
	return strconv.Quote(text)
}

func integer(text string) string {
	i, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return ""
	}
	return strconv.FormatInt(i, 10)
}

func boolean(text string) string {
	v, err := strconv.ParseBool(text)
	if err != nil {
		return ""
	}
	return strconv.FormatBool(v)
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
