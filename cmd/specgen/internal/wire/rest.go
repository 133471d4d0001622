package wire

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

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
		case textKind(d) != "" || checkOf(d) != nil:
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

// reported tells whether a change of the kinds that belong to a key is there.
func (c *comparison) reported(d difference, kinds map[string][]string) bool {
	re := aspects[d.key]
	if re == nil {
		return false
	}
	names := []string{subject(d.base), subject(d.head)}
	return slices.ContainsFunc(slices.Concat(kinds[names[0]], kinds[names[1]]), re.MatchString)
}

// restObject reports an object that is only on one side.
func (c *comparison) restObject(d difference, kinds map[string][]string) []change.Change {
	o, s, end := d.head, c.head, "-added"
	if d.head == nil {
		o, s, end = d.base, c.base, "-removed"
	}
	name := subject(o)
	if o.Parent.Kind == oas.Components {
		if len(s.reached[o]) > 0 {
			return nil // what refers to it is reported
		}
		ch := c.by("unused-"+kebab(string(o.Kind))+end, name, "", "", d)
		ch.Message = fmt.Sprintf("%s, which no operation needs, is %s.", name, verb(end))
		return []change.Change{ch}
	}
	own := slices.ContainsFunc(kinds[name], func(kind string) bool { return strings.HasSuffix(kind, end) || strings.Contains(kind, end+"-") })
	if own || o.Kind == oas.Schema && o.Field != "properties" && len(kinds[subject(o.Parent)]) > 0 {
		return nil
	}
	ch := c.by(c.unused(o, kebab(string(o.Kind))+end), name, "", "", d)
	if ch.Message == "" {
		ch.Message = fmt.Sprintf("The %s of %s is %s.", o.Kind, name, verb(end))
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
		name := subject(d.object()) + "." + field
		if slices.ContainsFunc(kinds[name], aspects["required"].MatchString) || slices.ContainsFunc(kinds[name], isGone) {
			continue
		}
		ch := c.by(c.unused(d.object(), "schema-required-changed"), name, mark(from, field), mark(to, field), d)
		ch.Message = fmt.Sprintf("Whether %s is required changes.", name)
		out = append(out, ch)
	}
	return out
}

func isGone(kind string) bool { return strings.HasSuffix(kind, "-removed") }

// mark writes whether a list names a field.
func mark(required []string, field string) string {
	if slices.Contains(required, field) {
		return "required"
	}
	return "optional"
}

// restKey reports a key by its name and values.
func (c *comparison) restKey(d difference) change.Change {
	o := d.object()
	name, from, to := subject(o), shown(d.key, d.from), shown(d.key, d.to)
	ch := c.by(c.kindOfKey(d), name, from, to, d)
	if ch.Message == "" {
		ch.Message = fmt.Sprintf("The key %s of %s changes from %s to %s.", d.key, name, orNothing(from), orNothing(to))
	}
	return ch
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return text
}

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
		case unicode.IsUpper(r):
			b.WriteString("-" + string(unicode.ToLower(r)))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
