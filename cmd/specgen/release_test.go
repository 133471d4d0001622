package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git/gittest"
	"github.com/ackgen/ackgen/cmd/specgen/internal/release"
	"github.com/ackgen/ackgen/internal/canary"
)

// asCommand makes the program of the tests run specgen, as makefiles of tests do.
const asCommand = "run-as-specgen"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == asCommand {
		os.Exit(run(os.Args[2:], os.Stdin, os.Stdout, os.Stderr)) //nolint:forbidigo // the main of the tests
	}
	if len(os.Args) > 1 && os.Args[1] == asNoise {
		printOnTheSide()
		return
	}
	os.Exit(gittest.Main(m)) //nolint:forbidigo // the main of the tests
}

// project makes a repository that has all that a release needs: a spec, a client and
// a makefile.
func project(t *testing.T) gittest.Repo {
	t.Helper()
	archive, err := txtar.ParseFile("../../testdata/release/project.txtar")
	require.NoError(t, err)
	base, err := txtar.ParseFile(baseSpec)
	require.NoError(t, err)
	program, err := os.Executable()
	require.NoError(t, err)
	files := map[string]string{}
	for _, f := range base.Files {
		files["spec/"+f.Name] = string(f.Data)
	}
	for _, f := range archive.Files {
		files[f.Name] = strings.ReplaceAll(string(f.Data), "SPECGEN", program+" "+asCommand)
	}
	repo := gittest.New(t, files)
	code, _, stderr := specgen("bundle", "--spec", filepath.Join(repo.Dir, "spec"))
	require.Zero(t, code, stderr)
	repo.Commit("bundle", nil)
	return repo
}

// specgen carries out a command line.
func specgen(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(args, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

// golden compares a text with its golden file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("../../golden/release", name)
	want, err := os.ReadFile(file)
	if err != nil {
		require.ErrorIs(t, err, fs.ErrNotExist)
	}
	if *update && got != string(want) {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o600))
		t.Errorf("%s updated; look at the difference and run again without -update", name)
		return
	}
	assert.Equal(t, string(want), got)
}

// TestRelease releases twice: what there is, and then an addition and a break.
func TestRelease(t *testing.T) {
	t.Parallel()
	repo := project(t)
	spec := filepath.Join(repo.Dir, "spec")
	args := []string{"release", "--spec", spec, "--date", "2026-11-27"}
	code, stdout, stderr := specgen(args...)
	require.Zero(t, code, stderr)
	golden(t, "first_dry.stdout", stdout)
	golden(t, "first_dry.stderr", stderr)
	code, stdout, stderr = specgen(append(args, "--run")...)
	require.Zero(t, code, stderr)
	golden(t, "first.stdout", stdout)
	golden(t, "first.CHANGELOG.md", repo.Read("CHANGELOG.md"))

	code, stdout, stderr = specgen(args...)
	assert.Equal(t, 1, code)
	golden(t, "nothing.stdout", stdout)
	golden(t, "nothing.stderr", stderr)

	repo.Commit("drop and add", map[string]string{
		"spec/operations/nodes/ListNodes.yaml": dropLabels(repo.Read("spec/operations/nodes/ListNodes.yaml")),
		"sdk/ack/more.go":                      "package ack\n\n// Close ends the client.\nfunc (c *Client) Close() {}\n",
	})
	code, _, stderr = specgen("bundle", "--spec", spec)
	require.Zero(t, code, stderr)
	repo.Commit("bundle", nil)
	code, stdout, stderr = specgen(args...)
	assert.Equal(t, 1, code)
	golden(t, "unapproved.stdout", stdout)
	golden(t, "unapproved.stderr", stderr)
	code, stdout, _ = specgen(append(args, "-o", "json")...)
	assert.Equal(t, 1, code)
	var plan struct {
		Commit  string
		Forcing struct{ Subject string }
	}
	require.NoError(t, json.Unmarshal([]byte(stdout), &plan))
	assert.Equal(t, repo.Git("rev-parse", "HEAD"), plan.Commit)
	assert.Equal(t, "ListNodes query labels", plan.Forcing.Subject)

	fingerprint := regexp.MustCompile(`break ([0-9a-f]{12}): `).FindStringSubmatch(stderr)
	require.NotNil(t, fingerprint)
	repo.Commit("approve", map[string]string{
		"spec/approvals.yaml": "# Accepted breaks.\n- fingerprint: \"" + fingerprint[1] + "\"\n  role: maintainer\n  reason: No <program> sends labels.\n",
	})
	code, stdout, stderr = specgen(append(args, "--run", "--artifacts", filepath.Join(t.TempDir(), "dist"))...)
	assert.Equal(t, 2, code, "there is no command to build")
	assert.Contains(t, stderr, "release: build the commands in both clones for 6 platforms: the same bytes: list the commands: ")
	assert.Contains(t, stderr, "\nnothing was changed\n")
	assert.Empty(t, stdout)
	code, stdout, stderr = specgen(append(args, "--run")...)
	require.Zero(t, code, stderr)
	golden(t, "second.stdout", stdout)
	assert.Equal(t, "# Accepted breaks.\n", repo.Read("spec/approvals.yaml"))
	assert.Equal(t, "v0.1.0\nv0.2.0", repo.Git("tag"))
}

// TestReleaseBroken reports what is wrong with the spec, where it stands.
func TestReleaseBroken(t *testing.T) {
	t.Parallel()
	repo := project(t)
	repo.Commit("break", map[string]string{"spec/schemas/nodes/Node.yaml": "type: [\n"})
	code, stdout, stderr := specgen("release", "--spec", filepath.Join(repo.Dir, "spec"))
	assert.Equal(t, 1, code)
	assert.Empty(t, stdout)
	assert.Contains(t, stderr, ":spec/schemas/nodes/Node.yaml:1:8: error: broken YAML")
}

// dropLabels takes a parameter away.
func dropLabels(operation string) string {
	before, rest, _ := strings.Cut(operation, "      - name: labels\n")
	_, after, _ := strings.Cut(rest, "    responses:\n")
	return before + "    responses:\n" + after
}

// TestReleaseUsage refuses command lines that cannot be meant.
func TestReleaseUsage(t *testing.T) {
	t.Parallel()
	repo := project(t)
	spec := filepath.Join(repo.Dir, "spec")
	for want, args := range map[string][]string{
		"--push needs --run, which makes what is pushed":             {"--push"},
		"--reason is for --retract":                                  {"--reason", "x"},
		`--date "tomorrow" is not a day: write it as 2026-01-31`:     {"--date", "tomorrow"},
		"--test-command is empty: a release without tests is none":   {"--test-command", " "},
		"--retract edits go.mod only: commit that, and release then": {"--retract", "v0.1.0", "--push"},
		"--rebuild needs --artifacts, the folder to write to":        {"--rebuild", "v0.1.0"},
		`there is no tag "v0.1.0" to retract`:                        {"--retract", "v0.1.0", "--reason", "x"},
		`specgen release takes no arguments, not "v0.1.0"`:           {"v0.1.0"},
	} {
		code, stdout, stderr := specgen(append([]string{"release", "--spec", spec}, args...)...)
		assert.Equal(t, 2, code, args)
		assert.Empty(t, stdout)
		assert.Equal(t, "specgen: "+want+"\n", stderr)
	}
	code, _, stderr := specgen("release", "--spec", t.TempDir())
	assert.Equal(t, 2, code)
	assert.Contains(t, stderr, "find the repository of ")
	code, _, stderr = specgen("release", "--spec", filepath.Join(spec, "missing.yaml"))
	assert.Equal(t, 2, code)
	assert.Contains(t, stderr, "find the spec: ")
}

// TestRetract takes a version back, and explains what that does.
func TestRetract(t *testing.T) {
	t.Parallel()
	repo := project(t)
	repo.Git("tag", "v0.1.0")
	args := []string{"release", "--spec", filepath.Join(repo.Dir, "spec"), "--retract", "v0.1.0", "--reason", "lists lose pages"}
	code, stdout, stderr := specgen(args...)
	require.Zero(t, code, stderr)
	golden(t, "retract.stdout", stdout)
	assert.Equal(t, "module example.com/pets\n\ngo 1.26.0\n\n// lists lose pages\nretract v0.1.0\n", repo.Read("go.mod"))
	code, _, stderr = specgen(args...)
	assert.Equal(t, 2, code)
	assert.Equal(t, "specgen: go.mod retracts v0.1.0 already\n", stderr)
	repo.Git("tag", "v0.1.1")
	args[2], args[4] = filepath.Join(repo.Dir, "spec", "openapi.yaml"), "v0.1.1"
	code, stdout, stderr = specgen(append(args, "-o", "json")...)
	require.Zero(t, code, stderr)
	assert.JSONEq(t, `{"file": "go.mod", "retracted": "v0.1.1"}`, stdout)
}

// TestReleasingDoc holds that what docs/releasing.md shows can be run, and prints that.
func TestReleasingDoc(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile("../../docs/releasing.md")
	require.NoError(t, err)
	makefile, err := os.ReadFile("../../Makefile")
	require.NoError(t, err)
	commands := regexp.MustCompile("(?m)(?:^|`)(make [a-z-]+|specgen [^`\n]*)").FindAllStringSubmatch(string(doc), -1)
	require.Greater(t, len(commands), 10)
	for _, c := range commands {
		if target, ok := strings.CutPrefix(c[1], "make "); ok {
			assert.Contains(t, string(makefile), "\n"+target+": ", "docs/releasing.md names a target that is not there")
			continue
		}
		args := regexp.MustCompile(`'[^']*'|\S+`).FindAllString(c[1], -1)
		code, _, stderr := specgen(append(args[1:], "--help")...)
		assert.Zero(t, code, "%s: %s", c[1], stderr)
	}
	shown := regexp.MustCompile("(?s)```text\n(.*?)```").FindStringSubmatch(string(doc))
	require.NotNil(t, shown)
	printed, err := os.ReadFile("../../golden/release/second.stdout")
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(printed), shown[1]), "docs/releasing.md shows what is not printed")
}

// TestPrintable holds that texts of a spec do nothing to a terminal.
func TestPrintable(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	a := app{cli.New(&cobra.Command{Use: "specgen"})}
	assert.Zero(t, a.Run(nil, strings.NewReader(""), &stdout, &stderr))
	stdout.Reset()
	const hostile, plain = "one\x1b[31m\r\ntwo\u202e three.", `one\u001b[31m two\u202e three`
	plan := release.Plan{
		Last: "v0.1.0", Version: "v0.2.0", Forcing: &change.Change{Level: change.Breaking, Message: hostile},
		Files: []string{hostile}, Refusals: []string{hostile},
	}
	require.NoError(t, a.printPlan(plan, release.Options{}, release.DryRun))
	assert.True(t, strings.HasPrefix(stdout.String(), "v0.2.0: follows v0.1.0, because of a breaking change: "+plain+"\n\nFiles that change:\n\n  "+plain+".\n"), stdout.String())
	assert.Equal(t, "specgen: refused: "+plain+".\n", stderr.String())
}

// TestCanaryOfRemote releases to an address with a password, which is not printed.
func TestCanaryOfRemote(t *testing.T) {
	t.Parallel()
	repo := project(t)
	secret := canary.Secret("remote")
	for _, form := range []string{"text", "json"} {
		_, stdout, stderr := specgen("release", "--spec", filepath.Join(repo.Dir, "spec"), "--remote", canary.Address(secret), "-o", form)
		require.Contains(t, stdout+stderr, "127.0.0.1:1")
		assert.Empty(t, canary.Find(stdout+stderr, secret), form)
	}
}
