package changelog_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/changelog"
)

const before = `# Changelog

What users notice.

## Unreleased

- A note.

### More

` + "```" + `
## in code
` + "```" + `

## v0.2.0 - 2026-10-01

- Second.

## v0.1.0 - 2026-09-01

- First.
`

// TestRelease moves the notes into the section of the version, once.
func TestRelease(t *testing.T) {
	t.Parallel()
	f, err := changelog.Parse(before)
	require.NoError(t, err)
	assert.Equal(t, "- A note.\n\n### More\n\n```\n## in code\n```", f.Notes())
	section := changelog.Section(changelog.Content{Version: "v0.3.0", Date: "2026-11-27", Notes: f.Notes()})
	after, err := f.Release("v0.3.0", section)
	require.NoError(t, err)
	assert.Equal(t, "# Changelog\n\nWhat users notice.\n\n## Unreleased\n\n## v0.3.0 - 2026-11-27\n\n- A note.\n\n### More\n\n```\n## in code\n```\n\n"+
		"## v0.2.0 - 2026-10-01\n\n- Second.\n\n## v0.1.0 - 2026-09-01\n\n- First.\n", after)

	f, err = changelog.Parse(after)
	require.NoError(t, err)
	assert.Empty(t, f.Notes())
	assert.Equal(t, section, f.Version("v0.3.0"))
	assert.Equal(t, "## v0.1.0 - 2026-09-01\n\n- First.\n", f.Version("v0.1.0"))
	assert.Empty(t, f.Version("v9.0.0"))
	again, err := f.Release("v0.3.0", section)
	require.NoError(t, err)
	assert.Equal(t, after, again, "a second run changes nothing")
}

// TestReleaseRefuses holds that a version is told of once, and in its place.
func TestReleaseRefuses(t *testing.T) {
	t.Parallel()
	f, err := changelog.Parse(before)
	require.NoError(t, err)
	_, err = f.Release("v0.2.0", "## v0.2.0 - 2026-10-01\n\n- Second.\n")
	require.ErrorContains(t, err, "tells of v0.2.0 already", "there are new notes")
	_, err = f.Release("v0.1.1", "## v0.1.1 - 2026-11-27\n")
	require.EqualError(t, err, "CHANGELOG.md tells of v0.2.0, and v0.1.1 is older")
	f, err = changelog.Parse("## Unreleased\n\n## v0.2.0 - 2026-10-01\n\n- Second.\n")
	require.NoError(t, err)
	_, err = f.Release("v0.2.0", "## v0.2.0 - 2026-10-01\n\n- Other.\n")
	require.ErrorContains(t, err, "a version is released once")
}

// TestParseRefuses names what is not understood, and where.
func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                 `CHANGELOG.md has no heading "## Unreleased": add it above the versions`,
		"# Changelog\n\n## [Unreleased]\n": `CHANGELOG.md:3: heading "## [Unreleased]" is not understood: use "## Unreleased" or a version like "## v1.2.3 - 2006-01-02"`,
		"## Unreleased\n## v1.2\n":         `CHANGELOG.md:2: heading "## v1.2" is not understood: use "## Unreleased" or a version like "## v1.2.3 - 2006-01-02"`,
		"## Unreleased\n\n## Unreleased\n": `CHANGELOG.md:3: "## Unreleased" stands there twice: keep one`,
		"## v1.0.0 - 2026-01-01\n## Unreleased\n":                            `CHANGELOG.md:1: v1.0.0 stands before "## Unreleased": put that heading first`,
		"## Unreleased\n## v1.0.0 - 2026-01-01\n## v1.10.0 - 2026-01-01\n":   `CHANGELOG.md:3: v1.10.0 stands below v1.0.0: sort the versions, the latest first`,
		"## Unreleased\n## v1.0.0 - 2026-01-01\nx\n## v1.0.0 - 2026-01-02\n": `CHANGELOG.md:4: v1.0.0 stands there twice: keep one`,
		"## Unreleased\r\n":                            `CHANGELOG.md has line ends of Windows: store it with line feeds alone`,
		"## Unreleased\n\n~~~\n## v1.0.0 - 2026-01-01": `CHANGELOG.md: a block of code that begins with ~~~ does not end`,
	} {
		_, err := changelog.Parse(text)
		assert.EqualError(t, err, want, text)
	}
	_, err := changelog.Parse("## Unreleased\n````\n```\n## x\n````\n## v1.0.0 - 2026-01-01\n")
	require.NoError(t, err, "a longer fence holds a shorter one")
	f, err := changelog.Parse("## Unreleased\n```\n```text\n## x\n```\n## v1.0.0 - 2026-01-01\n")
	require.NoError(t, err, "what has a word behind it ends no block")
	assert.Contains(t, f.Notes(), "## x")
}

// TestOurs holds that the change log of this repository is understood.
func TestOurs(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../../CHANGELOG.md")
	require.NoError(t, err)
	_, err = changelog.Parse(string(text))
	require.NoError(t, err)
}
