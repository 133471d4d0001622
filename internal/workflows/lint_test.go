package workflows_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

var exception = regexp.MustCompile(`//nolint:([\w,-]+)`)

// TestExceptionsAreOfLintersThatRun looks at each //nolint of the repository: nolintlint tells which are not needed, but not of a linter that is
// not enabled.
func TestExceptionsAreOfLintersThatRun(t *testing.T) {
	t.Parallel()
	var config struct {
		Linters struct {
			Enable []string `yaml:"enable"`
		} `yaml:"linters"`
	}
	text, err := os.ReadFile(filepath.Join(root, ".golangci.yml"))
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(text, &config))
	found := 0
	require.NoError(t, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && strings.HasPrefix(entry.Name(), ".") && path != root:
			return fs.SkipDir // of git, of editors and of what make builds
		case filepath.Ext(path) != ".go":
			return nil
		}
		text, err := os.ReadFile(path)
		for _, m := range exception.FindAllStringSubmatch(string(text), -1) {
			found++
			assert.Subset(t, config.Linters.Enable, strings.Split(m[1], ","), path)
		}
		return err
	}))
	assert.NotZero(t, found)
}
