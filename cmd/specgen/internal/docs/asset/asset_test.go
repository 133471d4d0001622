package asset

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// lock is what we read of package-lock.json.
type lock struct {
	Packages map[string]struct {
		Version   string `json:"version"`
		Integrity string `json:"integrity"`
		License   string `json:"license"`
	} `json:"packages"`
}

func TestLibraryIsTheOneOfTheLock(t *testing.T) {
	t.Parallel()
	var manifest struct {
		Dependencies map[string]string `json:"dependencies"`
	}
	var locked lock
	readJSON(t, "npm/package.json", &manifest)
	readJSON(t, "npm/package-lock.json", &locked)
	require.Equal(t, []string{"minisearch"}, keys(manifest.Dependencies))
	library := locked.Packages["node_modules/minisearch"]
	assert.Equal(t, library.Version, manifest.Dependencies["minisearch"], "the version is exact")
	assert.Equal(t, "MIT", library.License)

	// minisearch.sums is written when files are copied: the package that they come from,
	// and the hash of each.
	sums, err := os.ReadFile("npm/minisearch.sums")
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(string(sums)), "\n")
	require.Len(t, lines, 3)
	assert.Equal(t, "# minisearch "+library.Version+" "+library.Integrity, lines[0])
	for i, name := range []string{"minisearch.js", "minisearch.LICENSE.txt"} {
		data, err := os.ReadFile(filepath.Join("npm", name))
		require.NoError(t, err)
		sum := sha256.Sum256(data)
		assert.Equal(t, hex.EncodeToString(sum[:])+"  "+name, lines[i+1], "run make search-library")
	}
}

func TestFilesAreClassicScripts(t *testing.T) {
	t.Parallel()
	files, err := Files()
	require.NoError(t, err)
	for _, name := range append(Scripts(), Theme, "minisearch.js", "minisearch.LICENSE.txt") {
		require.NotEmpty(t, files[name], name)
	}
	assert.Len(t, files, len(Scripts())+3)
	forbidden := regexp.MustCompile(`(?m)^\s*(import|export)\b|\bfetch\(|XMLHttpRequest|\beval\(|new Function|innerHTML|document\.write|https?://`)
	for _, name := range append(Scripts(), Theme) {
		assert.Empty(t, forbidden.FindString(string(files[name])), name)
	}
}

func readJSON(t *testing.T, path string, target any) {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, target))
}

func keys(m map[string]string) []string {
	var out []string
	for key := range m {
		out = append(out, key)
	}
	slices.Sort(out)
	return out
}
