package bundle

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// section is a folder of fragments and the part of the bundle it becomes.
type section struct {
	folder  string
	depth   int // folders between the section and its files
	kind    oas.Kind
	noun    string
	pointer string // of the components; empty for operations
}

// sections in the order in which their components stand in the bundle.
var sections = []section{
	{"operations", 1, oas.Paths, "operation", ""},
	{"parameters", 0, oas.Parameter, "parameter", "parameters"},
	{"responses", 0, oas.Response, "response", "responses"},
	{"schemas", 1, oas.Schema, "schema", "schemas"},
}

// settings are the YAML files beside the fragments that are not part of the
// bundle.
var settings = []string{HeadName, "sources.yaml", "extensions.yaml", "lint.yaml", "terms.yaml", "approvals.yaml", FileName}

// UpstreamDir is the folder of what was last seen of others' descriptions, and of the
// decisions about them. It is no part of the spec.
const UpstreamDir = "upstream"

// fragment is one file of a section.
type fragment struct {
	*section
	rel   string // slash path below the spec folder
	name  string // file name without ending
	group string // folder below the section, if it has one
	tree  *oas.Node
}

// load reads root.yaml and all fragments. Files that do not parse are findings
// and are left out.
func (b *builder) load() error {
	rootPath := filepath.Join(b.dir, HeadName)
	data, err := readBelow(b.dir, HeadName)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read head of the spec: %w (--spec names the folder that holds root.yaml)", err)
	} else if err != nil {
		return fmt.Errorf("read head of the spec: %w", err)
	}
	b.head = b.files.Parse(filepath.ToSlash(rootPath), data, &b.list)
	if b.head != nil && b.head.Kind != yaml.MappingNode {
		b.add(b.head, codeFragmentForm, "", "root.yaml must hold a mapping")
		b.head = nil
	}
	// Unlike filepath.WalkDir this enters a folder that is named by a link.
	return fs.WalkDir(os.DirFS(b.dir), ".", func(rel string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("read spec folder %s: %w", b.dir, err)
		}
		if d.IsDir() && rel == UpstreamDir {
			return fs.SkipDir
		}
		if d.IsDir() {
			return nil
		}
		return b.loadFile(filepath.Join(b.dir, filepath.FromSlash(rel)), rel)
	})
}

func (b *builder) loadFile(p, rel string) error {
	ext := path.Ext(rel)
	if ext != ".yaml" && ext != ".yml" && ext != ".json" {
		return nil
	}
	if slices.Contains(settings, rel) {
		return nil
	}
	pos := diag.Pos{File: filepath.ToSlash(p)}
	sec, group := sectionOf(rel)
	if sec == nil || ext != ".yaml" {
		b.addAt(pos, codeWrongFolder, "", "no fragment is expected here")
		return nil
	}
	data, err := readBelow(b.dir, rel)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // removed while walking, or a dangling link
	} else if err != nil {
		return fmt.Errorf("read fragment: %w", err)
	}
	b.known[rel] = sec
	node := b.files.Parse(pos.File, data, &b.list)
	if node == nil {
		return nil
	}
	f := &fragment{section: sec, rel: rel, name: strings.TrimSuffix(path.Base(rel), ext), group: group}
	if node.Kind != yaml.MappingNode {
		b.add(node, codeFragmentForm, f.name, "a fragment of the folder %s must hold a mapping", sec.folder)
		return nil
	}
	f.tree = oas.New(sec.kind, f.name, node)
	b.fragments = append(b.fragments, f)
	return nil
}

// sectionOf tells the section and group of a file by its path.
func sectionOf(rel string) (sec *section, group string) {
	parts := strings.Split(rel, "/")
	for i := range sections {
		s := &sections[i]
		if parts[0] != s.folder || len(parts) != s.depth+2 {
			continue
		}
		if s.depth == 1 {
			group = parts[1]
		}
		return s, group
	}
	return nil, ""
}

// ReadSettings parses a settings file of the spec folder, such as sources.yaml.
// It returns nil for a file that does not exist.
func ReadSettings(dir, name string, files yamlsrc.Files, l *diag.List) (*yaml.Node, error) {
	p := filepath.Join(dir, name)
	data, err := readBelow(dir, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	return files.Parse(filepath.ToSlash(p), data, l), nil
}

// readBelow reads a file of a folder, if no link leads out of that. Errors hold the
// path as users know it.
func readBelow(dir, name string) ([]byte, error) {
	data, err := fs.ReadFile(folder(dir), name)
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return nil, &fs.PathError{Op: "open", Path: filepath.Join(dir, filepath.FromSlash(name)), Err: e.Err}
	}
	return data, err
}
