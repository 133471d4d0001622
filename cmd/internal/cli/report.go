package cli

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/cmd/internal/rules"
	"github.com/ackgen/ackgen/generator/diag"
)

// Report prints findings, and the summary line when nothing is wrong. It returns
// [ErrFindings] when there is more than warnings. In JSON the findings are the
// result.
func (t *Tool) Report(findings []diag.Finding, summary string) error {
	findings = t.WithFixes(findings)
	wrong := slices.ContainsFunc(findings, func(f diag.Finding) bool { return !f.Warning })
	if t.JSON() {
		if err := t.PrintJSON(struct {
			Findings []diag.Finding `json:"findings"`
		}{findings}); err != nil {
			return err
		}
	} else if len(findings) > 0 {
		if err := t.printFindings(text(findings)); err != nil {
			return err
		}
	}
	if wrong {
		return ErrFindings
	}
	if summary == "" || t.JSON() {
		return nil
	}
	return t.Print(summary + "\n")
}

func (t *Tool) printFindings(text string) error {
	t.clear()
	if t.paintErr {
		text = paintFindings(text)
	}
	return writeTo(t.stderr, text)
}

// WithFixes returns copies of the findings. One without a fix gets that of its
// code. The result is never nil.
func (t *Tool) WithFixes(findings []diag.Finding) []diag.Finding {
	out := append([]diag.Finding{}, findings...)
	for i := range out {
		r, _ := rules.Find(out[i].Code)
		out[i].Fix = cmp.Or(out[i].Fix, r.Fix)
	}
	return out
}

// text writes findings for people.
func text(findings []diag.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		b.WriteString(f.String() + "\n")
	}
	b.WriteString(Count(len(findings), "finding") + "\n")
	return b.String()
}
