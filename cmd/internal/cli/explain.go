package cli

import (
	"fmt"
	"strings"

	"github.com/ackgen/ackgen/cmd/internal/rules"
	"github.com/ackgen/ackgen/internal/spell"
)

// ListCodes prints the code, group and title of every rule.
func (t *Tool) ListCodes() error {
	if t.JSON() {
		return t.PrintJSON(rules.All())
	}
	var b strings.Builder
	for _, r := range rules.All() {
		fmt.Fprintf(&b, "%s  %-10s  %s\n", r.Code, r.Group, r.Title)
	}
	return t.Print(b.String())
}

// Explain prints everything that is known about a code of any command.
func (t *Tool) Explain(code string) error {
	r, ok := rules.Find(code)
	if !ok {
		var codes []string
		for _, r := range rules.All() {
			codes = append(codes, r.Code)
		}
		return fmt.Errorf("unknown code %q%s (specgen lint --list prints all codes)", code, spell.Hint(code, codes))
	}
	if t.JSON() {
		return t.PrintJSON(r)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\nWhy:  %s\nFix:  %s.\n", r.Code, r.Title, r.Why, r.Fix)
	writeSnippets(&b, "Bad", r.Bad)
	writeSnippets(&b, "Good", r.Good)
	return t.Print(b.String())
}

func writeSnippets(b *strings.Builder, title string, snippets []rules.Snippet) {
	for _, s := range snippets {
		text, where := s.Text, s.File
		if strings.TrimSpace(text) == "" {
			text, where = s.Old, where+" without this"
		}
		fmt.Fprintf(b, "\n%s, in %s:\n\n", title, where)
		for _, line := range dedent(text) {
			if line != "" {
				line = "    " + line
			}
			fmt.Fprintln(b, line)
		}
	}
}

// dedent takes off the indentation that all lines share.
func dedent(text string) []string {
	lines := strings.Split(strings.Trim(text, "\n"), "\n")
	common := len(text)
	for _, l := range lines {
		if trimmed := strings.TrimLeft(l, " "); trimmed != "" {
			common = min(common, len(l)-len(trimmed))
		}
	}
	for i, l := range lines {
		lines[i] = l[min(common, len(l)):]
	}
	return lines
}
