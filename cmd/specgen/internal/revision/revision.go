// Package revision opens the two sides of a comparison: a file, a folder, or the spec as
// it was in a revision of the git repository.
//
// It may import cmd/internal/bundle, cmd/specgen/internal/document and git, and the
// standard library.
package revision

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
)

// Side is one side of a comparison. It must be closed.
type Side struct {
	// Name is what messages call the side: the argument that named it.
	Name string
	// Revision is the prefix of positions, such as "HEAD~1:", or "" for files as they are.
	Revision string
	// Document is the spec, with all that is wrong with it in its findings.
	Document *document.Document
	// Module is the folder of the Go module that the spec belongs to, or "" when only a
	// spec is known. It is that around the spec of a revision, or of --spec.
	Module string

	temp string
}

// Close removes what was extracted.
func (s *Side) Close() error {
	if s.temp == "" {
		return nil
	}
	if err := os.RemoveAll(s.temp); err != nil {
		return fmt.Errorf("remove the copy of %s: %w", s.Name, err)
	}
	return nil
}

// Open opens what an argument names: a file or folder; REV:path, what lies at a path of a
// revision; or REV, the spec of a revision at the path that --spec has now. What is a
// file and a revision alike is the file; "REV:" means the revision for sure.
//
// The error is about reading; what is wrong with the document is in its findings.
func Open(ctx context.Context, arg, specPath string) (*Side, error) {
	_, err := os.Stat(arg)
	if err == nil {
		return onDisk(arg, specPath)
	}
	if !errors.Is(err, fs.ErrNotExist) && !strings.Contains(arg, ":") {
		return nil, fmt.Errorf("find %s: %w", arg, err)
	}
	rev, path, hasPath := strings.Cut(arg, ":")
	if looksLikePath(arg) || rev == "" {
		return nil, fmt.Errorf("find %s: there is no such file or folder", arg)
	}
	if !hasPath || path == "" {
		path = specPath
	} else if !strings.HasPrefix(path, "./") && !strings.HasPrefix(path, "../") {
		return fromTop(ctx, arg, rev, path, specPath)
	}
	repo, below, err := locate(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("find %s: it is no file, and for a revision: %w", arg, err)
	}
	return open(ctx, repo, arg, rev, below)
}

// fromTop opens a path that begins at the top of the repository, as git reads it.
func fromTop(ctx context.Context, arg, rev, path, specPath string) (*Side, error) {
	repo, _, err := locate(ctx, specPath)
	if err != nil {
		return nil, fmt.Errorf("find %s: it is no file, and for a revision: %w", arg, err)
	}
	return open(ctx, repo, arg, rev, strings.TrimSuffix(path, "/"))
}

// looksLikePath reports whether an argument cannot be meant as a revision.
func looksLikePath(arg string) bool {
	return filepath.IsAbs(arg) || strings.HasPrefix(arg, "./") || strings.HasPrefix(arg, "../")
}

func onDisk(arg, specPath string) (*Side, error) {
	d, err := read(arg, filepath.ToSlash(arg))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", arg, err)
	}
	s := &Side{Name: arg, Document: d}
	if same(arg, specPath) {
		s.Module = moduleAround(d.Dir, "")
	}
	return s, nil
}

// read reads a file, or the spec in a folder: fragments, or the document called
// openapi.yaml where there are none.
func read(file, name string) (*document.Document, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return document.OpenAs(file, name)
	}
	if _, err := os.Stat(filepath.Join(file, bundle.HeadName)); err == nil {
		return document.OpenAs(file, name)
	}
	whole := filepath.Join(file, bundle.FileName)
	if _, err := os.Stat(whole); err != nil {
		return nil, fmt.Errorf("the folder holds neither %s nor %s", bundle.HeadName, bundle.FileName)
	}
	return document.OpenAs(whole, name+"/"+bundle.FileName)
}

// same reports whether two paths lead to the same file.
func same(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// moduleAround returns the closest folder from dir upward that holds a go.mod, but none
// above top. It returns "" when there is none.
func moduleAround(dir, top string) string {
	dir, err := filepath.Abs(dir)
	for ; err == nil; dir = filepath.Dir(dir) {
		if info, statErr := os.Stat(filepath.Join(dir, "go.mod")); statErr == nil && info.Mode().IsRegular() {
			return dir
		}
		if dir == top || dir == filepath.Dir(dir) {
			break
		}
	}
	return ""
}
