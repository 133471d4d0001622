// Package changelog writes what a version changes for the people who use it: the
// section of the version from the changes that were found, and its place in
// CHANGELOG.md.
//
// It may import its sibling change, generator/load/oas, golang.org/x/mod and the
// standard library. It reads and writes no files.
package changelog

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/generator/load/oas"
)

// Content is what a section tells.
type Content struct {
	// Version is the version with its v, such as v1.2.0.
	Version string
	// Date is the day of the release as 2006-01-02.
	Date string
	// Notes are what people wrote for this version, as Markdown. They come first.
	Notes string
	// Changes are the differences from the version before.
	Changes []change.Change
	// Reasons tell why a break was accepted, by the fingerprint of the change.
	Reasons map[string]string
	// Retracted are versions that nobody should use any more.
	Retracted []Retraction
	// Groups are the groups of the operations, by operation; see [GroupsOf].
	Groups map[string]string
}

// Retraction takes versions back.
type Retraction struct {
	// Versions are those that are taken back, such as v1.2.3.
	Versions string
	// Reason says why.
	Reason string
}

// Section returns the section of a version as Markdown, which ends with a line feed.
// Each change stands in it once, however often and in whichever words it was found.
func Section(c Content) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", heading(c.Version, c.Date))
	if notes := strings.TrimSpace(c.Notes); notes != "" {
		fmt.Fprintf(&b, "\n%s\n", notes)
	}
	parts := sorted(c)
	for _, r := range c.Retracted {
		parts[retracted] = append(parts[retracted], "- "+code(r.Versions)+": "+fullStop(escape(r.Reason)))
	}
	for _, p := range order {
		if lines := parts[p]; len(lines) > 0 {
			fmt.Fprintf(&b, "\n### %s\n\n%s\n", p, strings.Join(lines, "\n"))
		}
	}
	if len(parts) == 0 && strings.TrimSpace(c.Notes) == "" {
		b.WriteString("\nNothing that users notice.\n")
	}
	return b.String()
}

func heading(version, date string) string { return "## " + version + " - " + date }

// The parts of a section.
const (
	retracted     = "Retracted"
	breaking      = "Breaking changes"
	added         = "Added"
	changed       = "Changed"
	deprecated    = "Deprecated"
	removed       = "Removed"
	documentation = "Documentation"
)

var order = []string{retracted, breaking, added, changed, deprecated, removed, documentation}

// sorted returns the lines of each part.
func sorted(c Content) map[string][]string {
	changes := merge(c.Changes)
	parts := map[string][]string{}
	operations := map[string][]string{}
	var names []change.Change
	texts := 0
	for _, ch := range changes {
		switch part, noun := classify(ch); {
		case part == "": // says nothing to users
		case part == documentation:
			texts++
		case noun == operation:
			for _, name := range operationsOf(ch) {
				operations[c.Groups[name]] = append(operations[c.Groups[name]], name)
			}
		case part == added && ch.Kind == goAdded:
			names = append(names, ch)
		case part == breaking:
			parts[part] = append(parts[part], breakLine(ch, c.Reasons[ch.Fingerprint()]))
		default:
			parts[part] = append(parts[part], line(ch, noun))
		}
	}
	parts[added] = slices.Concat(operationLines(operations), parts[added], nameLines(names))
	if texts > 0 {
		parts[documentation] = []string{fmt.Sprintf("- %s revised.", count(texts, "text was", "texts were"))}
	}
	for p, lines := range parts {
		if parts[p] = unique(lines); len(lines) == 0 {
			delete(parts, p)
		}
	}
	return parts
}

func operationLines(byGroup map[string][]string) []string {
	var lines []string
	for _, group := range slices.Sorted(maps.Keys(byGroup)) {
		names := byGroup[group]
		slices.Sort(names)
		label := "Operations"
		if len(slices.Compact(names)) == 1 {
			label = "Operation"
		}
		if group != "" {
			label += " of " + escape(group)
		}
		lines = append(lines, "- "+label+": "+list(slices.Compact(names))+".")
	}
	return lines
}

// line tells of a change that breaks nothing.
func line(c change.Change, noun string) string {
	if noun == "" {
		return "- " + sentence(c)
	}
	text := "- " + noun + " " + code(c.Subject)
	if noun == enumValue && c.To != "" {
		text = "- " + noun + " " + code(c.To) + " of " + code(c.Subject)
	}
	if others := others(c); len(others) > 0 {
		text += ", for " + list(others)
	}
	return text + "."
}

// others are the operations of a change that its subject does not name.
func others(c change.Change) []string {
	return slices.DeleteFunc(slices.Clone(c.Operations), func(op string) bool {
		first, _, _ := strings.Cut(c.Subject, " ")
		return first == op
	})
}

// breakLine tells what breaks and why it was accepted. The advice of a change is for those
// who keep the spec, and users would take it for theirs.
func breakLine(c change.Change, reason string) string {
	text := "- " + sentence(c)
	if reason != "" {
		text += " Accepted because: " + fullStop(escape(reason))
	}
	return text
}

// sentence names the subject, unless the message does so.
func sentence(c change.Change) string {
	text := fullStop(escape(c.Message))
	switch {
	case c.Message == "":
		return code(c.Subject) + " (" + escape(c.Kind) + ")."
	case strings.Contains(c.Message, c.Subject), namesParts(c):
		return capital(text)
	default:
		return code(c.Subject) + ": " + text
	}
}

// namesParts reports whether the message names the owner and the member of a Go name.
func namesParts(c change.Change) bool {
	i := strings.LastIndex(c.Subject, ".")
	return c.Area == change.Go && i > 0 && strings.Contains(c.Message, c.Subject[:i]+" ") && strings.Contains(c.Message, " "+c.Subject[i+1:])
}

// capital begins a sentence with a capital letter, unless it begins with a name.
func capital(text string) string {
	first, _, _ := strings.Cut(text, " ")
	if strings.ToLower(first) != first || strings.ContainsAny(first, "._`") {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

func fullStop(text string) string {
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "!") || strings.HasSuffix(text, "?") {
		return text
	}
	return text + "."
}

func list(names []string) string {
	codes := make([]string, 0, len(names))
	for _, n := range names {
		codes = append(codes, code(n))
	}
	return strings.Join(codes, ", ")
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// unique keeps the first of equal lines.
func unique(lines []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(lines, func(l string) bool {
		again := seen[l]
		seen[l] = true
		return again
	})
}

// GroupsOf returns the group of each operation of a document, which is its first tag.
func GroupsOf(doc *oas.Node) map[string]string {
	groups := map[string]string{}
	if doc == nil {
		return groups
	}
	for op := range doc.Of(oas.Operation) {
		if tags := op.Get("tags"); tags != nil && len(tags.Content) > 0 {
			groups[op.Text("operationId")] = tags.Content[0].Value
		}
	}
	return groups
}
