package main

import (
	"errors"
	"strings"

	"github.com/ackgen/ackgen/cmd/internal/presets"
)

// presetOperations returns the operations of a preset.
func presetOperations(preset name) ([]name, error) {
	ids, ok := presets.All()[preset.text]
	if !ok {
		return nil, errors.New(preset.place + ": unknown preset " + preset.text + hintOr(preset.text, presets.Names(), "presets"))
	}
	out := make([]name, len(ids))
	for i, id := range ids {
		out[i] = name{text: id, place: preset.place + ": preset " + preset.text}
	}
	return out, nil
}

// printPresets prints the operations of every preset.
func (a *app) printPresets() error {
	all := presets.All()
	if a.JSON() {
		return a.PrintJSON(all)
	}
	var b strings.Builder
	for _, preset := range presets.Names() {
		b.WriteString(preset + "\n")
		for _, id := range all[preset] {
			b.WriteString("  " + id + "\n")
		}
	}
	return a.Print(b.String())
}
