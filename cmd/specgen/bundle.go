package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"github.com/ackgen/ackgen/cmd/specgen/internal/bundle"
	"github.com/ackgen/ackgen/generator/load/oas"
)

func (a *app) bundleCommand() *cobra.Command {
	var check bool
	cmd := &cobra.Command{
		Use:   "bundle",
		Short: "Assemble the fragments into openapi.yaml",
		Long: `Assembles root.yaml, operations/, parameters/, responses/ and schemas/ of the spec folder into openapi.yaml there.

The order is fixed: paths by name, methods get, put, post, delete; parameters, responses and schemas by name. The file is
replaced in one step, only when it differs, and never when there are findings.`,
		Args: atMost(0),
		RunE: func(*cobra.Command, []string) error {
			b, err := bundle.Build(a.spec)
			if err != nil {
				return err
			}
			if len(b.Findings) > 0 {
				return a.report(b.Findings, "")
			}
			if check {
				return a.checkBundle(b)
			}
			return a.writeBundle(b)
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, "write nothing; print a diff and exit 1 when openapi.yaml is stale")
	return cmd
}

func (a *app) bundlePath() string { return filepath.Join(a.spec, bundle.FileName) }

func (a *app) checkBundle(b *bundle.Bundle) error {
	name := filepath.ToSlash(a.bundlePath())
	old, err := readIfExists(a.bundlePath())
	if err != nil {
		return fmt.Errorf("read bundle: %w", err)
	}
	if bytes.Equal(old, b.YAML) {
		return a.report(nil, name+" is up to date")
	}
	if a.output != "json" {
		if err := printTo(a.stdout, string(diff.Diff(name, old, name+" (from the fragments)", b.YAML))); err != nil {
			return err
		}
	}
	return a.report(bundle.Stale(name), "")
}

func (a *app) writeBundle(b *bundle.Bundle) error {
	old, err := readIfExists(a.bundlePath())
	if err != nil {
		return fmt.Errorf("read bundle: %w", err)
	}
	verb := "is up to date"
	if !bytes.Equal(old, b.YAML) {
		if err := writeAtomically(a.bundlePath(), b.YAML); err != nil {
			return fmt.Errorf("write bundle: %w", err)
		}
		verb = "written"
	}
	return a.report(nil, fmt.Sprintf("%s %s: %s", filepath.ToSlash(a.bundlePath()), verb, inventory(b.Tree)))
}

// inventory counts what a document holds.
func inventory(doc *oas.Node) string {
	operations, schemas := 0, 0
	for range doc.Of(oas.Operation) {
		operations++
	}
	if c := doc.Child("components"); c != nil {
		for range c.In("schemas") {
			schemas++
		}
	}
	return count(operations, "operation") + ", " + count(schemas, "schema")
}

// readIfExists returns nil for a file that does not exist.
func readIfExists(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// writeAtomically replaces a file in one step: readers see the old or the new
// text and never a part.
func writeAtomically(path string, data []byte) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".specgen-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreNotExist(os.Remove(tmp.Name())))
		}
	}()
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Chmod(0o644)
	}
	if err = errors.Join(err, tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

func ignoreNotExist(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
