package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/cmd/internal/rules"
	"github.com/ackgen/ackgen/generator/load"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/spec"
)

const specDir = "../../spec"

// TestSpec runs the three checks on the spec of this repository.
func TestSpec(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"bundle", "--check"}, {"validate"}, {"lint"}} {
		t.Run(args[0], func(t *testing.T) {
			t.Parallel()
			var stdout, stderr bytes.Buffer
			code := run(append(args, "--spec", specDir), strings.NewReader(""), &stdout, &stderr)
			assert.Zero(t, code, "%s%s", stdout.String(), stderr.String())
		})
	}
}

// TestEmbeddedBundle checks that package spec holds the bundle, as a copy.
func TestEmbeddedBundle(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile(filepath.Join(specDir, bundle.FileName))
	require.NoError(t, err)
	got := spec.Bundle()
	assert.Equal(t, string(want), string(got))
	got[0] = '!'
	assert.Equal(t, string(want), string(spec.Bundle()), "a caller changed the bundle")
}

// TestBundleIsStable builds the bundle of the repository twice.
func TestBundleIsStable(t *testing.T) {
	t.Parallel()
	first, err := bundle.Build(specDir)
	require.NoError(t, err)
	second, err := bundle.Build(specDir)
	require.NoError(t, err)
	assert.Equal(t, string(first.YAML), string(second.YAML))
}

// TestExtensionsInReadme checks that spec/README.md repeats the entries of
// spec/extensions.yaml word for word, in the same order.
func TestExtensionsInReadme(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile(filepath.Join(specDir, "README.md"))
	require.NoError(t, err)
	data, err := os.ReadFile(filepath.Join(specDir, "extensions.yaml"))
	require.NoError(t, err)
	want := regexp.MustCompile(`(?m)^#.*\n`).ReplaceAllString(string(data), "")

	var got strings.Builder
	for _, m := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(readme), -1) {
		if regexp.MustCompile(`^x-ack-[a-z-]+:\n  on: `).MatchString(m[1]) {
			got.WriteString(m[1])
		}
	}
	assert.Equal(t, want, got.String())
}

// TestCodesAreShown makes sure that the cases of the commands show every code
// of bundling and validation; those of lint have cases of their own.
func TestCodesAreShown(t *testing.T) {
	t.Parallel()
	var all strings.Builder
	files, err := filepath.Glob(filepath.Join(goldenDir, "*", "*.stderr"))
	require.NoError(t, err)
	for _, f := range files {
		data, err := os.ReadFile(f)
		require.NoError(t, err)
		all.Write(data)
	}
	for _, r := range rules.All() {
		switch {
		case r.Code >= "ACK100":
			continue // the generator and lint have cases of their own
		case r.Code == "ACK054":
			continue // what kin-openapi cannot load and no other check finds is not known; see package validate
		}
		assert.Contains(t, all.String(), "["+r.Code+"]", "no case shows %s", r.Code)
	}
}

// TestBrokenOutput checks that a result that cannot be printed is an I/O error.
func TestBrokenOutput(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"list"}, {"list", "-o", "json"}, {"lint", "--list"}, {"lint", "--explain", "GEN010"}, {"validate"}} {
		var stderr bytes.Buffer
		code := run(append(args, "--spec", specDir), strings.NewReader(""), broken{}, &stderr)
		assert.Equal(t, cli.Usage, code, "%v", args)
		assert.Contains(t, stderr.String(), os.ErrClosed.Error(), "%v", args)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, os.ErrClosed }

// TestExtensionsAreToldOnce compares the table of the generator with the files of
// the spec that tell people of the extensions.
func TestExtensionsAreToldOnce(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(specDir, "extensions.yaml"))
	require.NoError(t, err)
	var declared map[string]struct {
		On []oas.Kind `yaml:"on"`
	}
	require.NoError(t, yaml.Unmarshal(text, &declared))
	readme, err := os.ReadFile(filepath.Join(specDir, "README.md"))
	require.NoError(t, err)
	assert.Len(t, declared, len(load.Extensions))
	for _, x := range load.Extensions {
		assert.ElementsMatch(t, x.On, declared[x.Name].On, x.Name)
		assert.Contains(t, string(readme), "\n| `"+x.Name+"` | "+x.Default+" |\n")
	}
}
