// Package models emits the structs and enums of an API.
//
// It may import jennifer, generator/emit and generator/model.
package models

import (
	. "github.com/dave/jennifer/jen" //nolint:staticcheck // the DSL reads like the Go it emits

	"github.com/ackgen/ackgen/generator/emit"
	"github.com/ackgen/ackgen/generator/model"
)

// Gen returns the files with the types of api.
func Gen(api *model.API) []*emit.File {
	var files []*emit.File
	for _, g := range api.Groups {
		f := newFile(api, g.File+"_messages_gen.go")
		for _, op := range g.Operations {
			structDecl(f, op.Request, api.ImportPath)
			structDecl(f, op.Response, api.ImportPath)
		}
		files = append(files, f)
	}
	for _, types := range api.Types {
		f := newFile(api, types.Name)
		for _, s := range types.Structs {
			structDecl(f, s, api.ImportPath)
		}
		for _, e := range types.Enums {
			enumDecl(f, e)
		}
		files = append(files, f)
	}
	return files
}

func newFile(api *model.API, name string) *emit.File {
	return emit.NewFile(name, api.ImportPath, api.Package, api.Source, nil)
}

// structDecl emits the following, then the methods that copy the struct, and the
// enums that its fields declare:
//
//	// Node is a machine of a cluster.
//	type Node struct {
//		// The id of the node.
//		ID string `json:"id,omitzero"`
//	}
func structDecl(f *emit.File, s *model.Struct, importPath string) {
	f.Add(emit.Comment(s.Doc))
	f.Type().Id(s.Name).StructFunc(func(g *Group) {
		if s.Embeds != "" {
			g.Id(s.Embeds).Line()
		}
		for _, field := range s.Fields {
			if field.Doc != "" {
				g.Add(emit.Comment(field.Doc))
			}
			tags := map[string]string{"json": field.Tag}
			if field.Limits != "" {
				tags["roa"] = field.Limits
			}
			g.Id(field.Name).Add(emit.Type(field.Type, importPath)).Tag(tags)
		}
	})
	for _, c := range s.Copies {
		copyMethod(f, s, c, importPath)
	}
	for _, e := range s.Enums {
		enumDecl(f, e)
	}
}

// enumDecl emits
//
//	// NodeState is the state of a node.
//	type NodeState string
//
//	// Known values of NodeState. The service may use others.
//	const (
//		NodeStateRunning NodeState = "running"
//	)
func enumDecl(f *emit.File, e *model.Enum) {
	f.Add(emit.Comment(e.Doc))
	f.Type().Id(e.Name).Id(string(e.Kind))
	f.Comment(valuesDoc(e))
	f.Const().DefsFunc(func(g *Group) {
		for _, v := range e.Values {
			g.Id(v.Name).Id(e.Name).Op("=").Add(enumValue(e, v))
		}
	})
}

// enumValue returns the literal of a value. The digits of an integer stand as they
// are: they need no conversion.
func enumValue(e *model.Enum, v model.EnumValue) *Statement {
	if e.Kind == model.KindString {
		return Lit(v.Value)
	}
	return Op(v.Value)
}

func valuesDoc(e *model.Enum) string {
	if e.Closed {
		return "// Values of " + e.Name + ". The service refuses others."
	}
	return "// Known values of " + e.Name + ". The service may use others."
}
