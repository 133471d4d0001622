package bundle

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/output"
)

// HeadName is the name of the fragment that makes a folder a spec.
const HeadName = "root.yaml"

// Spec is what --spec names.
type Spec struct {
	// Dir is the folder of the spec: of fragments, settings and bundle.
	Dir string
	// File is the document: the one that was named, or the bundle of the folder.
	File string
	// IsFile is true when the document was named, and false when its folder was.
	IsFile bool
	// bundled is true when fragments lie beside the document that it is made of.
	bundled bool
}

// Locate tells what a path stands for: a folder is one of fragments with their
// bundle, a file is a document. A document called openapi.yaml beside a root.yaml
// is the bundle of the fragments there.
func Locate(path string) (Spec, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Spec{}, fmt.Errorf("find the spec: %w (--spec names it)", err)
	}
	s := Spec{Dir: path, File: filepath.Join(path, FileName)}
	if !info.IsDir() {
		s = Spec{Dir: filepath.Dir(path), File: path, IsFile: true}
	}
	if filepath.Base(s.File) != FileName {
		return s, nil
	}
	_, err = os.Stat(filepath.Join(s.Dir, HeadName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Spec{}, fmt.Errorf("find the spec: %w", err)
	}
	s.bundled = err == nil
	return s, nil
}

// Folder returns what the document may refer to: the files of its folder, and no others.
func (s Spec) Folder() fs.FS { return folder(s.Dir) }

// folder is a folder whose files are read without following links that lead out of it.
type folder string

// Open implements [fs.FS].
func (f folder) Open(name string) (fs.File, error) {
	return os.OpenInRoot(string(f), filepath.FromSlash(name))
}

// open reads the document. Whoever names it may name a link that leads anywhere, but what lies in a folder must not.
func (s Spec) open() ([]byte, error) {
	if s.IsFile {
		return os.ReadFile(s.File)
	}
	return fs.ReadFile(s.Folder(), FileName)
}

// Read returns the text of the document. A bundle must be what its fragments
// make: when it is not, or is missing, or the fragments have faults, there are
// findings instead.
func (s Spec) Read() ([]byte, []diag.Finding, error) {
	text, err := s.open()
	missing := s.bundled && errors.Is(err, fs.ErrNotExist)
	if errors.Is(err, fs.ErrNotExist) && !missing {
		return nil, nil, fmt.Errorf("read the spec: the folder %s holds neither %s nor %s: name a document, or the folder of a spec",
			s.Dir, FileName, HeadName)
	}
	if err != nil && !missing {
		return nil, nil, fmt.Errorf("read the spec: %w", err)
	}
	text = output.UnixLines(text) // a checkout on Windows
	if !s.bundled {
		return text, nil, nil
	}
	b, err := Build(s.Dir)
	switch {
	case err != nil:
		return nil, nil, err
	case len(b.Findings) > 0:
		return nil, b.Findings, nil
	case missing || !bytes.Equal(text, b.YAML):
		return nil, Stale(filepath.ToSlash(s.File)), nil
	}
	return text, nil, nil
}
