package changelog_test

import (
	"strings"
	"testing"

	"github.com/ackgen/ackgen/cmd/specgen/internal/changelog"
)

// FuzzParse releases a version in any file that is understood. The new file is understood as well, has the section, has the other ones as
// they were, and no notes; and releasing the same again changes nothing.
func FuzzParse(f *testing.F) {
	f.Add(before, "- A note.")
	f.Add("## Unreleased", "")
	f.Add("## Unreleased\n\n## v0.1.0 - 2026-01-01\n~~~\n## x\n~~~ \n", "### More\n\n```\n## in code\n```")
	f.Add("# C\n## Unreleased \n   ````\n```\n````\n## v1.0.0 - 2026-01-01 \n## v0.9.9 - 2025-01-01", "## v7.0.0 - 2026-01-01")
	f.Fuzz(func(t *testing.T, text, notes string) {
		file, err := changelog.Parse(text)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "CHANGELOG.md") {
				t.Fatal(err)
			}
			return
		}
		const version = "v99999999999.0.0"
		section := "## " + version + " - 2026-11-28\n\n" + notes
		if _, err := changelog.Parse("## Unreleased\n" + section); err != nil || strings.Contains(notes, "## v") {
			return // not a section
		}
		released, err := file.Release(version, section)
		if err != nil {
			if !strings.Contains(text, version) && !strings.Contains(text, "v99999999999") {
				t.Fatal(err)
			}
			return
		}
		after, err := changelog.Parse(released)
		if err != nil {
			t.Fatalf("%q becomes %q: %v", text, released, err)
		}
		if got := after.Version(version); got != strings.TrimSpace(section)+"\n" || after.Notes() != "" {
			t.Fatalf("%q has the section %q and the notes %q", released, got, after.Notes())
		}
		for line := range strings.SplitSeq(text, "\n") {
			if name, _, ok := strings.Cut(strings.TrimPrefix(line, "## "), " - "); ok && file.Version(name) != after.Version(name) {
				t.Fatalf("%s was %q and is %q", name, file.Version(name), after.Version(name))
			}
		}
		if again, err := after.Release(version, section); err != nil || again != released {
			t.Fatalf("%q becomes %q: %v", released, again, err)
		}
	})
}
