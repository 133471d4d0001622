package lint_test

import (
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/txtar"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/cmd/internal/rules"
	"github.com/ackgen/ackgen/cmd/specgen/internal/lint"
	"github.com/ackgen/ackgen/generator"
	"github.com/ackgen/ackgen/generator/diag"
)

var update = flag.Bool("update", false, "rewrite the expected positions of the cases")

const (
	repository = "../../../.."
	extensions = repository + "/spec/extensions.yaml"
	cases      = repository + "/cmd/internal/rules/cases"
)

// found are the findings of the three steps over one spec.
type found struct {
	bundle, generator, lint []diag.Finding
}

// of returns the findings of the step that a code belongs to.
func (f found) of(code string) []diag.Finding {
	switch number, _ := strconv.Atoi(code[3:]); {
	case strings.HasPrefix(code, "GEN") || number >= 50 && number < 100:
		return f.generator
	case number < 50:
		return f.bundle
	default:
		return f.lint
	}
}

// TestRules runs the good and the bad example of every rule: the good one
// keeps all rules, the bad one breaks this rule only, at the positions that the case
// lists.
func TestRules(t *testing.T) {
	t.Parallel()
	for _, r := range rules.All() {
		if r.NoCase != "" {
			continue
		}
		t.Run(r.Code, func(t *testing.T) {
			t.Parallel()
			testRule(t, r)
		})
	}
}

func testRule(t *testing.T, r rules.Rule) {
	t.Helper()
	require.NotEmpty(t, r.Bad, "the rule has no bad example")
	require.NotEmpty(t, r.Good, "the rule has no good example")

	good := check(t, r.Good)
	assert.Empty(t, lines(good.bundle), "the good example cannot be bundled")
	assert.Empty(t, lines(good.lint), "the good example breaks rules")
	assert.Empty(t, lines(good.of(r.Code)))

	bad := check(t, r.Bad)
	for _, f := range bad.bundle {
		broken := slices.Contains([]string{"ACK001", "ACK002", "ACK003", "ACK004"}, f.Code)
		assert.True(t, f.Code == r.Code || !broken, f.String())
	}
	findings := bad.of(r.Code)
	positions := make([]string, 0, len(findings))
	for _, f := range findings {
		assert.Equal(t, r.Code, f.Code, f.String())
		positions = append(positions, f.Pos.String())
	}
	if *update {
		rewrite(t, r.Code, positions)
		return
	}
	assert.NotEmpty(t, r.Want, "the case lists no positions")
	assert.Equal(t, r.Want, positions)
}

// TestBase makes sure that whatever a case finds comes from the case.
func TestBase(t *testing.T) {
	t.Parallel()
	f := check(t, nil)
	assert.Empty(t, lines(f.bundle))
	assert.Empty(t, lines(f.generator))
	assert.Empty(t, lines(f.lint))
}

// TestEveryCodeIsDeclared looks for codes in the sources of everything that
// reports findings, and for rules whose code nothing reports.
func TestEveryCodeIsDeclared(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, folder := range []string{"generator", "cmd/internal/bundle", "cmd/specgen/internal/lint", "cmd/specgen/internal/approval"} {
		err := filepath.WalkDir(filepath.Join(repository, folder), func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := os.ReadFile(path)
			for _, code := range regexp.MustCompile(`"((?:ACK|GEN)[0-9]{3})"`).FindAllStringSubmatch(string(source), -1) {
				used[code[1]] = true
			}
			return err
		})
		require.NoError(t, err)
	}
	declared := map[string]bool{}
	for _, r := range rules.All() {
		declared[r.Code] = true
	}
	assert.Equal(t, slices.Sorted(maps.Keys(used)), slices.Sorted(maps.Keys(declared)))
	for _, r := range lint.Rules() {
		assert.True(t, declared[r.Code], r.Code)
	}
}

// check applies snippets to the base spec and runs the three steps over the
// result. Paths of the findings are below the spec folder.
func check(t *testing.T, snippets []rules.Snippet) found {
	t.Helper()
	dir := t.TempDir()
	text := rules.BaseSpec()
	schemas, err := os.ReadFile(extensions)
	require.NoError(t, err)
	text["extensions.yaml"] = string(schemas)
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
		f.generator = generator.Check(t.Context(), generator.Options{SpecName: "openapi.yaml", Spec: b.YAML})
		for i := range f.generator {
			f.generator[i].Pos, _ = b.Source(f.generator[i].Pos.Line, f.generator[i].Pos.Col)
		}
		f.generator = relative(f.generator, dir)
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
	s := lint.Settings{Sources: read("sources.yaml"), Extensions: read("extensions.yaml"), Lint: read("lint.yaml"), Terms: read("terms.yaml"), Today: time.Date(2026, time.November, 27, 0, 0, 0, 0, time.UTC)}
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

// rewrite replaces the list of positions of a case, and fails: an update has to be
// looked at.
func rewrite(t *testing.T, code string, positions []string) {
	t.Helper()
	name := filepath.Join(cases, code+".txtar")
	a, err := txtar.ParseFile(name)
	require.NoError(t, err)
	want := txtar.File{Name: "want", Data: []byte(strings.Join(positions, "\n") + "\n")}
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
