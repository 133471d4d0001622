package drift_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/drift"
	"github.com/ackgen/ackgen/cmd/specgen/internal/regions"
	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
	"github.com/ackgen/ackgen/generator/diag"
)

// TestCompareLacking refuses a description that lacks more than half of the operations,
// of those that upstream may have.
func TestCompareLacking(t *testing.T) {
	t.Parallel()
	doc := func(operations string) *upstream.Description {
		return read(t, []byte("{openapi: 3.0.3, paths: {"+operations+"}}"))
	}
	const a, b, c = "/a: {get: {operationId: A}}", ", /b: {get: {operationId: B}}", ", /c: {get: {operationId: C}}"
	const kept = ", /d: {get: {operationId: D, x-ack-status: legacy}}"
	_, err := drift.Compare(doc(a), nil, doc(a+b+kept))
	require.NoError(t, err)
	_, err = drift.Compare(doc(a), nil, doc(a+b+c+kept))
	require.EqualError(t, err, "it lacks 2 of the 3 operations of the spec: it describes another product, or is cut off")
}

// TestCompareWithoutBodies has a source that does not know the fields of bodies.
func TestCompareWithoutBodies(t *testing.T) {
	t.Parallel()
	theirs := read(t, []byte(document(request(`{type: object, properties: {a: {type: string}}}`), "")))
	theirs.Knows.Body = false
	ours := read(t, []byte(document(request(`{type: object, properties: {a: {type: integer}, b: {type: string}}}`)+", "+response(`{type: string}`), "")))
	list, err := drift.Compare(theirs, nil, ours)
	require.NoError(t, err)
	assert.Empty(t, text(list))
}

// TestCompareEnumsBefore tells of a value that upstream has lost, and nothing where it has
// stopped to tell any.
func TestCompareEnumsBefore(t *testing.T) {
	t.Parallel()
	doc := func(schema string) *upstream.Description {
		return read(t, []byte(document(query("schema: "+schema), "")))
	}
	before, ours := doc(`{type: string, enum: [a, b]}`), doc(`{type: string, enum: [a, b, c]}`)
	list, err := drift.Compare(doc(`{type: string, enum: [a]}`), before, ours)
	require.NoError(t, err)
	assert.Equal(t, "enum-value-removed Change q (b)", text(list))
	list, err = drift.Compare(doc(`{type: string}`), before, ours)
	require.NoError(t, err)
	assert.Empty(t, text(list))
}

// TestCompareRegions compares each network of regions by itself.
func TestCompareRegions(t *testing.T) {
	t.Parallel()
	hosts := func(list ...regions.Region) *upstream.Description { return &upstream.Description{Regions: list} }
	list, err := drift.Compare(
		hosts(regions.Region{Region: "a", Public: "a.example.com"}, regions.Region{Region: "b", Public: "b.example.com"}, regions.Region{Region: "c", Public: "new.example.com"}), nil,
		hosts(regions.Region{Region: "a", Public: "a.example.com", VPC: "a-vpc.example.com"}, regions.Region{Region: "c", Public: "c.example.com"}, regions.Region{Region: "d", Public: "d.example.com"}))
	require.NoError(t, err)
	assert.Equal(t, "region-new b public (b.example.com)\nregion-removed d public (d.example.com)\n"+
		"endpoint-changed c public (upstream new.example.com, spec c.example.com)", text(list), "upstream lists no hosts of the other network")
	list, err = drift.Compare(hosts(regions.Region{Region: "a", VPC: "a-vpc.example.com"}), nil, hosts(regions.Region{Region: "a", Public: "a.example.com"}))
	require.NoError(t, err)
	assert.Empty(t, list)
}

// TestCompareLog holds that the newest entry about a thing counts, and what the spec keeps
// is no difference.
func TestCompareLog(t *testing.T) {
	t.Parallel()
	ours := read(t, []byte(`{openapi: 3.0.3, paths: {
		/a: {get: {operationId: Here}}, /b: {get: {operationId: Kept, x-ack-status: legacy}}, /c: {get: {operationId: Back, x-ack-removed: {since: v2}}},
		/d: {get: {operationId: Fields, parameters: [{name: p, in: query, x-ack-status: legacy, schema: {type: string}}, {name: q, in: query, schema: {type: string}}]}}}}`))
	entry := func(action upstream.Action, operation, in, path string) upstream.Entry {
		return upstream.Entry{Version: "v2", Date: "2026-01-02", Action: action, Operation: operation, In: in, Path: path}
	}
	got := drift.CompareLog(&upstream.Log{Entries: []upstream.Entry{
		entry(upstream.Added, "Here", "", ""), entry(upstream.Deleted, "Here", "", ""),
		entry(upstream.Deleted, "Kept", "", ""), entry(upstream.Added, "Back", "", ""),
		entry(upstream.Deleted, "Fields", "request", "p"), entry(upstream.Deleted, "Fields", "request", "q"), entry(upstream.Added, "Fields", "request", "q"),
		entry(upstream.Deleted, "Gone", "", ""), entry(upstream.Added, "Gone", "request", "p"), entry(upstream.Added, "Gone", "", ""),
	}}, ours)
	assert.Equal(t, "operation-back Back\nparameter-removed Fields q (string)", text(got))
	assert.Equal(t, "v2 of 2026-01-02", got[0].Since)
}

// TestReportText has one of everything that is counted, and a difference in the first line.
func TestReportText(t *testing.T) {
	t.Parallel()
	d := drift.Difference{Kind: drift.FieldNew, Operation: "A", Path: "body.x", Since: "v2 of 2026-01-02", Position: diag.Pos{File: "a.yaml", Line: 1, Col: 3}}
	r := drift.Report{Upstream: "f", Spec: "spec", Format: "openapi", Differences: []drift.Difference{d}, Known: 1, Decided: 1, Confirmed: 1}
	assert.Equal(t, "a.yaml:1:3: field-new A body.x, since v2 of 2026-01-02\nspec differs from f (openapi): 1 field-new; 1 not new; 1 decided; "+
		"1 left out, as the last snapshot has it like the spec\n", r.Text())
	assert.Contains(t, r.Markdown(), "- `A body.x`, since v2 of 2026-01-02, `a.yaml:1:3`\n")
}
