package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/ackgen/ackgen/generator/model"
)

// Line is for the body of a function that only returns something: it stands on one line.
var Line = jen.Options{Open: "{", Close: "}"}

// Type returns the expression of a type. Named types belong to the package at
// importPath.
func Type(t model.Type, importPath string) *jen.Statement {
	s := jen.Null()
	if t.Pointer {
		s = jen.Op("*")
	}
	switch t.Kind {
	case model.KindTime:
		return s.Qual("time", "Time")
	case model.KindSecret:
		return s.Qual(Roa, "Secret")
	case model.KindMetadata:
		return s.Qual(Roa, "Metadata")
	case model.KindBytes:
		return s.Index().Byte()
	case model.KindJSON:
		return s.Qual(Roa, "JSON")
	case model.KindReader:
		return s.Qual(Roa, "Reader")
	case model.KindStream:
		return s.Qual(Roa, "ReadCloser")
	case model.KindNamed:
		return s.Qual(importPath, t.Name)
	case model.KindSlice:
		return s.Index().Add(Type(*t.Elem, importPath))
	case model.KindMap:
		return s.Map(jen.String()).Add(Type(*t.Elem, importPath))
	default:
		return s.Id(string(t.Kind))
	}
}
