package main

import (
	"path/filepath"
	"slices"

	"github.com/ackgen/ackgen/generator/output"
	"github.com/ackgen/ackgen/generator/provenance"
)

// reasons tells in a line each why files of the package have to change.
func (m *made) reasons(changes []output.Change) []string {
	changes = slices.DeleteFunc(slices.Clone(changes), func(c output.Change) bool {
		return !slices.Contains(m.folders(), filepath.Dir(filepath.FromSlash(c.File)))
	})
	if len(changes) == 0 {
		return nil
	}
	out := filepath.ToSlash(m.out)
	then, known := m.before()
	now, _ := provenance.Read(m.content(provenance.FileName))
	switch {
	case !slices.ContainsFunc(changes, func(c output.Change) bool { return c.Verb != output.Created }) && !known:
		return []string{out + ": nothing is generated here yet"}
	case !known:
		return []string{out + ": the tool changed: the files do not say which version wrote them, and this is codegen " + now.Tool}
	}
	var lines []string
	for _, change := range then.Changes(now) {
		lines = append(lines, out+": "+change)
	}
	if len(lines) > 0 {
		return lines
	}
	for _, c := range changes {
		lines = append(lines, c.File+": "+reason[c.Verb])
	}
	return lines
}

// reason says why a single file has to change, when nothing changed that the whole
// package depends on.
var reason = map[string]string{
	output.Created: "missing",
	output.Updated: "edited by hand, or written by another build of codegen: spec, options and version are the same",
	output.Removed: "no longer needed",
}

// content returns a file of the package.
func (m *made) content(name string) []byte {
	want := filepath.ToSlash(filepath.Join(m.out, name))
	for _, f := range m.Files {
		if f.Name == want {
			return f.Content
		}
	}
	return nil
}
