package goapi

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/ackgen/ackgen/internal/spell"
)

// extRemoved says of a thing that the provider's API has no longer since when it is
// missing there, and until when it stays in the generated code.
const extRemoved = "x-ack-removed"

const (
	removedSince   = "since"
	removedVersion = "version"
	removedUntil   = "until"
)

// removed returns the sentences about x-ack-removed, which begin in lower case, or ""
// for what was not removed.
func (b *builder) removed(t noticed) string {
	v, ok := t.ext[extRemoved]
	if !ok {
		return ""
	}
	given, _ := v.(map[string]any)
	if given == nil {
		b.badRemoved(t, "", "is not a mapping", "write {since: \"2026-03-31\", until: \"2028-04-01\"}")
		return ""
	}
	known := []string{removedSince, removedVersion, removedUntil}
	for _, key := range slices.Sorted(maps.Keys(given)) {
		if !slices.Contains(known, key) {
			b.badRemoved(t, key, "it is not a key of the extension"+spell.Hint(key, known), "correct the name, or delete it")
		}
	}
	since, layout := b.removedDate(t, given[removedSince], removedSince, time.DateOnly, "2006-01", "2006")
	until, _ := b.removedDate(t, given[removedUntil], removedUntil, time.DateOnly)
	if since != "" && until != "" && (until <= since || strings.HasPrefix(until, since)) {
		b.badRemoved(t, removedUntil, quote(until)+" is not after "+quote(since), "write a day that gives programs time to change, such as one two years later")
	}
	return removedText(t.what, since, layout, b.removedIn(t, given[removedVersion]), until)
}

// checkRemoved reports wrong values on schemas that have no type in Go.
func (b *builder) checkRemoved() {
	if b.Components == nil {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(b.Components.Schemas)) {
		s := b.Components.Schemas[name].Value
		b.removed(noticed{ext: s.Extensions, origin: s.Origin, subject: name, what: "type"})
	}
}

// removedDate returns a date and the layout that it is written in. Less than a day
// will do where the layouts allow it: the day is not always known.
func (b *builder) removedDate(t noticed, v any, key string, layouts ...string) (date, layout string) {
	date, _ = v.(string)
	for _, layout := range layouts {
		if _, err := time.Parse(layout, date); err == nil {
			return date, layout
		}
	}
	fix := "write a day in quotation marks, such as \"2026-03-31\""
	if len(layouts) > 1 {
		fix += ", or the month or the year where no more is known"
	}
	b.badRemoved(t, key, jsonText(v)+" is not a date", fix)
	return "", ""
}

// removedIn returns the version that the thing is missing in, or "".
func (b *builder) removedIn(t noticed, v any) string {
	version, _ := v.(string)
	if v != nil && version == "" {
		b.badRemoved(t, removedVersion, jsonText(v)+" is not a version", "write it as the provider does, in quotation marks")
	}
	return version
}

// removedText says what has become of a thing and how long it stays.
func removedText(what, since, layout, version, until string) string {
	stays, consequence := "field", "ignore it, or leave it out"
	switch what {
	case "operation":
		stays, consequence = "method", "refuse it as unknown"
	case "type":
		stays = what
	}
	when := "in " + since
	if layout == time.DateOnly {
		when = "on " + since
	}
	if version != "" {
		when += " (" + version + ")"
	}
	return fmt.Sprintf("the provider removed this %s from the published API %s, so the service may %s. This %s stays until %s at least.",
		what, when, consequence, stays, until)
}

func (b *builder) badRemoved(t noticed, key, problem, fix string) {
	keys, name := []string{extRemoved}, extRemoved
	if key != "" {
		keys, name = append(keys, key), name+": "+key
	}
	b.diags.Add(finding(b.Locate(t.origin, keys...), CodeExtension, t.subject, name+": "+problem, fix))
}

// upperFirst begins a sentence.
func upperFirst(text string) string {
	r := []rune(text)
	return string(unicode.ToUpper(r[0])) + string(r[1:])
}
