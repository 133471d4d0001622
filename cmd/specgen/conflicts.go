package main

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
	"github.com/ackgen/ackgen/cmd/specgen/internal/lint"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// conflict is a contradiction between sources, as list prints it.
type conflict struct {
	Conflict  string     `json:"conflict"`
	Statement string     `json:"statement"`
	Decisions []decision `json:"decisions,omitempty"`
	// Outside tells where a contradiction that concerns no operation is decided.
	Outside string `json:"outside,omitempty"`
}

// decision is what x-ack-source says of a conflict.
type decision struct {
	Position string `json:"position"`
	Decision string `json:"decision"`
}

func (a app) listConflicts(d *document.Document) error {
	settings, list, err := readSettings(d.Dir, d.Files)
	if err != nil {
		return err
	}
	if len(list) > 0 {
		return a.Report(list, "")
	}
	conflicts := conflictsOf(d, settings)
	if a.JSON() {
		return a.PrintJSON(conflicts)
	}
	var b strings.Builder
	for _, c := range conflicts {
		b.WriteString(c.Conflict + ": " + c.Statement + "\n")
		for _, d := range c.Decisions {
			b.WriteString("  " + d.Position + ": " + d.Decision + "\n")
		}
		switch {
		case c.Outside != "":
			b.WriteString("  outside: " + c.Outside + "\n")
		case len(c.Decisions) == 0:
			b.WriteString("  not decided\n")
		}
	}
	return a.Print(b.String())
}

// conflictsOf returns the conflicts of sources.yaml by number, with the decisions of
// the document.
func conflictsOf(d *document.Document, settings lint.Settings) []conflict {
	decisions := map[string][]decision{}
	for o := range d.Tree.All() {
		for _, entry := range yamlsrc.Items(o.Get("x-ack-source")) {
			addDecision(d, decisions, entry)
		}
	}
	out := []conflict{}
	for key, value := range yamlsrc.Pairs(yamlsrc.Value(settings.Sources, "conflicts")) {
		c := conflict{Conflict: key.Value, Statement: value.Value, Decisions: decisions[key.Value]}
		if value.Kind == yaml.MappingNode {
			c.Statement, c.Outside = yamlsrc.Text(value, "conflict"), yamlsrc.Text(value, "outside")
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(x, y conflict) int { return cmp.Compare(number(x.Conflict), number(y.Conflict)) })
	return out
}

func addDecision(d *document.Document, decisions map[string][]decision, entry *yaml.Node) {
	if name := yamlsrc.Text(entry, "conflict"); name != "" {
		pos := d.Files.Pos(entry)
		decisions[name] = append(decisions[name], decision{pos.String(), strings.TrimSpace(yamlsrc.Text(entry, "decision"))})
	}
}

// number returns the number of a conflict, which is a letter and digits.
func number(conflict string) int {
	n, err := strconv.Atoi(strings.TrimLeft(conflict, "C"))
	if err != nil {
		return 0
	}
	return n
}
