package wire

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/generator/load"
	"github.com/ackgen/ackgen/generator/load/oas"
)

// rest reports the differences that no other check has reported, so that none is lost.
func (c *comparison) rest(reported []change.Change) []change.Change {
	kinds := map[string][]string{}
	for _, ch := range reported {
		kinds[ch.Subject] = append(kinds[ch.Subject], ch.Kind)
	}
	var out []change.Change
	for _, d := range c.found {
		switch {
		case textKind(d) != "" || checkOf(d) != nil || c.otherParameter(d):
		case d.key == "":
			out = append(out, c.restObject(d, kinds)...)
		case d.key == "required" && d.object().Kind == oas.Schema:
			out = append(out, c.restRequired(d, kinds)...)
		case !c.reported(d, kinds):
			out = append(out, c.restKey(d))
		}
	}
	return out
}

// otherParameter reports whether a shared parameter has become another one: operations
// tell that they lose the one and get the other.
func (c *comparison) otherParameter(d difference) bool {
	o := d.object()
	return o.Kind == oas.Parameter && (d.key == "name" || d.key == "in") && d.base.Text("in") != "path" && len(d.operations) > 0
}

// reported tells whether a change of the kinds that belong to a key is there.
func (c *comparison) reported(d difference, kinds map[string][]string) bool {
	re := aspects[d.key]
	if re == nil {
		return false
	}
	return slices.ContainsFunc(slices.Concat(kinds[d.subject], kinds[subject(d.base)], kinds[subject(d.head)]), re.MatchString)
}

// restObject reports an object that is only on one side.
func (c *comparison) restObject(d difference, kinds map[string][]string) []change.Change {
	o, s, end := d.head, c.head, "-added"
	if d.head == nil {
		o, s, end = d.base, c.base, "-removed"
	}
	name := d.subject
	own := slices.ContainsFunc(slices.Concat(kinds[name], kinds[subject(o)]), func(kind string) bool {
		return strings.HasSuffix(kind, end) || strings.Contains(kind, end+"-")
	})
	switch {
	case own:
		return nil
	case o.Parent.Kind == oas.Components:
		if len(s.reached[o]) > 0 {
			return nil // what refers to it is reported
		}
		ch := c.by("unused-"+kebab(string(o.Kind))+end, name, "", "", d)
		ch.Message = upper(fmt.Sprintf("%s, which no operation needs, is %s.", name, verb(end)))
		return []change.Change{ch}
	case o.Kind == oas.Schema && o.Field != "properties" && len(kinds[subject(o.Parent)]) > 0:
		return nil // its holder is reported
	}
	ch := c.by(c.unused(o, kebab(string(o.Kind))+end), name, "", "", d)
	if ch.Message == "" {
		ch.Message = upper(fmt.Sprintf("%s is %s (%s).", name, verb(end), o.Kind))
	}
	return []change.Change{ch}
}

func verb(end string) string {
	if end == "-added" {
		return "new"
	}
	return "gone"
}

// restRequired reports every property that is required on one side only.
func (c *comparison) restRequired(d difference, kinds map[string][]string) []change.Change {
	var out []change.Change
	from, to := items(d.from), items(d.to)
	for _, field := range slices.Concat(only(from, to), only(to, from)) {
		name := d.subject + "." + field
		if slices.ContainsFunc(kinds[name], aspects["required"].MatchString) || slices.ContainsFunc(kinds[name], isGone) {
			continue
		}
		kind := "schema-became-required"
		if slices.Contains(from, field) {
			kind = "schema-became-optional"
		}
		ch := c.by(c.unused(d.object(), kind), name, "", "", d)
		if ch.Message == "" {
			ch.Message = fmt.Sprintf("Another word says whether %s, which no operation needs, is required.", name)
		}
		out = append(out, ch)
	}
	return out
}

func isGone(kind string) bool { return strings.HasSuffix(kind, "-removed") }

// restKey reports a key by its name and values.
func (c *comparison) restKey(d difference) change.Change {
	from, to := cmp.Or(shown(d.key, d.from), without(d)), cmp.Or(shown(d.key, d.to), without(d))
	if d.key == "$ref" {
		from, to = component(from), component(to)
	}
	kind := c.kindOfKey(d)
	if from == to && (d.from == nil || d.to == nil) {
		kind = writtenOut
	}
	ch := c.by(kind, d.subject, from, to, d)
	if ch.Message == "" {
		ch.Message = fmt.Sprintf("The key %s of %s changes from %s to %s.", d.key, d.subject, cmp.Or(from, "nothing"), cmp.Or(to, "nothing"))
	}
	return ch
}

// writtenOut is the kind of a change after which a key says what holds without it, too.
const writtenOut = "default-written-out"

// absent tells what holds without a key.
var absent = map[string]string{
	"$ref": "a description of its own", "deprecated": "false", "exclusiveMaximum": "false", "exclusiveMinimum": "false",
	"nullable": "false", "readOnly": "false", "uniqueItems": "false", "writeOnly": "false",
	"x-ack-closed": "false", "x-ack-sensitive": "false", "x-ack-status": "stable",
}

// without tells what holds without the key of a difference, or "" when nobody knows.
func without(d difference) string {
	o := d.object()
	switch {
	case d.key == "required" && o.Kind != oas.Schema:
		return "false"
	case d.key == "style" && slices.Contains([]string{"query", "cookie"}, o.Text("in")):
		return "form"
	case d.key == "style":
		return "simple"
	case d.key == "explode" && o.Kind == oas.Parameter:
		return strconv.FormatBool(cmp.Or(o.Text("style"), without(difference{head: o, key: "style"})) == "form")
	case d.key == "x-ack-retry" && (o.Name == "get" || o.Name == "head"):
		return "idempotent"
	case d.key == "x-ack-retry":
		return "unsafe"
	}
	return absent[d.key]
}

// component names what a reference leads to.
func component(ref string) string { return ref[strings.LastIndex(ref, "/")+1:] }

// kindOfKey names the kind of a difference that only the walk knows.
func (c *comparison) kindOfKey(d difference) string {
	o, end := d.object(), "-changed"
	switch {
	case d.from == nil:
		end = "-added"
	case d.to == nil:
		end = "-removed"
	}
	switch {
	case d.key == "$ref":
		return "reference-changed"
	case d.key == "name" && o.Kind == oas.Parameter && o.Text("in") == "path":
		return "path-placeholder-renamed"
	case strings.HasPrefix(d.key, "x-") && isOurs(d.key):
		return d.key + end
	case strings.HasPrefix(d.key, "x-"):
		return "foreign-extension" + end
	}
	return c.unused(o, kebab(string(o.Kind)+" "+d.key)+end)
}

func isOurs(key string) bool {
	return slices.ContainsFunc(load.Extensions, func(x load.Extension) bool { return x.Name == key })
}

// unused changes the kind of what is in a component that no operation needs.
func (c *comparison) unused(o *object, kind string) string {
	owner := o.Owner()
	if owner == nil || owner.Parent.Kind != oas.Components || owner.Kind == oas.SecurityScheme ||
		len(c.base.concerned(o)) > 0 || len(c.head.concerned(o)) > 0 {
		return kind
	}
	return "unused-" + kind
}

// kebab writes words as they stand in kinds: uniqueItems becomes unique-items.
func kebab(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == ' ':
			b.WriteByte('-')
		case 'A' <= r && r <= 'Z':
			b.WriteString("-" + strings.ToLower(string(r)))
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			b.WriteRune(r)
		}
	}
	return b.String()
}
