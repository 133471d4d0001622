package main

import (
	_ "embed" // for the presets
	"errors"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// The presets name the operations that kinds of programs call.
//
//go:embed presets.yaml
var presetsYAML []byte

// presets returns the operations of every preset by its name.
func presets() map[string][]string {
	out := map[string][]string{}
	_ = yaml.Unmarshal(presetsYAML, &out) // a test reads it
	return out
}

func presetNames() []string { return slices.Sorted(maps.Keys(presets())) }

// presetOperations returns the operations of a preset.
func presetOperations(preset name) ([]name, error) {
	ids, ok := presets()[preset.text]
	if !ok {
		return nil, errors.New(preset.place + ": unknown preset " + preset.text + hintOr(preset.text, presetNames(), "presets"))
	}
	out := make([]name, len(ids))
	for i, id := range ids {
		out[i] = name{text: id, place: preset.place + ": preset " + preset.text}
	}
	return out, nil
}

// printPresets prints the operations of every preset.
func (a *app) printPresets() error {
	all := presets()
	if a.JSON() {
		return a.PrintJSON(all)
	}
	var b strings.Builder
	for _, preset := range presetNames() {
		b.WriteString(preset + "\n")
		for _, id := range all[preset] {
			b.WriteString("  " + id + "\n")
		}
	}
	return a.Print(b.String())
}
