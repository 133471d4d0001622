package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/spec"
)

// stdin is the --spec that stands for the standard input.
const stdin = "-"

// document is the text of a spec, how findings call it, and the folder that it may
// refer to, if it has one.
type document struct {
	name   string
	text   []byte
	folder fs.FS
}

// document returns the spec of the target.
func (t *target) document(in io.Reader) (document, error) {
	if t.spec == "" {
		return document{name: bundle.FileName, text: spec.Bundle()}, nil
	}
	if _, err := os.Stat(t.spec); t.place != "" && errors.Is(err, fs.ErrNotExist) {
		return document{}, fmt.Errorf("there is no spec %s: spec must name a document, or the folder of a spec", filepath.ToSlash(t.spec))
	}
	return readSpec(t.spec, in)
}

// readSpec returns the document at a path. Faults are a [*diag.Error].
func readSpec(path string, in io.Reader) (document, error) {
	if path == stdin {
		text, err := io.ReadAll(in)
		if err != nil {
			return document{}, fmt.Errorf("read the spec from standard input: %w", err)
		}
		return document{name: "stdin", text: text}, nil
	}
	found, err := bundle.Locate(path)
	if err != nil {
		return document{}, err
	}
	text, findings, err := found.Read()
	if err != nil {
		return document{}, err
	}
	if len(findings) > 0 {
		return document{}, &diag.Error{Findings: findings}
	}
	return document{filepath.ToSlash(found.File), text, found.Folder()}, nil
}

// holdsSpec reports whether a folder holds a spec, or may do so: what cannot be read
// is an error later.
func holdsSpec(dir string) bool {
	for _, name := range []string{bundle.FileName, bundle.HeadName} {
		if _, err := os.Stat(filepath.Join(dir, name)); !errors.Is(err, fs.ErrNotExist) {
			return true
		}
	}
	return false
}
