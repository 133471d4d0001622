// Package naming turns names of the wire into Go names and hands every name out
// once.
//
// It imports the standard library, internal/goname and generator/diag only.
package naming

import (
	"go/token"
	"strings"

	"github.com/ackgen/ackgen/internal/goname"
)

// Exported returns the exported Go name of a wire name: "cluster_id" and
// "ClusterId" become "ClusterID". It returns "" when the name has no letter or
// digit.
func Exported(wire string) string { return goname.Exported(wire) }

// Unexported returns the unexported Go name of a wire name, with an underscore
// at the end where it would be a keyword or a predeclared identifier.
func Unexported(wire string) string {
	ws := goname.Words(wire)
	if len(ws) == 0 {
		return ""
	}
	name := strings.ToLower(ws[0]) + strings.Join(mapWords(ws[1:]), "")
	if token.IsKeyword(name) || predeclared[name] {
		return name + "_"
	}
	return name
}

// File returns the stem of a file name: lower case, without separators.
func File(wire string) string { return strings.ToLower(strings.Join(goname.Words(wire), "")) }

func mapWords(ws []string) []string {
	out := make([]string, len(ws))
	for i, w := range ws {
		out[i] = goname.Word(w)
	}
	return out
}
