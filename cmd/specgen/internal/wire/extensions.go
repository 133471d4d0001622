package wire

import (
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// checks report the differences of keys that they know better than the walk, which
// names a key and its values.
var checks = map[string]func(*comparison, difference) []change.Change{
	"x-ack-always":      (*comparison).always,
	"x-ack-error-codes": (*comparison).errorCodes,
	"x-ack-regions":     (*comparison).regions,
	"x-ack-retry":       (*comparison).retry,
	"x-ack-waiter":      (*comparison).waiters,
	"x-ack-deprecated":  (*comparison).deprecatedPaths,
	"x-ack-absent":      (*comparison).absent,
	"x-ack-removed":     (*comparison).window,
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
	}
	return checks[d.key]
}

// by makes a change of a kind of which the rule has the level and the message.
func (c *comparison) by(kind, subject, from, to string, d difference) change.Change {
	out := c.change(kind, subject, d)
	out.From, out.To = from, to
	r := find(ownRules, kind)
	out.Level, out.Message = r.level, r.sentence(out)
	return out
}

// always reports every property that responses have or no longer have for sure.
func (c *comparison) always(d difference) []change.Change {
	var out []change.Change
	name := subject(d.object())
	from, to := items(d.from), items(d.to)
	for _, field := range only(from, to) {
		out = append(out, c.by("always-removed", name, field, "", d))
	}
	for _, field := range only(to, from) {
		out = append(out, c.by("always-added", name, "", field, d))
	}
	return out
}

// regions reports every region that a server serves or no longer serves.
func (c *comparison) regions(d difference) []change.Change {
	var out []change.Change
	server := d.object()
	if server.Kind == oas.ServerVariable {
		server = server.Parent
	}
	name := subject(server)
	from, to := items(d.from), items(d.to)
	for _, region := range only(from, to) {
		out = append(out, c.by("region-removed", name, region, "", d))
	}
	for _, region := range only(to, from) {
		out = append(out, c.by("region-added", name, "", region, d))
	}
	return out
}

// group reports that an operation is in another group, or has other tags.
func (c *comparison) group(d difference) []change.Change {
	from, to := strings.Join(items(d.from), ", "), strings.Join(items(d.to), ", ")
	return []change.Change{c.by("group-changed", subject(d.object()), from, to, d)}
}

// retry reports another class of retries. Nothing becomes worse from unsafe on.
func (c *comparison) retry(d difference) []change.Change {
	from, to := shown(d.key, d.from), shown(d.key, d.to)
	kind := "retry-changed"
	if from == "unsafe" {
		kind = "retry-allowed"
	}
	return []change.Change{c.by(kind, subject(d.object()), from, to, d)}
}

// absent reports that it means something, or nothing, that a property is missing.
// Other words for it are a text.
func (c *comparison) absent(d difference) []change.Change {
	name := subject(d.object())
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
	name := subject(d.object())
	switch {
	case d.from == nil:
		return []change.Change{c.by("shim-marked", name, "", windowText(d.to), d)}
	case d.to == nil:
		return []change.Change{c.by("shim-unmarked", name, windowText(d.from), "", d)}
	default:
		return []change.Change{c.by("shim-window-changed", name, windowText(d.from), windowText(d.to), d)}
	}
}

func windowText(n *yaml.Node) string {
	return "gone since " + yamlsrc.Text(n, "since") + ", kept until " + yamlsrc.Text(n, "until")
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
		if key == "description" {
			kind = thing + "-text-changed"
		}
		out = append(out, c.by(kind, name+" "+key, shown(key, from), shown(key, to), d))
	})
	return out
}

func (c *comparison) waiters(d difference) []change.Change {
	return c.byEntry("waiter", subject(d.object())+" waiter ", d)
}

func (c *comparison) errorCodes(d difference) []change.Change {
	return c.byEntry("error-code", "error code ", d)
}

func (c *comparison) deprecatedPaths(d difference) []change.Change {
	return c.byEntry("path-deprecation", subject(d.object())+".", d)
}
