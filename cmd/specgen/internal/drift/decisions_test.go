package drift_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/drift"
	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

func decisions(t *testing.T, text string) (drift.Decisions, yamlsrc.Files, error) {
	t.Helper()
	var list diag.List
	files := yamlsrc.Files{}
	root := files.Parse("drift.yaml", []byte(text), &list)
	require.Empty(t, list.Sorted())
	d, err := drift.ReadDecisions(root, files)
	return d, files, err
}

// TestDecisions holds that a decision is about the sources that it names, and no others.
func TestDecisions(t *testing.T) {
	t.Parallel()
	d, files, err := decisions(t, "- sources: [openapi]\n  reason: It is wrong there.\n  differences: [field-new A body.x, field-new A body.y]\n"+
		"- sources: [snapshot]\n  reason: It is wrong there.\n  differences: [field-new A body.z]\n")
	require.NoError(t, err)
	x, z := drift.Difference{Kind: drift.FieldNew, Operation: "A", Path: "body.x"}, drift.Difference{Kind: drift.FieldNew, Operation: "A", Path: "body.z"}
	left, decided := d.Apply(upstream.OpenAPI, []drift.Difference{x, z})
	assert.Equal(t, []drift.Difference{z}, left)
	assert.Equal(t, 1, decided)
	assert.Equal(t, []drift.Stale{{Position: diag.Pos{File: "drift.yaml", Line: 3, Col: 37}, Difference: "field-new A body.y"}},
		d.Stale(upstream.OpenAPI, []drift.Difference{x, z}, files), "the one about another source is not asked for")
	left, decided = d.Apply(upstream.CommandLine, []drift.Difference{x, z})
	assert.Len(t, left, 2)
	assert.Zero(t, decided)
	assert.Empty(t, d.Stale(upstream.CommandLine, nil, files))
}

// TestDecisionsRefuse says what a decision lacks.
func TestDecisionsRefuse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"- {sources: [openapi], differences: [a]}":                              "drift.yaml:1:3: the decision has no reason",
		"- {sources: [openapi], reason: ' ', differences: [a]}":                 "drift.yaml:1:3: the decision has no reason",
		"- {reason: R, differences: [a]}":                                       "drift.yaml:1:3: the decision names no sources: there are openapi, snapshot, command-line, change-log",
		"- {sources: [openapi], reason: R}":                                     "drift.yaml:1:3: the decision names no differences",
		"- {sources: [open], reason: R, differences: [a]}":                      `drift.yaml:1:14: "open" is not a form of a source: there are openapi, snapshot, command-line, change-log`,
		"- {sources: [openapi, openapi], reason: R, differences: [a]}":          "drift.yaml:1:58: the difference is decided twice for openapi: a",
		"- {sources: [openapi], reason: R, differences: [a], since: yesterday}": "drift.yaml:1:53: a decision has sources, reason and differences, and no since",
		"{sources: [openapi], reason: R, differences: [a]}":                     "drift.yaml:1:1: the file must hold a list of decisions",
	} {
		_, _, err := decisions(t, text)
		assert.EqualError(t, err, want, text)
	}
}

// TestUnconfirmed leaves out what the last snapshot has as the spec has it, and nothing
// that a snapshot cannot settle.
func TestUnconfirmed(t *testing.T) {
	t.Parallel()
	of := func(kind drift.Kind, operation, path string) drift.Difference {
		return drift.Difference{Kind: kind, Operation: operation, Path: path}
	}
	list := []drift.Difference{
		of(drift.FieldNew, "A", "body.new"), of(drift.FieldRemoved, "A", "body.gone"), of(drift.FieldRemoved, "A", "body.there"),
		of(drift.TypeChanged, "A", "body.gone"), of(drift.TypeChanged, "A", "body.there"), of(drift.ParameterRemoved, "B", "q"), of(drift.RegionRemoved, "", "r public"),
	}
	kept := []drift.Difference{of(drift.FieldRemoved, "A", "body.gone"), of(drift.OperationRemoved, "B", "")}
	assert.Equal(t, []drift.Difference{list[0], list[1], list[3], list[5], list[6]}, drift.Unconfirmed(list, kept))
	assert.Equal(t, []drift.Difference{list[0], list[6]}, drift.Unconfirmed(list, nil))
}
