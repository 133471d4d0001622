package change_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/generator/diag"
)

// TestFingerprint holds that identity is what a change is, not where or in which words.
func TestFingerprint(t *testing.T) {
	t.Parallel()
	c := change.Change{Kind: "type-changed", Area: change.Wire, Subject: "Thing.size", From: "integer", To: "string", Level: change.Breaking}
	moved := c
	moved.Message, moved.Head, moved.Operations, moved.Level = "other words", diag.Pos{File: "a.yaml", Line: 7, Col: 1}, []string{"A"}, change.Risky
	assert.Equal(t, c.Fingerprint(), moved.Fingerprint())
	assert.Regexp(t, "^[0-9a-f]{12}$", c.Fingerprint())
	for name, edit := range map[string]func(*change.Change){
		"kind":    func(c *change.Change) { c.Kind = "added" },
		"area":    func(c *change.Change) { c.Area = change.Go },
		"subject": func(c *change.Change) { c.Subject = "Thing.weight" },
		"from":    func(c *change.Change) { c.From = "number" },
		"to":      func(c *change.Change) { c.To = "number" },
		"shift":   func(c *change.Change) { c.Subject, c.From = "Thing.sizeinteger", "" },
	} {
		other := c
		edit(&other)
		assert.NotEqual(t, c.Fingerprint(), other.Fingerprint(), name)
	}
}

// TestSort puts the wire before Go and what breaks before what does not.
func TestSort(t *testing.T) {
	t.Parallel()
	list := []change.Change{
		{Area: change.Go, Level: change.Breaking, Subject: "a"},
		{Area: change.Wire, Level: change.Text, Subject: "a"},
		{Area: change.Wire, Level: change.Breaking, Subject: "b"},
		{Area: change.Wire, Level: change.Breaking, Subject: "a", Kind: "y", From: "2", To: "1"},
		{Area: change.Wire, Level: change.Breaking, Subject: "a", Kind: "y", From: "1", To: "3"},
		{Area: change.Wire, Level: change.Breaking, Subject: "a", Kind: "y", From: "1", To: "2"},
		{Area: change.Wire, Level: change.Breaking, Subject: "a", Kind: "x"},
	}
	change.Sort(list)
	var got []string
	for _, c := range list {
		got = append(got, string(c.Area)+" "+c.Level.String()+" "+c.Subject+c.Kind+c.From+c.To)
	}
	assert.Equal(t, []string{"wire breaking ax", "wire breaking ay12", "wire breaking ay13", "wire breaking ay21", "wire breaking b", "wire text a", "go breaking a"}, got)
	assert.Equal(t, change.Breaking, change.Worst(list))
	assert.Equal(t, change.Text, change.Worst(nil))
}

// TestLevel holds that levels are written by name and misspelled ones refused.
func TestLevel(t *testing.T) {
	t.Parallel()
	for _, l := range []change.Level{change.Text, change.Compatible, change.Risky, change.Breaking} {
		text, err := json.Marshal(l)
		require.NoError(t, err)
		var back change.Level
		require.NoError(t, json.Unmarshal(text, &back))
		assert.Equal(t, l, back)
	}
	var l change.Level
	require.ErrorContains(t, l.UnmarshalText([]byte("braking")), "one of text, compatible, risky, breaking")
	assert.Equal(t, "level 4", change.Level(4).String())
	assert.Equal(t, "level -1", change.Level(-1).String())
}

// TestPlace holds that a change is looked for where it is to be seen.
func TestPlace(t *testing.T) {
	t.Parallel()
	base, head := diag.Pos{File: "base.yaml", Line: 1, Col: 2}, diag.Pos{File: "head.yaml", Line: 3, Col: 4}
	gone := diag.Pos{File: "head.yaml"}
	assert.Equal(t, head, change.Change{Base: base, Head: head}.Place())
	assert.Equal(t, base, change.Change{Base: base}.Place())
	assert.Equal(t, base, change.Change{Base: base, Head: gone}.Place())
	assert.Equal(t, gone, change.Change{Head: gone}.Place())
	assert.Zero(t, change.Change{}.Place())
}
