package version_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/version"
)

func changes(levels ...change.Level) []change.Change {
	out := make([]change.Change, len(levels))
	for i, l := range levels {
		out[i] = change.Change{Area: change.Go, Level: l, Subject: "x." + l.String(), Message: "x." + l.String() + " is gone"}
	}
	return out
}

// TestDecide goes through all levels before and after version 1.
func TestDecide(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		last string
		in   []change.Change
		bump version.Bump
		next string
	}{
		{"", nil, version.Initial, "v0.1.0"},
		{"", changes(change.Breaking), version.Initial, "v0.1.0"},
		{"v0.3.4", nil, version.NoChange, "v0.3.4"},
		{"v0.3.4", changes(change.Text), version.Patch, "v0.3.5"},
		{"v0.3.4", changes(change.Text, change.Compatible), version.Patch, "v0.3.5"},
		{"v0.3.4", changes(change.Risky), version.Patch, "v0.3.5"},
		{"v0.3.4", changes(change.Text, change.Breaking), version.Minor, "v0.4.0"},
		{"v1.3.4", nil, version.NoChange, "v1.3.4"},
		{"v1.3.4", changes(change.Text), version.Patch, "v1.3.5"},
		{"v1.3.4", changes(change.Compatible), version.Minor, "v1.4.0"},
		{"v1.3.4", changes(change.Risky, change.Text), version.Minor, "v1.4.0"},
		{"v1.3.4", changes(change.Breaking), version.Major, "v2.0.0"},
		{"v9.0.0", changes(change.Breaking), version.Major, "v10.0.0"},
		{"v2.9.9", changes(change.Text), version.Patch, "v2.9.10"},
	} {
		got, err := version.Decide(c.last, c.in)
		require.NoError(t, err)
		assert.Equal(t, c.bump, got.Bump, c)
		assert.Equal(t, c.next, got.Next, c)
		assert.Equal(t, c.last, got.Last)
	}
}

// TestForcing holds that the first of the gravest changes decides, whatever the order.
func TestForcing(t *testing.T) {
	t.Parallel()
	in := changes(change.Text, change.Breaking, change.Breaking, change.Risky)
	in[1].Subject, in[1].Message = "x.z", "x.z is gone"
	got, err := version.Decide("v0.3.4", in)
	require.NoError(t, err)
	require.NotNil(t, got.Forcing)
	assert.Equal(t, "x.breaking", got.Forcing.Subject)
	assert.Equal(t, change.Text, in[0].Level, "the list of the caller stays in order")
	assert.Equal(t, "v0.4.0 because of: x.breaking is gone (breaking)", got.String())
	assert.Empty(t, got.Suffix)
	in[3].Area = change.Wire
	got, err = version.Decide("v1.3.4", in)
	require.NoError(t, err)
	assert.Equal(t, "v2.0.0 because of: x.breaking is gone (breaking); the module path must end in /v2", got.String())
	assert.Equal(t, "/v2", got.Suffix)
}

// TestWords covers the decisions that no change forces.
func TestWords(t *testing.T) {
	t.Parallel()
	first, err := version.Decide("", changes(change.Breaking))
	require.NoError(t, err)
	assert.Nil(t, first.Forcing)
	assert.Equal(t, "v0.1.0: there is no release before", first.String())
	none, err := version.Decide("v3.0.1", nil)
	require.NoError(t, err)
	assert.Nil(t, none.Forcing)
	assert.Equal(t, "nothing has changed since v3.0.1", none.String())
	assert.Equal(t, "/v3", none.Suffix)
}

// TestDecideRefuses covers what is not the version of a release.
func TestDecideRefuses(t *testing.T) {
	t.Parallel()
	for last, want := range map[string]string{
		"1.2.3":                     `"1.2.3" is not a version: write it like v1.2.3`,
		"v1.2":                      `"v1.2" is not a version: write it like v1.2.3`,
		"v1.2.3+build":              `"v1.2.3+build" is not a version: write it like v1.2.3`,
		"v01.2.3":                   `"v01.2.3" is not a version: write it like v1.2.3`,
		"sdk/v1.2.3":                `"sdk/v1.2.3" is not a version: write it like v1.2.3`,
		"v1.2.3-rc.1":               "v1.2.3-rc.1 is a pre-release, which promises nothing: give the last release before it",
		"v0.0.99999999999999999999": "v0.0.99999999999999999999 has a number that is too large",
	} {
		_, err := version.Decide(last, changes(change.Text))
		require.ErrorContains(t, err, want)
	}
}

// TestCheckPath compares the path of a module with its version.
func TestCheckPath(t *testing.T) {
	t.Parallel()
	const path = "github.com/ackgen/ackgen"
	for _, c := range []struct{ path, version, fault string }{
		{path, "v0.1.0", ""},
		{path, "v1.9.0", ""},
		{path + "/v2", "v2.0.0", ""},
		{path + "/v12", "v12.0.0", ""},
		{"gopkg.in/yaml.v3", "v3.0.0", ""},
		{"gopkg.in/yaml.v1", "v1.0.0", ""},
		{path, "v2.0.0", "the module path must end in /v2 for v2.0.0: in go.mod and in all imports, replace " + path + " with " + path + "/v2"},
		{path + "/v2", "v3.0.0", "must end in /v3 for v3.0.0: in go.mod and in all imports, replace " + path + "/v2 with " + path + "/v3"},
		{path + "/v2", "v1.0.0", "the module path " + path + "/v2 must not end in /v2 for v1.0.0: it must be " + path},
		{path + "/v1", "v1.0.0", path + "/v1 is not the path of a module"},
		{path, "2.0.0", `"2.0.0" is not a version`},
	} {
		err := version.CheckPath(c.path, c.version)
		if c.fault == "" {
			require.NoError(t, err, c)
			continue
		}
		require.ErrorContains(t, err, c.fault)
	}
}
