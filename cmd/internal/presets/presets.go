// Package presets names the operations of ACK that kinds of programs call.
//
// It may import go.yaml.in/yaml/v3 and the standard library.
package presets

import (
	_ "embed" // for the presets
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"
)

//go:embed presets.yaml
var text []byte

// All returns the operations of every preset by its name. The caller may change it.
func All() map[string][]string {
	out := map[string][]string{}
	_ = yaml.Unmarshal(text, &out) // a test reads it
	return out
}

// Names returns the names of all presets, sorted.
func Names() []string { return slices.Sorted(maps.Keys(All())) }
