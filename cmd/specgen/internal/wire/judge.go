package wire

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/oasdiff/oasdiff/checker"
	"github.com/oasdiff/oasdiff/diff"
	"github.com/oasdiff/oasdiff/load"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// judge runs the checks of oasdiff. Each of its changes becomes one of ours: with our
// level, named after the schema in which it is and not after the way to it.
func (c *comparison) judge() ([]change.Change, error) {
	base := &load.SpecInfo{Url: c.base.doc.Name, Spec: c.base.loaded.T}
	head := &load.SpecInfo{Url: c.head.doc.Name, Spec: c.head.loaded.T}
	report, sources, err := diff.GetWithOperationsSourcesMap(diff.NewConfig(), base, head)
	if err != nil {
		return nil, fmt.Errorf("compare %s with %s: %w", c.base.doc.Name, c.head.doc.Name, err)
	}
	found := checker.CheckBackwardCompatibilityUntilLevel(checker.NewConfig(checker.GetAllChecks()), report, sources, checker.INFO)
	references := c.oneSided()
	var out []change.Change
	for _, f := range found {
		out = append(out, c.translate(f, references)...)
	}
	return out, nil
}

// oneSided lists the references that are only on one side, by what they lead to: oasdiff
// tells the place of the target.
func (c *comparison) oneSided() map[*object][]*object {
	out := map[*object][]*object{}
	for _, d := range c.found {
		if d.key != "" || !d.object().IsRef() {
			continue
		}
		s := c.head
		if d.head == nil {
			s = c.base
		}
		if target := s.resolve(d.object()); target != nil {
			out[target] = append(out[target], d.object())
		}
	}
	return out
}

// translate makes ours of a change of oasdiff. There is none for those that our own
// checks report.
func (c *comparison) translate(f checker.Change, references map[*object][]*object) []change.Change {
	b, inBase := c.base.source(f.GetBaseSource())
	h, inHead := c.head.source(f.GetRevisionSource())
	if !inBase && !inHead {
		h, inHead = place{object: c.head.tree}, true
	}
	at := h
	if !inHead {
		at = b
	}
	if p := c.parameterOf(f, at); p != nil { // oasdiff tells the place of the operation
		at = place{object: p, key: "deprecated"}
		if inHead {
			h = at
		} else {
			b = at
		}
	}
	kind := kindOf(f.GetId(), at)
	if find(rules, kind).dropped {
		return nil
	}
	if inBase != inHead && at.key == "" {
		var out []change.Change
		for _, ref := range references[at.object] {
			if c.meant(f, ref) {
				at := place{object: ref}
				out = append(out, c.judged(f, kind, at, at, inBase, inHead))
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return []change.Change{c.judged(f, kind, b, h, inBase, inHead)}
}

// parameterOf returns the parameter that a change of oasdiff is about, if its place is
// that of the whole operation.
func (c *comparison) parameterOf(f checker.Change, at place) *object {
	if at.object.Kind != oas.Operation || !strings.HasPrefix(f.GetId(), "request-parameter-") || len(f.GetArgs()) < 2 {
		return nil
	}
	s := c.head
	if c.base.owns(at.object) {
		s = c.base
	}
	for _, p := range s.parameters(at.object) {
		p = s.resolve(p)
		if p.Text("in") == fmt.Sprint(f.GetArgs()[0]) && p.Text("name") == fmt.Sprint(f.GetArgs()[1]) {
			return p
		}
	}
	return nil
}

// meant reports whether a reference can be that of which oasdiff tells the target: it is
// in the same operation, and a property has the same name.
func (c *comparison) meant(f checker.Change, ref *object) bool {
	s := c.head
	if c.base.owns(ref) {
		s = c.base
	}
	if ref.Field == "properties" && !slices.ContainsFunc(f.GetArgs(), func(arg any) bool { return lastStep(arg) == ref.Name }) {
		return false
	}
	op := c.operation(f)
	return slices.ContainsFunc(s.concerned(ref), func(name string) bool { return name == op || c.nameInHead(name) == op })
}

// lastStep returns the property at the end of a way that oasdiff tells.
func lastStep(arg any) string {
	way := strings.TrimSuffix(fmt.Sprint(arg), "/")
	return way[strings.LastIndex(way, "/")+1:]
}

// judged is a change of oasdiff with our level and name.
func (c *comparison) judged(f checker.Change, kind string, b, h place, inBase, inHead bool) change.Change {
	rule := find(rules, kind)
	if madeOf.MatchString(kind) { // oasdiff tells the place of the first member
		b, h = b.whole(), h.whole()
	}
	at := h
	if !inHead {
		at = b
	}
	out := change.Change{Kind: kind, Area: change.Wire, Level: rule.judge(f.GetLevel()), Subject: at.subject()}
	if op := c.operation(f); op != "" {
		out.Operations = []string{op}
	}
	out.From, out.To = c.values(f, kind, b, h)
	if inBase {
		out.Base = c.base.pos(b.node())
	}
	if inHead {
		out.Head = c.head.pos(h.node())
	}
	c.completePositions(&out, at, inBase, inHead)
	if name, ok := c.aliases[[2]*object{b.object, h.object}]; ok {
		out.Subject = name + strings.TrimPrefix(at.subject(), subject(at.object))
	}
	if rule.closed && at.object.Text("x-ack-closed") == "true" {
		out.Level = change.Breaking
	}
	out.Message = cmp.Or(rule.sentence(out, at.key), sentence(f, at))
	return out
}

// whole is the schema that has the one at the place as a member.
func (p place) whole() place {
	if p.object != nil && p.object.Kind == oas.Schema && p.object.Key == nil && p.object.Parent.Kind == oas.Schema {
		return place{object: p.object.Parent, key: p.object.Field}
	}
	return p
}

// source finds the place that oasdiff names.
func (s *side) source(at *checker.Source) (place, bool) {
	if at == nil || at.Line == 0 {
		return place{}, false
	}
	return s.at(at.Line, at.Column)
}

// subject names what is at a place: for an entry of required, the property.
func (p place) subject() string {
	if p.key == "required" && p.item != "" && p.object.Kind == oas.Schema {
		return subject(p.object) + "." + p.item
	}
	return subject(p.object)
}

// node is the YAML node to report for a place.
func (p place) node() *yaml.Node {
	if p.key != "" {
		for _, item := range yamlsrc.Items(p.object.Get(p.key)) {
			if p.item != "" && item.Value == p.item {
				return item
			}
		}
		if key := p.object.KeyOf(p.key); key != nil {
			return key
		}
	}
	return p.object.Start()
}

// completePositions adds the position of the object on the side that oasdiff does not
// name, if it is there, too.
func (c *comparison) completePositions(out *change.Change, at place, inBase, inHead bool) {
	other := c.partner[at.object]
	switch {
	case other == nil || strings.HasSuffix(out.Kind, "-added") && at.key == "" || strings.HasSuffix(out.Kind, "-removed") && at.key == "":
	case !inBase && inHead:
		out.Base = c.base.pos(place{object: other, key: at.key}.node())
	case inBase && !inHead:
		out.Head = c.head.pos(place{object: other, key: at.key}.node())
	}
}

// operation names the operation that oasdiff found the change in.
func (c *comparison) operation(f checker.Change) string {
	if f.GetOperation() == "" {
		return ""
	}
	route := strings.ToLower(f.GetOperation()) + " " + oas.PathForm(f.GetPath())
	for _, s := range []*side{c.head, c.base} {
		if op := s.routes[route]; op != nil {
			return subject(op)
		}
	}
	return cmp.Or(f.GetOperationId(), f.GetOperation()+" "+f.GetPath())
}

// values returns what stood and what stands at a place, if the change is one of a value.
// One of the two places may be missing.
func (c *comparison) values(f checker.Change, kind string, b, h place) (from, to string) {
	at := h
	if at.object == nil {
		at = b
	}
	switch {
	case madeOf.MatchString(kind) && len(f.GetArgs()) > 0:
		return oneOf(kind, strings.ReplaceAll(fmt.Sprint(f.GetArgs()[0]), "#/components/schemas/", ""))
	case kind == "operation-removed" || kind == "operation-added":
		return oneOf(kind, routeOf(at.object))
	case at.key == "enum" && at.item != "":
		return oneOf(kind, at.item)
	}
	if b.object == nil {
		b.object = c.partner[at.object]
	}
	if h.object == nil {
		h.object = c.partner[at.object]
	}
	switch re := aspects[at.key]; {
	case kind == "operation-renamed" && b.object != nil && h.object != nil:
		return subject(b.object), subject(h.object)
	case aspects["type"].MatchString(kind):
		return typeOf(b.object), typeOf(h.object)
	case re == nil || !re.MatchString(kind) || at.key == "required" || at.key == "deprecated":
		return "", ""
	}
	return valueOf(b.object, at.key), valueOf(h.object, at.key)
}

// oneOf returns a value as the one that is gone, or as the new one.
func oneOf(kind, value string) (from, to string) {
	if strings.HasSuffix(kind, "-removed") || strings.Contains(kind, "-removed-") {
		return value, ""
	}
	return "", value
}

// madeOf are the kinds of changes of allOf, oneOf and anyOf.
var madeOf = regexp.MustCompile(`-(all|any|one)-of-(added|removed)`)

// routeOf names the method and path of an operation, as people write them.
func routeOf(op *object) string {
	if op.Kind != oas.Operation {
		return ""
	}
	return strings.ToUpper(op.Name) + " " + op.Parent.Name
}

func valueOf(n *object, key string) string {
	if n == nil {
		return ""
	}
	return shown(key, n.Get(key))
}

// typeOf writes the type of a schema for people.
func typeOf(n *object) string {
	if n == nil {
		return ""
	}
	if schema := n.Child("schema"); schema != nil { // of a header
		n = schema
	}
	text := cmp.Or(shown("type", n.Get("type")), "any type")
	if format := n.Text("format"); format != "" {
		text += " (" + format + ")"
	}
	return text
}

var localize = checker.NewDefaultLocalizer()

// sentence makes a sentence of a message of oasdiff. The way to a property, which differs
// from operation to operation, gives way to its name.
func sentence(f checker.Change, at place) string {
	args := make([]any, 0, len(f.GetArgs()))
	for _, arg := range f.GetArgs() {
		text := fmt.Sprint(arg)
		if n, ok := arg.(float64); ok {
			text = strconv.FormatFloat(n, 'g', -1, 64)
		}
		if last := lastStep(arg); last == at.object.Name || last == at.item {
			text = at.subject()
		}
		args = append(args, text)
	}
	text := localize(f.GetId(), args...)
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// merge makes one change of those that differ in the operations only.
func merge(changes []change.Change) []change.Change {
	index := map[string]int{}
	var out []change.Change
	for _, c := range changes {
		id := c.Fingerprint()
		i, ok := index[id]
		if !ok {
			index[id] = len(out)
			out = append(out, c)
			continue
		}
		first := &out[i]
		first.Level = max(first.Level, c.Level)
		first.Operations = append(first.Operations, c.Operations...)
	}
	for i := range out {
		slices.Sort(out[i].Operations)
		out[i].Operations = slices.Compact(out[i].Operations)
	}
	return out
}

// joinMoved makes one change of an operation that is gone from one path and new at
// another.
func joinMoved(changes []change.Change) []change.Change {
	added := map[string]change.Change{}
	for _, c := range changes {
		if c.Kind == "operation-added" {
			added[c.Subject] = c
		}
	}
	var out []change.Change
	moved := map[string]bool{}
	for _, c := range changes {
		if to, ok := added[c.Subject]; ok && c.Kind == "operation-removed" {
			moved[c.Subject] = true
			c.Kind, c.To, c.Head = "operation-moved", to.To, to.Head
			r := find(rules, c.Kind)
			c.Level, c.Message = r.level, r.sentence(c, "")
		}
		out = append(out, c)
	}
	return slices.DeleteFunc(out, func(c change.Change) bool { return c.Kind == "operation-added" && moved[c.Subject] })
}
