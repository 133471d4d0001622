package wire

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/internal/userinfo"
)

// checks report the differences of keys that they know better than the walk, which
// names a key and its values.
var checks = map[string]func(*comparison, difference) []change.Change{
	"x-ack-absent":      (*comparison).absent,
	"x-ack-always":      (*comparison).always,
	"x-ack-copies-to":   (*comparison).copies,
	"x-ack-deprecated":  (*comparison).deprecatedPaths,
	"x-ack-error-codes": (*comparison).errorCodes,
	"x-ack-pagination":  (*comparison).pagination,
	"x-ack-regions":     (*comparison).regions,
	"x-ack-removed":     (*comparison).window,
	"x-ack-retry":       (*comparison).retry,
	"x-ack-waiter":      (*comparison).waiters,
}

// ours reports what the checks of our own know.
func (c *comparison) ours() []change.Change {
	var out []change.Change
	for _, d := range c.found {
		if check := checkOf(d); check != nil {
			out = append(out, check(c, d)...)
		}
	}
	return out
}

// checkOf returns the check of a difference, or nil.
func checkOf(d difference) func(*comparison, difference) []change.Change {
	switch {
	case d.key == "enum" && d.object().Kind == oas.ServerVariable:
		return (*comparison).regions
	case d.key == "tags" && d.object().Kind == oas.Operation:
		return (*comparison).group
	case d.key == "servers" && d.object().Kind == oas.Document:
		return (*comparison).servers
	}
	return checks[d.key]
}

// by makes a change of a kind of which the rule has the level and the message.
func (c *comparison) by(kind, subject, from, to string, d difference) change.Change {
	out := c.change(kind, subject, d)
	out.From, out.To = from, to
	r := find(ownRules, kind)
	out.Level, out.Message = r.level, r.sentence(out, d.key)
	return out
}

// byItem makes changes of a family of kinds for the items of a list: thing-added and
// thing-removed.
func (c *comparison) byItem(thing, subject string, d difference) []change.Change {
	var out []change.Change
	from, to := items(d.from), items(d.to)
	for _, item := range only(from, to) {
		out = append(out, c.by(thing+"-removed", subject, item, "", d))
	}
	for _, item := range only(to, from) {
		out = append(out, c.by(thing+"-added", subject, "", item, d))
	}
	return out
}

// always reports every property that responses have or no longer have for sure. The
// value true stands for a body that is never empty.
func (c *comparison) always(d difference) []change.Change {
	out := c.byItem("always", d.subject, d)
	for i, ch := range out {
		if ch.From+ch.To == "true" {
			out[i] = c.by(strings.Replace(ch.Kind, "always", "content-always", 1), ch.Subject, ch.From, ch.To, d)
		}
	}
	return out
}

func (c *comparison) copies(d difference) []change.Change { return c.byItem("copies-to", d.subject, d) }

// regions reports every region that a server serves or no longer serves.
func (c *comparison) regions(d difference) []change.Change {
	name := d.subject
	if d.object().Kind == oas.ServerVariable {
		name = subject(d.object().Parent)
	}
	return c.byItem("region", name, d)
}

// group reports that an operation is in another group, or has other tags.
func (c *comparison) group(d difference) []change.Change {
	from, to := strings.Join(items(d.from), ", "), strings.Join(items(d.to), ", ")
	return []change.Change{c.by("group-changed", d.subject, from, to, d)}
}

// servers reports that the servers stand in another order.
func (c *comparison) servers(d difference) []change.Change {
	return []change.Change{c.by("document-servers-changed", d.subject, urls(d.from), urls(d.to), d)}
}

func urls(servers *yaml.Node) string {
	var out []string
	for _, server := range yamlsrc.Items(servers) {
		out = append(out, userinfo.Hide(yamlsrc.Text(server, "url")))
	}
	return strings.Join(out, ", ")
}

// retry reports another class of retries. Nothing becomes worse from unsafe on.
func (c *comparison) retry(d difference) []change.Change {
	from, to := cmp.Or(shown(d.key, d.from), without(d)), cmp.Or(shown(d.key, d.to), without(d))
	kind := "retry-changed"
	switch from {
	case to:
		kind = writtenOut
	case "unsafe":
		kind = "retry-allowed"
	}
	return []change.Change{c.by(kind, d.subject, from, to, d)}
}

// absent reports that it means something, or nothing, that a property is missing.
// Other words for it are a text.
func (c *comparison) absent(d difference) []change.Change {
	name := d.subject
	switch {
	case d.from == nil:
		return []change.Change{c.by("absent-added", name, "", "", d)}
	case d.to == nil:
		return []change.Change{c.by("absent-removed", name, "", "", d)}
	default:
		return []change.Change{c.by("absent-text-changed", name, "", "", d)}
	}
}

// window reports that the provider removed a thing, that it has it again, or that the
// thing stays for another time.
func (c *comparison) window(d difference) []change.Change {
	switch {
	case d.from == nil:
		return []change.Change{c.by("shim-marked", d.subject, "", windowText(d.to), d)}
	case d.to == nil:
		return []change.Change{c.by("shim-unmarked", d.subject, windowText(d.from), "", d)}
	default:
		return []change.Change{c.by("shim-window-changed", d.subject, windowText(d.from), windowText(d.to), d)}
	}
}

func windowText(n *yaml.Node) string {
	text := "gone since " + yamlsrc.Text(n, "since")
	if version := yamlsrc.Text(n, "version"); version != "" {
		text += " (" + version + ")"
	}
	return text + ", kept until " + yamlsrc.Text(n, "until")
}

// entries calls what reports an entry of a mapping for those that differ.
func entries(d difference, report func(name string, from, to *yaml.Node)) {
	names := map[string]bool{}
	for _, n := range []*yaml.Node{d.from, d.to} {
		for key := range yamlsrc.Pairs(n) {
			names[key.Value] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		from, to := yamlsrc.Value(d.from, name), yamlsrc.Value(d.to, name)
		if canonical(name, from) != canonical(name, to) {
			report(name, from, to)
		}
	}
}

// byEntry makes changes of a family of kinds: thing-added, thing-removed, thing-changed.
func (c *comparison) byEntry(thing, holder string, d difference) []change.Change {
	var out []change.Change
	entries(d, func(name string, from, to *yaml.Node) {
		switch {
		case from == nil:
			out = append(out, c.by(thing+"-added", holder+name, "", "", d))
		case to == nil:
			out = append(out, c.by(thing+"-removed", holder+name, "", "", d))
		default:
			out = append(out, c.changedEntry(thing, holder+name, from, to, d)...)
		}
	})
	return out
}

// changedEntry reports every key of an entry that differs.
func (c *comparison) changedEntry(thing, name string, from, to *yaml.Node, d difference) []change.Change {
	if from.Kind != yaml.MappingNode || to.Kind != yaml.MappingNode {
		return []change.Change{c.by(thing+"-changed", name, "", "", d)}
	}
	var out []change.Change
	entries(difference{from: from, to: to}, func(key string, from, to *yaml.Node) {
		kind := thing + "-changed"
		if key == "description" && thing == "error-code" {
			out = append(out, c.by("error-code-text-changed", name, "", "", d))
			return
		}
		out = append(out, c.by(kind, name+" "+key, shown(key, from), shown(key, to), d))
	})
	return out
}

func (c *comparison) waiters(d difference) []change.Change {
	return c.byEntry("waiter", d.subject+" waiter ", d)
}

func (c *comparison) errorCodes(d difference) []change.Change {
	return c.byEntry("error-code", "error code ", d)
}

func (c *comparison) deprecatedPaths(d difference) []change.Change {
	return c.byEntry("path-deprecation", d.subject+".", d)
}

func (c *comparison) pagination(d difference) []change.Change { return c.whole("pagination", d) }

// whole reports that a mapping is there or not, and every key that differs.
func (c *comparison) whole(thing string, d difference) []change.Change {
	switch {
	case d.from == nil:
		return []change.Change{c.by(thing+"-added", d.subject, "", "", d)}
	case d.to == nil:
		return []change.Change{c.by(thing+"-removed", d.subject, "", "", d)}
	default:
		return c.changedEntry(thing, d.subject+" "+thing, d.from, d.to, d)
	}
}
