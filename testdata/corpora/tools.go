package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// tool is a code generator.
type tool struct {
	name   string
	module string // with its version; "" for ours, which is built from the repository
	config string // of the tool, in YAML
	// args make the command line for a document. out is an empty folder.
	args func(config, spec, out string) []string
	// packages are the folders below out that hold the packages, in the order in
	// which they import each other.
	packages []string

	binary, key, configFile string
}

// ours is the name of our generator.
const ours = "ackgen"

// allTools are the generators. ogen has the settings with which it takes most, and
// runs again with the one that makes it leave out operations that it cannot do.
func allTools() []*tool {
	ogenArgs := func(config, spec, out string) []string {
		return []string{"--config", config, "--target", out, "--package", "client", "--clean", spec}
	}
	const lenient = "parser:\n  allow_remote: true\n  infer_types: true\n"
	return []*tool{
		{
			name: ours, packages: []string{"client", filepath.Join("client", "clientmock")},
			args: func(_, spec, out string) []string {
				return []string{"--spec", spec, "--out", filepath.Join(out, "client"), "-o", "json"}
			},
		},
		{
			name: "oapi-codegen", packages: []string{"."},
			module: "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2",
			args: func(_, spec, out string) []string {
				return []string{"-generate", "types,client", "-package", "client", "-o", filepath.Join(out, "client.go"), spec}
			},
		},
		{
			name: "ogen", packages: []string{"."}, args: ogenArgs, config: lenient,
			module: "github.com/ogen-go/ogen/cmd/ogen@v1.24.0",
		},
		{
			name: "ogen-partial", packages: []string{"."}, args: ogenArgs,
			config: lenient + "generator:\n  ignore_not_implemented: [all]\n",
			module: "github.com/ogen-go/ogen/cmd/ogen@v1.24.0",
		},
	}
}

func toolNames() []string {
	var names []string
	for _, t := range allTools() {
		names = append(names, t.name)
	}
	return names
}

// prepare builds the tools that the settings name.
func prepare(ctx context.Context, set *settings) ([]*tool, error) {
	var tools []*tool
	for _, t := range allTools() {
		if !slices.Contains(set.tools, t.name) {
			continue
		}
		if err := t.build(ctx, set); err != nil {
			return nil, fmt.Errorf("build %s: %w", t.name, err)
		}
		tools = append(tools, t)
	}
	if len(tools) != len(set.tools) {
		return nil, fmt.Errorf("unknown generator in %q: the generators are %s", set.tools, strings.Join(toolNames(), ", "))
	}
	return tools, nil
}

// build builds a tool and finds the key of its results: equal keys mean equal
// results. Ours is the same as long as the packages are that it is made of, and
// those that its code uses.
func (t *tool) build(ctx context.Context, set *settings) error {
	bin := filepath.Join(set.folder, "bin")
	if t.module == "" {
		t.binary = filepath.Join(bin, "codegen")
		if _, err := command(ctx, set.root, "go", "build", "-o", t.binary, "./cmd/codegen"); err != nil {
			return err
		}
		ids, err := command(ctx, set.root, "go", "list", "-export", "-f", "{{.BuildID}}", "./cmd/codegen", "./sdk/roa", "./sdk/roa/roamock")
		t.key = digest(ids)
		return err
	}
	path, version, _ := strings.Cut(t.module, "@")
	t.binary = filepath.Join(bin, filepath.Base(path)+"-"+version)
	t.key = digest(t.module + t.config + strings.Join(t.args("", "", ""), " "))
	t.configFile = filepath.Join(bin, t.name+".yaml")
	if err := os.MkdirAll(bin, 0o750); err != nil {
		return err
	}
	if err := os.WriteFile(t.configFile, []byte(t.config), 0o600); err != nil {
		return err
	}
	if _, err := os.Stat(t.binary); err == nil {
		return nil
	}
	if _, err := command(ctx, set.root, "env", "GOBIN="+bin, "go", "install", t.module); err != nil {
		return err
	}
	return os.Rename(filepath.Join(bin, filepath.Base(path)), t.binary)
}

// results returns the file with the results of a tool.
func (t *tool) results(set *settings) string {
	return filepath.Join(set.folder, "results", t.name+"-"+t.key+".jsonl")
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}

func command(ctx context.Context, dir, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // G204: the go command
	cmd.Dir = dir
	out, err := cmd.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return "", fmt.Errorf("%s: %w: %s", name, err, exit.Stderr)
	}
	return string(out), err
}

// outcome is what a run of a generator left.
type outcome struct {
	code           int // -1 when it was ended by a signal
	late           bool
	stdout, stderr string
}

// generate runs the tool on a document. Its proxy is a closed port, as documents
// may refer to hosts, and a run must not depend on them.
func (t *tool) generate(ctx context.Context, spec, out string, limit time.Duration) (*outcome, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, t.binary, t.args(t.configFile, spec, out)...) //nolint:gosec // G204: was built for this
	cmd.Dir = out
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.Env = append(cmd.Environ(), "HTTP_PROXY=http://127.0.0.1:1", "HTTPS_PROXY=http://127.0.0.1:1")
	err := cmd.Run()
	if _, exited := errors.AsType[*exec.ExitError](err); err != nil && !exited && ctx.Err() == nil {
		return nil, fmt.Errorf("run %s: %w", t.name, err)
	}
	return &outcome{
		code: cmd.ProcessState.ExitCode(), late: errors.Is(ctx.Err(), context.DeadlineExceeded),
		stdout: stdout.String(), stderr: stderr.String(),
	}, nil
}
