package gochange

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
	"github.com/ackgen/ackgen/generator"
	"github.com/ackgen/ackgen/generator/emit"
)

// client is the folder of the generated client.
const client = "sdk/ack"

// module is that of the runtime which generated code calls.
var module = strings.TrimSuffix(emit.Roa, "/sdk/roa")

// ErrNoRuntime is the reason why no tree can be made of a spec: the generated code
// calls a runtime that is not there.
var ErrNoRuntime = errors.New("the code that is generated from a spec needs package sdk/roa of " + module +
	": run this in that module, or in one that requires it")

// Generate makes a tree of a spec in the folder dir, which must be empty: the client and
// the mocks, where this repository has them, beside the runtime of the module that the
// working directory belongs to or requires. The same spec gives the same tree.
func Generate(ctx context.Context, doc *document.Document, dir string) (Tree, error) {
	runtime, err := runtimeFolder(ctx)
	if err != nil {
		return Tree{}, err
	}
	out, err := generator.Generate(ctx, generator.Options{
		SpecName: doc.Name, Spec: doc.Data, Folder: doc.Folder, Package: filepath.Base(client), ImportPath: module + "/" + client,
	})
	if err != nil {
		return Tree{}, fmt.Errorf("generate from %s: %w", doc.Name, err)
	}
	if err := copyRuntime(runtime, dir); err != nil {
		return Tree{}, fmt.Errorf("copy the runtime: %w", err)
	}
	for _, f := range out.Files {
		if err := writeFile(filepath.Join(dir, filepath.FromSlash(client), filepath.FromSlash(f.Name)), f.Content); err != nil {
			return Tree{}, fmt.Errorf("write generated code: %w", err)
		}
	}
	return Tree{Dir: dir, Patterns: []string{"./" + client + "/..."}}, nil
}

// runtimeFolder returns the folder of the module of the runtime.
func runtimeFolder(ctx context.Context) (string, error) {
	cmd := exec.CommandContext(ctx, "go", "list", "-mod=readonly", "-m", "-f", "{{.Dir}}", module) //nolint:gosec // the arguments are our own
	out, err := cmd.Output()
	if failed, ok := errors.AsType[*exec.ExitError](err); ok {
		return "", fmt.Errorf("%w (%s)", ErrNoRuntime, strings.TrimSpace(string(failed.Stderr)))
	}
	if err != nil {
		return "", fmt.Errorf("find the runtime: %w", err)
	}
	dir := strings.TrimSpace(string(out))
	if dir == "" {
		return "", ErrNoRuntime
	}
	return dir, nil
}

// copyRuntime makes a module of the runtime alone. Its requirements are those of the
// whole module, which are more than it needs and never less.
func copyRuntime(from, to string) error {
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			return err
		}
		if err := writeFile(filepath.Join(to, name), data); err != nil {
			return err
		}
	}
	for _, folder := range []string{"roa", "internal"} {
		if err := copyPackages(filepath.Join(from, "sdk", folder), filepath.Join(to, "sdk", folder)); err != nil {
			return err
		}
	}
	return nil
}

// copyPackages copies the Go files of a folder and of those below it, without tests.
func copyPackages(from, to string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.Name() == "testdata":
			return filepath.SkipDir
		case d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return writeFile(filepath.Join(to, rel), data)
	})
}

func writeFile(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o600)
}
