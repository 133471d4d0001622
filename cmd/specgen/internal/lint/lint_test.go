package lint_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/txtar"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/cmd/specgen/internal/lint"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/diag/rule"
	"github.com/ackgen/ackgen/generator/load/validate"
)

var update = flag.Bool("update", false, "rewrite the expected places of the cases")

const extensions = "../../../../spec/extensions.yaml"

// found are the findings of the three steps over one spec.
type found struct {
	bundle, validate, lint []diag.Finding
}

// step is a step with its rules and a way to pick its findings.
type step struct {
	rules []rule.Info
	pick  func(found) []diag.Finding
}

func steps() []step {
	var own []rule.Info
	for _, r := range lint.Rules() {
		own = append(own, r.Info)
	}
	return []step{
		{bundle.Rules, func(f found) []diag.Finding { return f.bundle }},
		{validate.Rules, func(f found) []diag.Finding { return f.validate }},
		{own, func(f found) []diag.Finding { return f.lint }},
	}
}

// withoutCase are codes that no change of the fragments can cause.
var withoutCase = map[string]string{
	"ACK013": "the committed bundle is stale: golden/specgen/bundle/check_stale",
	"ACK051": "only files that were not assembled have other references: golden/specgen/validate/file",
	"ACK054": "a document that kin-openapi refuses for a reason that no other rule knows",
}

// TestRules runs the good and the bad example of every rule: the good one
// breaks no rule at all, the bad one breaks this rule only, at the places that
// the case lists.
func TestRules(t *testing.T) {
	t.Parallel()
	for _, s := range steps() {
		for _, r := range s.rules {
			if withoutCase[r.Code] != "" {
				continue
			}
			t.Run(r.Code, func(t *testing.T) {
				t.Parallel()
				testRule(t, r.Code, s.pick)
			})
		}
	}
}

func testRule(t *testing.T, code string, pick func(found) []diag.Finding) {
	t.Helper()
	c, err := lint.CaseOf(code)
	require.NoError(t, err)
	require.NotEmpty(t, c.Bad, "the rule has no bad example")
	require.NotEmpty(t, c.Good, "the rule has no good example")

	good := check(t, c.Good)
	assert.Empty(t, lines(good.bundle), "the good example cannot be bundled")
	assert.Empty(t, lines(good.lint), "the good example breaks rules")
	assert.Empty(t, lines(pick(good)))

	bad := check(t, c.Bad)
	for _, f := range bad.bundle {
		broken := slices.Contains([]string{"ACK001", "ACK002", "ACK003", "ACK004"}, f.Code)
		assert.True(t, f.Code == code || !broken, f.String())
	}
	findings := pick(bad)
	places := make([]string, 0, len(findings))
	for _, f := range findings {
		assert.Equal(t, code, f.Code, f.String())
		places = append(places, f.Pos.String())
	}
	if *update {
		rewrite(t, code, places)
		return
	}
	assert.NotEmpty(t, c.Want, "the case lists no places")
	assert.Equal(t, c.Want, places)
}

// TestBase makes sure that whatever a case finds comes from the case.
func TestBase(t *testing.T) {
	t.Parallel()
	f := check(t, nil)
	assert.Empty(t, lines(f.bundle))
	assert.Empty(t, lines(f.validate))
	assert.Empty(t, lines(f.lint))
}

// TestCasesBelongToRules finds cases that were left behind by a deleted rule.
func TestCasesBelongToRules(t *testing.T) {
	t.Parallel()
	known := map[string]bool{"base": true}
	for _, s := range steps() {
		for _, r := range s.rules {
			assert.False(t, known[r.Code], "%s is declared twice", r.Code)
			known[r.Code] = true
			assert.Regexp(t, `^ACK[0-9]{3}$`, r.Code)
			assert.Regexp(t, `^[a-zA-Z].*[^.]$`, r.Title)
			assert.Regexp(t, `^[A-Za-z].*\.$`, r.Why)
			assert.Regexp(t, `^[a-z].*[^.]$`, r.Fix)
		}
	}
	files, err := filepath.Glob("cases/*.txtar")
	require.NoError(t, err)
	for _, f := range files {
		assert.True(t, known[strings.TrimSuffix(filepath.Base(f), ".txtar")], "%s belongs to no rule", f)
	}
}

// check applies snippets to the base spec and runs the three steps over the
// result. Paths of the findings are below the spec folder.
func check(t *testing.T, snippets []rule.Snippet) found {
	t.Helper()
	dir := t.TempDir()
	base, err := txtar.ParseFile("cases/base.txtar")
	require.NoError(t, err)
	text := map[string]string{}
	for _, f := range base.Files {
		text[f.Name] = string(f.Data)
	}
	shapes, err := os.ReadFile(extensions)
	require.NoError(t, err)
	text["extensions.yaml"] = string(shapes)
	for _, s := range snippets {
		if s.Old == "" {
			text[s.File] = s.Text
			continue
		}
		require.Equal(t, 1, strings.Count(text[s.File], s.Old), "%s must hold once: %s", s.File, s.Old)
		text[s.File] = strings.Replace(text[s.File], s.Old, s.Text, 1)
	}
	for name, data := range text {
		file := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o750))
		require.NoError(t, os.WriteFile(file, []byte(data), 0o600))
	}
	b, err := bundle.Build(dir)
	require.NoError(t, err)
	require.NotNil(t, b.Tree)
	f := found{
		bundle: relative(b.Findings, dir),
		lint:   relative(lint.Run(lint.Rules(), b.Tree, b.Files, settings(t, dir, b)), dir),
	}
	if b.Whole() {
		_, invalid := validate.Document(t.Context(), b.YAML, func(line, col int) diag.Pos {
			pos, _ := b.Source(line, col)
			return pos
		})
		f.validate = relative(invalid, dir)
	}
	return f
}

func settings(t *testing.T, dir string, b *bundle.Bundle) lint.Settings {
	t.Helper()
	var list diag.List
	read := func(name string) *yaml.Node {
		n, err := bundle.ReadSettings(dir, name, b.Files, &list)
		require.NoError(t, err)
		return n
	}
	s := lint.Settings{Sources: read("sources.yaml"), Extensions: read("extensions.yaml"), Exceptions: read("lint.yaml")}
	require.Empty(t, list.Sorted())
	return s
}

func relative(findings []diag.Finding, dir string) []diag.Finding {
	for i := range findings {
		findings[i].Pos.File = strings.TrimPrefix(findings[i].Pos.File, filepath.ToSlash(dir)+"/")
	}
	return findings
}

func lines(findings []diag.Finding) []string {
	out := make([]string, len(findings))
	for i, f := range findings {
		out[i] = f.String()
	}
	return out
}

// rewrite replaces the list of places of a case, and fails: an update has to be
// looked at.
func rewrite(t *testing.T, code string, places []string) {
	t.Helper()
	name := filepath.Join("cases", code+".txtar")
	a, err := txtar.ParseFile(name)
	require.NoError(t, err)
	want := txtar.File{Name: "want", Data: []byte(strings.Join(places, "\n") + "\n")}
	a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return f.Name == "want" })
	a.Files = append(a.Files, want)
	data := txtar.Format(a)
	old, err := os.ReadFile(name)
	require.NoError(t, err)
	if string(old) != string(data) {
		require.NoError(t, os.WriteFile(name, data, 0o600))
		t.Error("updated; look at the difference and run again without -update")
	}
}
