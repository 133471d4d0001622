package goapi

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// paragraphs joins the texts that are not empty with a blank line.
func paragraphs(texts ...string) string {
	var out []string
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, "\n\n")
}

// firstOf returns the first text that is not blank.
func firstOf(texts ...string) string {
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}

// typeDocVerbs joins the name of a type and the first word of its description to
// a sentence, since Go's convention wants the name first.
var typeDocVerbs = map[string]string{
	"A": "is", "An": "is", "The": "is", "What": "is", "One": "is", "How": "tells", "Whether": "tells", "Which": "tells",
	"Where": "tells", "When": "tells", "Who": "tells", "Why": "tells",
}

// typeDoc returns the text above the type Node for "A node of a cluster.": "Node
// is a node of a cluster." Other descriptions become a paragraph of their own.
func typeDoc(name, description string) string {
	text := strings.TrimSpace(description)
	first, rest, _ := strings.Cut(text, " ")
	if verb, ok := typeDocVerbs[first]; ok {
		return name + " " + verb + " " + strings.ToLower(first) + " " + rest
	}
	return paragraphs(name+" is a type of the API.", text)
}

// lead returns the first paragraph of a description.
func lead(description string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(description), "\n\n")
	return first
}

const extStatus = "x-ack-status"

const deprecatedMark = "Deprecated: "

// splitDeprecated takes the paragraph that starts with "Deprecated: " out of a
// description, so that it can stand last, where Go tools look for it.
func splitDeprecated(description string) (text, deprecated string) {
	var rest []string
	for p := range strings.SplitSeq(description, "\n\n") {
		if strings.HasPrefix(strings.TrimSpace(p), deprecatedMark) {
			deprecated = paragraphs(deprecated, p)
			continue
		}
		rest = append(rest, p)
	}
	return strings.Join(rest, "\n\n"), deprecated
}

// deprecation returns the notice for a deprecated thing whose description has
// none.
func deprecation(deprecated bool, description, what string) string {
	if !deprecated || strings.Contains(description, deprecatedMark) {
		return ""
	}
	return deprecatedMark + "the service keeps this " + what + " for old callers only."
}

// statusDocs are the sentences for the values of x-ack-status. A deprecated thing
// has a notice instead.
var statusDocs = map[string]string{
	"stable": "", "deprecated": "", "legacy": "Legacy: only older documents know it.", "preview": "Preview: it may still change.",
}

// status returns the text about x-ack-status of the thing at o.
func (b *builder) status(ext map[string]any, o *openapi3.Origin, subject string) string {
	v, ok := ext[extStatus]
	if !ok {
		return ""
	}
	name, _ := v.(string)
	doc, ok := statusDocs[name]
	if !ok {
		b.diags.Add(finding(b.Locate(o, extStatus), CodeExtension, subject, "x-ack-status: unknown status "+jsonText(v),
			"write stable, deprecated, legacy or preview"))
	}
	return doc
}

func quote(s string) string { return strconv.Quote(s) }

// jsonText returns a value of the spec as it would stand in JSON.
func jsonText(v any) string {
	var text strings.Builder
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Sprint(v)
	}
	return strings.TrimSpace(text.String())
}
