package main

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/internal/canary"
)

// asCommand makes the program of the tests run codegen.
const asCommand = "run-as-codegen"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == asCommand {
		os.Exit(run(os.Args[2:], os.Stdin, os.Stdout, os.Stderr)) //nolint:forbidigo // the main of the tests
	}
	os.Exit(m.Run()) //nolint:forbidigo // the main of the tests
}

// TestCanary runs codegen as a program that has secrets in its environment, on documents and configurations that hold some, and on command lines with
// addresses that have passwords. They are neither printed nor written.
func TestCanary(t *testing.T) {
	t.Parallel()
	env, secrets := canary.Environment("HTTPS_PROXY", "GOPROXY")
	given, word := canary.Secret("given"), canary.Word("given")
	secrets = append(secrets, given, word)
	prop := "name: {type: string"
	for name, tt := range map[string]struct {
		spec, config string // parts of the pet spec are replaced by them
		args         []string
		code         int
	}{
		"good":                       {code: cli.Clean},
		"check":                      {args: []string{"--check"}, code: cli.Findings},
		"JSON":                       {args: []string{"-o", "json"}, code: cli.Clean},
		"server with a password":     {spec: strings.Replace(petSpec, "https://pets.{region}", strings.TrimSuffix(canary.Address(given), "/spec.yaml")+".{region}", 1), code: cli.Clean},
		"secret with a default":      {spec: strings.Replace(petSpec, prop, prop+", x-ack-sensitive: true, default: "+word, 1), code: cli.Findings},
		"secret with an enum":        {spec: strings.Replace(petSpec, prop, prop+", x-ack-sensitive: true, enum: ["+word+"]", 1), code: cli.Findings},
		"secret with an example":     {spec: strings.Replace(petSpec, prop, prop+", x-ack-sensitive: true, example: "+word, 1), code: cli.Clean},
		"reference with a password":  {spec: strings.Replace(petSpec, `"#/components/schemas/Pet"`, `"`+canary.Address(given)+`"`, 1), code: cli.Findings},
		"spec at an address":         {args: []string{"--spec", canary.Address(given)}, code: cli.Usage},
		"configuration at one":       {args: []string{"--config", canary.Address(given)}, code: cli.Usage},
		"an address as a command":    {args: []string{canary.Address(given)}, code: cli.Usage},
		"configured for an address":  {config: "packages: [{out: pets, spec: '" + canary.Address(given) + "'}]\n", code: cli.Usage},
		"configured for two of them": {config: "packages: ['" + canary.Address(given) + "', {'" + canary.Address(given) + "': 1}]\n", code: cli.Usage},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, petSpec)
			if tt.spec != "" {
				w.write("spec.yaml", tt.spec)
			}
			args := append([]string{"--spec", "spec.yaml", "--out", "pets", "--overrides"}, tt.args...)
			if tt.config != "" {
				w.write("ackgen.yaml", tt.config)
				args = nil
			}
			if len(tt.args) > 1 && tt.args[0] == "--config" {
				args = tt.args
			}
			out := w.process(env, tt.code, args...)
			assert.Empty(t, canary.Find(out, secrets...))
			require.NoError(t, os.RemoveAll(w.path("spec.yaml")))
			require.NoError(t, os.RemoveAll(w.path("ackgen.yaml")))
			found, err := canary.FindInFolder(w.dir, secrets...)
			require.NoError(t, err)
			assert.Empty(t, found)
		})
	}
}

// process runs codegen as a program in the workspace, with its temporary files below it, and returns all that it prints.
func (w workspace) process(env []string, code int, args ...string) string {
	w.t.Helper()
	program, err := os.Executable()
	require.NoError(w.t, err)
	require.NoError(w.t, os.MkdirAll(w.path("temp"), 0o700))
	cmd := exec.CommandContext(w.t.Context(), program, append([]string{asCommand}, args...)...) //nolint:gosec // it is this program
	cmd.Dir, cmd.Env = w.dir, append(slices.Clip(env), "TMPDIR="+w.path("temp"), "HOME="+w.dir)
	out, err := cmd.CombinedOutput()
	require.Equal(w.t, code, cmd.ProcessState.ExitCode(), "%v", err)
	return string(out)
}
