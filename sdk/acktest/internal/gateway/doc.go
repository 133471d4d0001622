// Package gateway takes requests as the service does, before any operation is carried out: it finds the operation of a request in the spec,
// verifies the signature, and validates path, query, headers and body. It also knows what a response must look like.
//
// It may import the standard library, kin-openapi, go.yaml.in/yaml/v3, internal/goname, internal/spell, sdk/internal/oneline and the fault package of acktest.
// It must never import sdk/roa, whose signer it checks, and no generated package.
package gateway
