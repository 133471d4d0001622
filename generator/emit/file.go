// Package emit holds what the emitters share: files of a generated package,
// comments that no description can break out of, and type expressions.
//
// It may import jennifer, generator/model and the mark of generator/output.
// Emitters print what the model says and decide nothing about the API.
package emit

import (
	"bytes"
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/generator/output"
)

// Roa is the import path of the runtime that generated code calls.
const Roa = "github.com/ackgen/ackgen/sdk/roa"

// Roamock is the import path of the runtime that generated mocks call.
const Roamock = Roa + "/roamock"

// Roafake is the import path of the runtime that generated overrides call.
const Roafake = Roa + "/roafake"

// File is one Go file to be.
type File struct {
	*jen.File
	Name string // slash-separated, relative to the output folder
}

// NewFile starts a file of the package pkg at importPath. The header names the
// spec it comes from; names hints the package names of imports, without which
// jennifer would alias them.
func NewFile(name, importPath, pkg, source string, names map[string]string) *File {
	f := jen.NewFilePathName(importPath, pkg)
	f.HeaderComment(output.Mark + plain(source) + ". DO NOT EDIT.")
	f.ImportNames(map[string]string{"context": "context", "iter": "iter", "time": "time", Roa: "roa", Roamock: "roamock", Roafake: "roafake"})
	f.ImportNames(names)
	return &File{File: f, Name: name}
}

// Companion is a package in a folder below the client's, for tests of programs that use
// the client. Its folder has its name.
type Companion struct {
	API  *model.API
	Name string
}

// NewFile starts a file of the package.
func (c Companion) NewFile(name string) *File {
	names := map[string]string{c.API.ImportPath: c.API.Package}
	return NewFile(c.Name+"/"+name, c.API.ImportPath+"/"+c.Name, c.Name, c.API.Source, names)
}

// Render returns the source of the file, formatted by gofmt's rules.
func (f *File) Render() ([]byte, error) {
	var buf bytes.Buffer
	if err := f.File.Render(&buf); err != nil {
		// jennifer's error holds the whole source; its first line tells enough.
		first, _, _ := bytes.Cut([]byte(err.Error()), []byte("\n"))
		return nil, fmt.Errorf("render %s: %s", f.Name, first)
	}
	return buf.Bytes(), nil
}
