package naming_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/naming"
)

func TestScopeReportsBothPlaces(t *testing.T) {
	t.Parallel()
	diags := new(diag.List)
	scope := naming.NewScope("struct Node", diags)
	first, second := diag.Pos{File: "s.yaml", Line: 1, Col: 5}, diag.Pos{File: "s.yaml", Line: 9, Col: 5}
	assert.True(t, scope.Take("ID", "the property id", first))
	assert.True(t, scope.Take("Id", "another case is another name", second))
	assert.True(t, diags.Sound())

	assert.False(t, scope.Take("ID", "the property ID", second))
	assert.Equal(t, []diag.Finding{{
		Pos: second, Code: naming.CodeCollision, Subject: "the property ID",
		Message: "the Go name ID is taken in struct Node by the property id",
		Fix:     "give one of the two another name with x-ack-go-name",
		Notes:   []diag.Note{{Pos: first, Message: "the property id is declared here"}},
	}}, diags.Sorted())
}

func TestScopeReservedNames(t *testing.T) {
	t.Parallel()
	diags := new(diag.List)
	scope := naming.NewScope("package api", diags)
	scope.Reserve("the generated client", "Client", "New")
	pos := diag.Pos{File: "s.yaml", Line: 3, Col: 5}
	assert.False(t, scope.Take("New", "the schema new", pos))
	assert.True(t, scope.Take("Newer", "the schema newer", pos))
	found := diags.Sorted()
	if assert.Len(t, found, 1) {
		assert.Equal(t, "the Go name New is taken in package api by the generated client", found[0].Message)
		assert.Empty(t, found[0].Notes, "a reserved name stands nowhere in the spec")
	}
}
