package diag_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator/diag"
)

func pos(line, col int) diag.Pos { return diag.Pos{File: "spec.yaml", Line: line, Col: col} }

func TestPosString(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "spec.yaml:3:7", pos(3, 7).String())
	assert.Equal(t, "spec.yaml:3", pos(3, 0).String())
	assert.Equal(t, "spec.yaml", pos(0, 7).String(), "a column without a line says nothing")
	assert.Equal(t, `a\n::error::b:1`, diag.Pos{File: "a\n::error::b", Line: 1}.String(), "a name is no line of its own")
}

func TestFindingString(t *testing.T) {
	t.Parallel()
	for want, f := range map[string]diag.Finding{
		"spec.yaml:3:7: error: it is wrong [GEN001]": {Pos: pos(3, 7), Code: "GEN001", Message: "it is wrong"},
		"spec.yaml: error: Node.id: it is wrong [GEN001]\n\tfix: do it right\nspec.yaml:1:2: note: here": {
			Pos: pos(0, 0), Code: "GEN001", Subject: "Node.id", Message: "it is wrong", Fix: "do it right",
			Notes: []diag.Note{{Pos: pos(1, 2), Message: "here"}},
		},
	} {
		assert.Equal(t, want, f.String())
	}
}

func TestListSortsAndDropsRepetitions(t *testing.T) {
	t.Parallel()
	l := new(diag.List)
	assert.True(t, l.Sound())
	require.NoError(t, l.Err(), "an empty list is a nil error, not a typed nil")

	l.Add(diag.Finding{Pos: pos(1, 1), Code: "C1", Warning: true, Message: "a warning"})
	assert.True(t, l.Sound())
	require.NoError(t, l.Err(), "warnings stop nothing")

	l.Addf(diag.Pos{File: "z.yaml", Line: 1, Col: 1}, "C1", "", "last file")
	l.Addf(pos(10, 1), "C1", "", "ten comes after two")
	l.Addf(pos(2, 5), "C1", "", "column %d", 5)
	l.Addf(pos(2, 3), "C2", "", "code two")
	l.Addf(pos(2, 3), "C1", "b", "subject b")
	l.Addf(pos(2, 3), "C1", "a", "message two")
	l.Addf(pos(2, 3), "C1", "a", "message one")
	l.Addf(pos(2, 3), "C1", "a", "message one")
	l.Addf(pos(0, 0), "C1", "", "no line")
	assert.False(t, l.Sound())

	var got []string
	for _, f := range l.Sorted() {
		got = append(got, f.Message)
	}
	assert.Equal(t, []string{
		"no line", "a warning", "message one", "message two", "subject b", "code two", "column 5", "ten comes after two", "last file",
	}, got)
}

func TestErrHoldsAllFindings(t *testing.T) {
	t.Parallel()
	l := new(diag.List)
	l.Addf(pos(2, 1), "C1", "", "second")
	l.Addf(pos(1, 1), "C1", "", "first")
	err := fmt.Errorf("wrapped: %w", l.Err())
	var faults *diag.Error
	require.True(t, errors.As(err, &faults))
	assert.Len(t, faults.Findings, 2)
	assert.EqualError(t, faults, "spec.yaml:1:1: error: first [C1]\nspec.yaml:2:1: error: second [C1]")

	l.Addf(pos(3, 1), "C1", "", "third")
	assert.Len(t, faults.Findings, 2, "an error does not grow with the list")
}

func TestFindingJSON(t *testing.T) {
	t.Parallel()
	out, err := json.Marshal(diag.Finding{Pos: pos(3, 7), Code: "GEN001", Message: "m"})
	require.NoError(t, err)
	assert.JSONEq(t, `{"pos": {"file": "spec.yaml", "line": 3, "col": 7}, "code": "GEN001", "message": "m"}`, string(out))
}
