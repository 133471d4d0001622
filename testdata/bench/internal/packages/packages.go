// Package packages brings the client packages that are compared: ours, those that
// other generators make of the same spec, and the official one. Each is in a module
// below the folder of the run, whose dependencies are those of a module below
// testdata. Of this module it imports bench.
package packages

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"

	"github.com/ackgen/ackgen/testdata/bench/internal/bench"
)

// Package is a client package.
type Package struct {
	Name   string // in tables
	Key    string // a word
	Path   string // that programs import
	Module string // folder of a module that has it
}

// The keys of what other generators make.
const (
	Oapi = "oapi"
	Ogen = "ogen"
)

// module is the name of the modules that are written.
const module = "example.com/bench"

// ogenConfig makes ogen write a client only, without tracing.
const ogenConfig = "parser:\n  infer_types: true\ngenerator:\n  features:\n    disable_all: true\n    enable: [paths/client]\n"

// kinds are all packages and the modules below testdata that have what they import.
var kinds = []struct{ name, key, path, from string }{
	{"ours", "ours", "github.com/ackgen/ackgen/sdk/ack", "size"},
	{"oapi-codegen", Oapi, module + "/" + Oapi, "corpora"},
	{"ogen", Ogen, module + "/" + Ogen, "corpora"},
	{"official", "official", "github.com/alibabacloud-go/cs-20151215/v7/client", "migration"},
}

// Prepare writes the modules and generates the packages.
func Prepare(ctx context.Context, set *bench.Settings) ([]Package, error) {
	var all []Package
	for _, k := range kinds {
		p := Package{Name: k.name, Key: k.key, Path: k.path, Module: filepath.Join(set.Folder, "packages", k.key)}
		set.Log("packages: preparing %s", p.Name)
		if err := writeModule(set, k.from, p.Module); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	spec := filepath.Join(set.Root, "spec", "openapi.yaml")
	for _, p := range all {
		command, err := Command(ctx, set, p.Key, spec, filepath.Join(p.Module, p.Key))
		if err != nil {
			return nil, err
		}
		if command == nil {
			continue
		}
		if _, err := bench.Command(ctx, p.Module, command[0], command[1:]...); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Command is the command line that makes a client of a spec in a folder, which is
// there afterwards. It is nil for the official package, and for ours, which is
// committed.
func Command(ctx context.Context, set *bench.Settings, key, spec, out string) ([]string, error) {
	switch key {
	case Oapi:
		program, err := bench.OapiCodegen.Install(ctx, set)
		return []string{program, "-generate", "types,client", "-package", "client", "-o", filepath.Join(out, "client.go"), spec},
			errors.Join(err, os.MkdirAll(out, 0o750))
	case Ogen:
		program, err := bench.Ogen.Install(ctx, set)
		config := filepath.Join(out, "config.yaml")
		if err := errors.Join(err, os.MkdirAll(out, 0o750)); err != nil {
			return nil, err
		}
		return []string{program, "--config", config, "--target", out, "--package", "client", spec},
			os.WriteFile(config, []byte(ogenConfig), 0o600)
	default:
		return nil, nil
	}
}

var (
	moduleLine = regexp.MustCompile(`(?m)^module .*$`)
	ownFolder  = regexp.MustCompile(`=> \.\./\.\.`)
)

// writeModule writes a module with the dependencies of one below testdata.
func writeModule(set *bench.Settings, from, folder string) error {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	source := filepath.Join(set.Root, "testdata", from)
	text, err := os.ReadFile(filepath.Join(source, "go.mod"))
	if err != nil {
		return err
	}
	sums, err := os.ReadFile(filepath.Join(source, "go.sum"))
	if err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(filepath.Join(folder, "go.mod"), []byte(rename(string(text), set.Root)), 0o600),
		os.WriteFile(filepath.Join(folder, "go.sum"), sums, 0o600),
	)
}

// rename gives a go.mod our name, and names the folder of this repository wholly.
func rename(text, root string) string {
	text = moduleLine.ReplaceAllLiteralString(text, "module "+module)
	return ownFolder.ReplaceAllLiteralString(text, "=> "+root)
}
