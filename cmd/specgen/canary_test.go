package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/internal/canary"
)

// TestCanaryCommands runs every command as a program that has secrets in its environment, on specs whose servers have passwords, and with addresses with
// passwords in place of files. Nothing of that is printed, nor written to reports, sites, fragments or temporary files.
func TestCanaryCommands(t *testing.T) {
	t.Parallel()
	env, secrets := canary.Environment("HTTPS_PROXY", "https_proxy")
	one, two, given := canary.Secret("one"), canary.Secret("two"), canary.Address(canary.Secret("given"))
	secrets = append(secrets, one, two, canary.Secret("given"))
	for name, tt := range map[string]struct {
		args string
		code int
	}{
		"validate":               {"validate --spec one.yaml", cli.Clean},
		"lint":                   {"lint --spec one.yaml", cli.Findings},
		"list":                   {"list --spec one.yaml", cli.Clean},
		"list as JSON":           {"list --spec one.yaml -o json", cli.Clean},
		"regions":                {"list --spec one.yaml --regions", cli.Clean},
		"regions as JSON":        {"list --spec one.yaml --regions -o json", cli.Clean},
		"bundle":                 {"bundle --spec spec", cli.Clean},
		"docs":                   {"docs --spec one.yaml --out new/site", cli.Clean},
		"diff":                   {"diff one.yaml two.yaml", cli.Findings},
		"diff as JSON":           {"diff one.yaml two.yaml -o json", cli.Findings},
		"diff as Markdown":       {"diff one.yaml two.yaml -o markdown", cli.Findings},
		"diff for GitHub":        {"diff one.yaml two.yaml -o github", cli.Findings},
		"diff as SARIF":          {"diff one.yaml two.yaml -o sarif", cli.Findings},
		"review":                 {"review one.yaml two.yaml --markdown new/review.md --html new/review.html", cli.Findings},
		"drift":                  {"drift two.yaml --spec one.yaml", cli.Findings},
		"drift as Markdown":      {"drift two.yaml --spec one.yaml -o markdown", cli.Findings},
		"drift as JSON":          {"drift two.yaml --spec one.yaml -o json", cli.Findings},
		"new":                    {"new --spec spec --from two.yaml --snapshot official --tag Nodes GetThings", cli.Clean},
		"a spec at an address":   {"validate --spec " + given, cli.Usage},
		"diff of an address":     {"diff " + given + " two.yaml", cli.Usage},
		"review of an address":   {"review one.yaml " + given, cli.Usage},
		"upstream at an address": {"drift " + given + " --spec spec", cli.Usage},
		"since an address":       {"drift two.yaml --spec one.yaml --since " + given, cli.Usage},
		"new from an address":    {"new --spec spec --from " + given + " --snapshot official --tag Nodes GetThings", cli.Usage},
		"docs to an address":     {"docs --spec one.yaml --out " + given, cli.Clean},
		"a reference to one":     {"validate --spec reference.yaml", cli.Findings},
		"a command":              {given, cli.Usage},
		"an argument too many":   {"validate " + given, cli.Usage},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := canaryFolder(t, one, two)
			out := runCanary(t, dir, env, tt.code, strings.Fields(tt.args)...)
			assert.Empty(t, canary.Find(out, secrets...))
			for _, given := range []string{"one.yaml", "two.yaml", "reference.yaml"} {
				require.NoError(t, os.Remove(filepath.Join(dir, given)))
			}
			found, err := canary.FindInFolder(dir, secrets...)
			require.NoError(t, err)
			if name != "docs to an address" { // the folder has that name
				assert.Empty(t, found)
			}
		})
	}
}

// canaryFolder makes a folder with a spec, and with documents whose servers have these passwords.
func canaryFolder(t *testing.T, one, two string) string {
	t.Helper()
	temp, err := filepath.Abs("../../.tmp")
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(temp, 0o750))
	dir, err := os.MkdirTemp(temp, "canary-") //nolint:usetesting // it has to lie in this module, whose runtime review uses
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, os.RemoveAll(dir)) })
	base, err := txtar.ParseFile(baseSpec)
	require.NoError(t, err)
	for _, f := range base.Files {
		writeCanary(t, filepath.Join(dir, "spec", filepath.FromSlash(f.Name)), string(f.Data))
	}
	for name, d := range map[string]struct{ text, server, regions string }{"one.yaml": {diffBase, canary.Address(one), "a"}, "two.yaml": {diffHead, canary.Address(two), "a, b"}} {
		writeCanary(t, filepath.Join(dir, name), strings.Replace(d.text, "paths:", `servers:
  - url: "`+d.server+`"
  - url: "`+strings.Replace(d.server, "/spec", "/{region}", 1)+`"
    variables: {region: {default: a, enum: [`+d.regions+`]}}
paths:`, 1))
	}
	writeCanary(t, filepath.Join(dir, "reference.yaml"), strings.Replace(diffBase, "{type: object, properties: {a: {type: string}}}", `{$ref: "`+canary.Address(one)+`"}`, 1))
	return dir
}

func writeCanary(t *testing.T, file, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o700))
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
}

// runCanary runs specgen as a program in a folder, with its temporary files below it, and returns all that it prints.
func runCanary(t *testing.T, dir string, env []string, code int, args ...string) string {
	t.Helper()
	program, err := os.Executable()
	require.NoError(t, err)
	temp := filepath.Join(dir, "temp")
	require.NoError(t, os.MkdirAll(temp, 0o700))
	cmd := exec.CommandContext(t.Context(), program, append([]string{asCommand}, args...)...) //nolint:gosec // it is this program
	cmd.Dir = dir
	cmd.Env = append(slices.Clip(env), "PATH="+os.Getenv("PATH"), "TMPDIR="+temp, "HOME="+os.Getenv("HOME"), "GOPROXY=off") //nolint:forbidigo // where go, git and the module cache are
	out, err := cmd.CombinedOutput()
	require.Equal(t, code, cmd.ProcessState.ExitCode(), "%v: %s", err, out)
	return string(out)
}
