package links_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/internal/budget/limits"
	"github.com/ackgen/ackgen/internal/budget/links"
)

const root = "../../.."

// TestNewDependencyIsFound compares a package that needs more with the limits of sdk/ack.
func TestNewDependencyIsFound(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(root, "budgets.yaml"))
	require.NoError(t, err)
	committed, err := limits.Parse(text)
	require.NoError(t, err)
	program := links.Programs()[0]
	program.Packages = []string{"./sdk/ack/ackmock"}
	more, err := links.Of(t.Context(), root, program)
	require.NoError(t, err)
	problems := limits.Compare([]limits.Group{more}, limits.Limits{Lists: committed.Lists}).Problems
	assert.Contains(t, problems, "links, modules: github.com/stretchr/testify is new: github.com/ackgen/ackgen/sdk/roa/roamock imports github.com/stretchr/testify/mock")
	assert.Contains(t, problems, "links, packages: github.com/ackgen/ackgen/sdk/ack/ackmock is new: it is measured now")
	assert.Contains(t, problems, "links, packages: github.com/ackgen/ackgen/sdk/roa/roamock is new: github.com/ackgen/ackgen/sdk/ack/ackmock imports it")
	assert.Contains(t, problems, "links, further standard packages: runtime/debug is new: github.com/stretchr/testify/assert imports it")
}

// TestStandardPackagesAreThoseBesideHTTP holds that the list is about what the package brings.
func TestStandardPackagesAreThoseBesideHTTP(t *testing.T) {
	t.Parallel()
	program := links.Program{Packages: []string{"./sdk/roa"}, Beside: []string{"net/http", "encoding/json"}}
	got, err := links.Of(t.Context(), root, program)
	require.NoError(t, err)
	for _, l := range got.Lists {
		if l.Name == links.Standard {
			assert.Contains(t, l.Items, "regexp")
			assert.NotContains(t, l.Items, "net/http")
			assert.Equal(t, "github.com/ackgen/ackgen/sdk/roa imports it", l.Why["regexp"])
		}
	}
	program.Packages = []string{"./nowhere"}
	_, err = links.Of(t.Context(), root, program)
	require.ErrorContains(t, err, "go list in ")
}

// TestEveryPackageOfProgramsIsMeasured holds that what programs import has limits, and what tests import has none.
func TestEveryPackageOfProgramsIsMeasured(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(filepath.Join(root, "sdk"))
	require.NoError(t, err)
	var packages, measured []string
	for _, entry := range entries {
		switch name := entry.Name(); name {
		case "acktest", "examples", "internal":
		case "roa": // which all others bring
		default:
			packages = append(packages, "./sdk/"+name)
		}
	}
	for _, program := range links.Programs() {
		measured = append(measured, program.Packages...)
	}
	assert.ElementsMatch(t, packages, measured)
}
