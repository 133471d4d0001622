package reference

import (
	"cmp"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// provenance returns what x-ack-source says, with what sources.yaml says of it.
func (b *builder) provenance(ext map[string]any) Provenance {
	var out Provenance
	entries, _ := ext["x-ack-source"].([]any)
	for _, entry := range entries {
		given, _ := entry.(map[string]any)
		word := func(key string) string { v, _ := given[key].(string); return v }
		if name := word("document"); name != "" {
			out.Sources = append(out.Sources, b.source("document", name, word("section")))
		}
		if name := word("snapshot"); name != "" {
			out.Sources = append(out.Sources, b.source("snapshot", name, ""))
		}
		if text := word("decision"); text != "" {
			out.Decisions = append(out.Decisions, Decision{Text: b.text(text, nil), Conflict: word("conflict"), Statement: b.statement(word("conflict"))})
		}
		if text := word("undocumented"); text != "" {
			out.Undocumented = append(out.Undocumented, b.text(text, nil))
		}
	}
	return out
}

// source returns a document or a snapshot, with the address of the section if that has
// one of its own.
func (b *builder) source(kind, name, section string) Source {
	entry := yamlsrc.Value(yamlsrc.Value(b.sources, kind+"s"), name)
	page := yamlsrc.Value(yamlsrc.Value(entry, "sections"), section)
	return Source{
		Kind: kind, Name: name, Title: cmp.Or(yamlsrc.Text(entry, "title"), name), Section: section,
		URL:  webAddress(cmp.Or(yamlsrc.Text(page, "url"), yamlsrc.Text(entry, "url"))),
		Date: cmp.Or(yamlsrc.Text(page, "date"), yamlsrc.Text(entry, "date")),
	}
}

// statement returns what a contradiction between sources is, by its number.
func (b *builder) statement(conflict string) string {
	value := yamlsrc.Value(yamlsrc.Value(b.sources, "conflicts"), conflict)
	if value == nil || value.Kind == yaml.ScalarNode {
		return yamlsrc.Text(yamlsrc.Value(b.sources, "conflicts"), conflict)
	}
	return yamlsrc.Text(value, "conflict")
}
