package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/internal/presets"
)

// TestSchemaAgreesWithReader has configurations that the schema and the reader must
// both take, or both refuse.
func TestSchemaAgreesWithReader(t *testing.T) {
	t.Parallel()
	var schema openapi3.Schema
	require.NoError(t, json.Unmarshal([]byte(configSchema), &schema))
	whole := "out: a\n    package: b\n    spec: c\n    operations: [A]\n    groups: [B]\n    presets: [operator]\n    mocks: true\n    overrides: true"
	for _, tt := range []struct {
		text string
		good bool
	}{
		{"packages:\n  - " + whole, true},
		{string(firstConfig), true},
		{"packages: [{out: a}, {out: b, mocks: false}]", true},
		{"{}", false},
		{"[]", false},
		{"packages: []", false},
		{"packages: {out: a}", false},
		{"packages: [a]", false},
		{"packages: [{}]", false},
		{"packages: [{package: a}]", false},
		{"packages: [{out: a}]\nversion: 1", false},
		{"packages: [{out: a, opperations: [A]}]", false},
		{"packages: [{out: 1}]", false},
		{"packages: [{out: ''}]", false},
		{"packages: [{out: a, package: [b]}]", false},
		{"packages: [{out: a, package: ''}]", false},
		{"packages: [{out: a, spec: true}]", false},
		{"packages: [{out: a, mocks: 'false'}]", false},
		{"packages: [{out: a, mocks: off}]", false},
		{"packages: [{out: a, mocks: 0}]", false},
		{"packages: [{out: a, overrides: false}]", true},
		{"packages: [{out: a, overrides: 'true'}]", false},
		{"packages: [{out: a, operations: A}]", false},
		{"packages: [{out: a, operations: []}]", false},
		{"packages: [{out: a, operations: ['']}]", false},
		{"packages: [{out: a, groups: []}]", false},
		{"packages: [{out: a, groups: [1]}]", false},
		{"packages: [{out: a, presets: [other]}]", false},
		{"packages: [{out: a, presets: operator}]", false},
	} {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), configName)
			require.NoError(t, os.WriteFile(path, []byte(tt.text), 0o600))
			_, err := readConfig(path)
			var value any
			require.NoError(t, yaml.Unmarshal([]byte(tt.text), &value))
			bySchema := schema.VisitJSON(value)
			if tt.good {
				require.NoError(t, err)
				require.NoError(t, bySchema)
				return
			}
			require.Error(t, err)
			require.Error(t, bySchema)
		})
	}
}

// TestSchemaHasAllKeys compares the schema with the keys that are read and the
// presets that there are.
func TestSchemaHasAllKeys(t *testing.T) {
	t.Parallel()
	var schema openapi3.Schema
	require.NoError(t, json.Unmarshal([]byte(configSchema), &schema))
	assert.ElementsMatch(t, configKeys, keysOf(schema.Properties))
	pkg := schema.Properties["packages"].Value.Items.Value
	assert.ElementsMatch(t, packageKeys, keysOf(pkg.Properties))
	for name, p := range pkg.Properties {
		assert.NotEmpty(t, p.Value.Description, name)
		assert.Contains(t, string(firstConfig), name+":", "init shows every key")
	}
	var known []any
	for _, preset := range presets.Names() {
		known = append(known, preset)
	}
	assert.Equal(t, known, pkg.Properties["presets"].Value.Items.Value.Enum)
}

func keysOf(properties openapi3.Schemas) []string {
	var out []string
	for key := range properties {
		out = append(out, key)
	}
	return out
}

// TestFirstConfigSaysWhatItMeans uncomments the keys of the first configuration.
// TestFaultsAreLines has a key that tries to be a line of its own.
func TestFaultsAreLines(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), configName)
	require.NoError(t, os.WriteFile(file, []byte(`packages: [{"a\n::error::evil": x}]`), 0o600))
	_, err := readConfig(file)
	require.ErrorContains(t, err, `unknown key a\n::error::evil`)
}

func TestFirstConfigSaysWhatItMeans(t *testing.T) {
	t.Parallel()
	text := string(firstConfig)
	for _, key := range []string{"package", "spec", "groups", "presets"} {
		before := text
		text = strings.Replace(text, "    # "+key+": ", "    "+key+": ", 1)
		require.NotEqual(t, before, text, key)
	}
	path := filepath.Join(t.TempDir(), configName)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	targets, err := readConfig(path)
	require.NoError(t, err)
	require.Len(t, targets, 1)
	got := targets[0]
	assert.Equal(t, "ack", got.pkg)
	assert.Equal(t, filepath.Join(filepath.Dir(path), "internal", "ack"), got.out)
	assert.Equal(t, filepath.Join(filepath.Dir(path), "..", "api", "openapi.yaml"), got.spec)
	assert.Contains(t, texts(got.operations), "DescribeClusterAttachScripts", "of the preset")
	assert.True(t, got.noMocks)
}
