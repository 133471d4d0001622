// Package load reads an OpenAPI 3.0 document and hands it on only when it is
// sound: parsed, with every reference resolved, and valid.
//
// It may import kin-openapi, a YAML parser and generator/diag, and is the one
// place that reads specs.
package load

import (
	"context"
	"net/url"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/diag"
)

// The codes of this package's findings.
const (
	CodeSyntax  = "GEN001" // the file is not YAML or not an OpenAPI document
	CodeRef     = "GEN002" // a $ref that leads nowhere, or stands beside other keys
	CodeInvalid = "GEN003" // the document breaks a rule of OpenAPI
)

// Load parses and validates data, the content of a spec that findings call
// file. It reports everything that is wrong to diags and returns nil when
// anything is.
func Load(ctx context.Context, file string, data []byte, diags *diag.List) *openapi3.T {
	root := parse(file, data, diags)
	if root == nil {
		return nil
	}
	checkRefs(file, root, diags)
	if !diags.Empty() {
		return nil
	}
	loader := openapi3.NewLoader()
	loader.Context = ctx
	loader.IncludeOrigin = true
	doc, err := loader.LoadFromDataWithPath(data, &url.URL{Path: file})
	if err != nil {
		diags.Addf(diag.Pos{File: file}, CodeSyntax, "", "not an OpenAPI document: %s", oneLine(err.Error()))
		return nil
	}
	validate(ctx, file, doc, diags)
	if !diags.Empty() {
		return nil
	}
	return doc
}
