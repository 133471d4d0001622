// Package spec holds the OpenAPI document of the ACK API, assembled from the
// fragments in this folder, and the extensions of OpenAPI that specs may use.
//
// It imports the standard library only and may be imported by everything but
// sdk/roa, sdk/ack and generator.
package spec

import (
	"bytes"
	_ "embed" // for the files of this folder
)

//go:embed openapi.yaml
var bundle []byte

// Bundle returns the OpenAPI 3.0.3 document in YAML. The caller may change the
// returned bytes: every call returns a copy.
func Bundle() []byte { return bytes.Clone(bundle) }

//go:embed extensions.yaml
var extensions []byte

// Extensions returns extensions.yaml: where each extension may stand, and the JSON
// Schema of its value. Every call returns a copy.
func Extensions() []byte { return bytes.Clone(extensions) }
