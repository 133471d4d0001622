package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/generator/diag/rule"
	"github.com/ackgen/ackgen/generator/spell"
)

// Example returns a bad and a good example of the rule behind a code. A code
// may have none.
type Example func(code string) (bad, good []rule.Snippet, err error)

// ListCodes prints every code with the rule that it stands for.
func (t *Tool) ListCodes() error {
	rules := t.sortedRules()
	if t.JSON() {
		return t.PrintJSON(rules)
	}
	var b strings.Builder
	for _, r := range rules {
		fmt.Fprintf(&b, "%s  %s\n", r.Code, r.Title)
	}
	return t.Print(b.String())
}

// Explain prints everything that is known about a code.
func (t *Tool) Explain(code string, example Example) error {
	rules := t.sortedRules()
	i := slices.IndexFunc(rules, func(r rule.Info) bool { return strings.EqualFold(r.Code, code) })
	if i < 0 {
		codes := make([]string, len(rules))
		for i, r := range rules {
			codes[i] = r.Code
		}
		return fmt.Errorf("unknown code %q%s (specgen lint --list prints all codes)", code, spell.Hint(code, codes))
	}
	r := rules[i]
	bad, good, err := example(r.Code)
	if err != nil {
		return err
	}
	if t.JSON() {
		return t.PrintJSON(struct {
			rule.Info

			Bad  []rule.Snippet `json:"bad,omitempty"`
			Good []rule.Snippet `json:"good,omitempty"`
		}{r, bad, good})
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\nWhy:  %s\nFix:  %s.\n", r.Code, r.Title, r.Why, r.Fix)
	writeSnippets(&b, "Bad", bad)
	writeSnippets(&b, "Good", good)
	return t.Print(b.String())
}

func (t *Tool) sortedRules() []rule.Info {
	return slices.SortedFunc(slices.Values(t.rules), func(x, y rule.Info) int { return strings.Compare(x.Code, y.Code) })
}

func writeSnippets(b *strings.Builder, title string, snippets []rule.Snippet) {
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
