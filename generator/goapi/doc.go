package goapi

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
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
