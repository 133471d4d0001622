//go:build peers

package oapi

// What the client imports, so that go.mod holds it while there is no client.
import _ "github.com/oapi-codegen/runtime"
