package terms_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/terms"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

func TestRead(t *testing.T) {
	t.Parallel()
	var list diag.List
	file := yamlsrc.Files{}.Parse(terms.FileName, []byte(`
terms:
  节点池: {groups: [NodePools], schemas: [NodePool], source: {document: reference}}
  安全组: {source: {document: reference}, fields: [security_group_ids]}
`), &list)
	require.Empty(t, list.Sorted())
	got, faults := terms.Read(file)
	require.Empty(t, faults)
	require.Len(t, got, 2)
	assert.Equal(t, "节点池", got[0].Text)
	assert.Equal(t, []string{"groups NodePools", "schemas NodePool"}, read(got[0]))
	assert.Equal(t, "安全组", got[1].Text)
	assert.Equal(t, []string{"fields security_group_ids"}, read(got[1]))
	assert.Equal(t, "reference", yamlsrc.Text(got[1].Source, "document"))

	got, faults = terms.Read(nil)
	assert.Empty(t, got)
	assert.Empty(t, faults)
}

func read(term terms.Term) []string {
	var out []string
	for _, n := range term.Names {
		out = append(out, string(n.Kind)+" "+n.Text)
	}
	return out
}

func TestReadFaults(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`[]`:                                  "terms.yaml must hold a mapping",
		`term: {}`:                            `terms.yaml has no key "term"; did you mean terms?; there are terms`,
		`terms: [a]`:                          "terms must be a mapping from terms to what they name",
		`terms: {a: b}`:                       "the term a must be a mapping that says what it names",
		`terms: {a: {fields: [b]}}`:           "the term a has no source, which is the document that has it",
		`terms: {a: {source: {document: d}}}`: "the term a names nothing",
		`terms: {" a": {fields: [b], source: {document: d}}}`:          `the term " a" is empty, or has blanks around it`,
		`terms: {a: {fields: [b, [c]], source: {document: d}}}`:        "fields must be a list of names",
		`terms: {a: {fields: [b], feilds: [], source: {document: d}}}`: `a term has no key "feilds"; did you mean fields?; there are operations, groups, schemas, fields, source`,
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			var list diag.List
			_, faults := terms.Read(yamlsrc.Files{}.Parse(terms.FileName, []byte(text), &list))
			require.Len(t, faults, 1)
			assert.Equal(t, want, faults[0].Message)
			assert.NotNil(t, faults[0].At)
		})
	}
}
