package load

import (
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// CodeVersion marks a document that is neither OpenAPI 3.0 nor 3.1.
const CodeVersion = "GEN002"

const fixVersion = "write the document in OpenAPI 3.0, with openapi: 3.0.3"

var supported = regexp.MustCompile(`^3\.[01]\.\d`)

// checkVersion reports whether the document says that it is OpenAPI 3.0 or 3.1. In any
// other, most of what the rest would report follows from that.
func checkVersion(files yamlsrc.Files, root *yaml.Node, diags *diag.List) bool {
	if v := yamlsrc.Value(root, "openapi"); v != nil {
		if supported.MatchString(v.Value) {
			return true
		}
		message, fix := wrongVersion(v)
		diags.Add(diag.Finding{Pos: files.Pos(v), Code: CodeVersion, Message: message, Fix: fix})
		return false
	}
	found := diag.Finding{
		Pos: files.Pos(root), Code: CodeVersion, Message: "this is not an OpenAPI document: the key openapi is missing", Fix: fixVersion,
	}
	if key, value := yamlsrc.Get(root, "swagger"); key != nil {
		found.Pos, found.Message = files.Pos(key), "the document is Swagger "+value.Value+", and only OpenAPI 3.0 is read"
		found.Fix = "convert it to OpenAPI 3.0, for example with swagger2openapi or the editor at editor.swagger.io"
	}
	diags.Add(found)
	return false
}

// wrongVersion says what is wrong with the value of openapi and what to do.
func wrongVersion(v *yaml.Node) (message, fix string) {
	text := v.Value
	switch {
	case v.Kind != yaml.ScalarNode || text == "" || v.ShortTag() == "!!null":
		return "the version of OpenAPI is not a text such as 3.0.3", fixVersion
	case strings.HasPrefix(text, "3.1"):
		return fmt.Sprintf("the version %s of OpenAPI is not three numbers", text), "write openapi: 3.1.0"
	case text == "3" || strings.HasPrefix(text, "3.0"):
		return fmt.Sprintf("the version %s of OpenAPI is not three numbers", text), "write openapi: 3.0.3"
	case strings.HasPrefix(text, "3."):
		return fmt.Sprintf("the document is OpenAPI %s, and only OpenAPI 3.0 and what 3.1 shares with it are read", text), fixVersion
	case strings.HasPrefix(text, "2."):
		return fmt.Sprintf("there is no OpenAPI %s, and Swagger 2.0 is not read", text), "convert the document to OpenAPI 3.0"
	default:
		return fmt.Sprintf("%q is not a version of OpenAPI that is read", text), fixVersion
	}
}
