// Package output formats generated files and brings a folder up to date with
// them.
//
// It may import golang.org/x/tools/imports, a diff package and the standard
// library, and is the one place of the generator that touches the disk.
package output

import (
	"fmt"
	"regexp"

	"golang.org/x/tools/imports"
)

// File is a generated file. Name is slash-separated and relative to the output
// folder.
type File struct {
	Name    string
	Content []byte
}

// Suffix ends the name of every generated file.
const Suffix = "_gen.go"

var header = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

// Generated reports whether content has the header of a generated file.
func Generated(content []byte) bool { return header.Match(firstBytes(content)) }

// firstBytes keeps the search for the header away from the rest of a file.
func firstBytes(content []byte) []byte { return content[:min(len(content), 4096)] }

// Format formats src like gofmt and sorts its imports into groups.
func Format(name string, src []byte) (File, error) {
	content, err := imports.Process(name, src, &imports.Options{FormatOnly: true, Comments: true, TabIndent: true, TabWidth: 8})
	if err != nil {
		return File{}, fmt.Errorf("format %s: %w", name, err)
	}
	return File{Name: name, Content: content}, nil
}
