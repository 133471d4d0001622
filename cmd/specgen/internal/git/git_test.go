package git_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/git"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git/gittest"
)

func TestMain(m *testing.M) {
	// A hook sees another repository.
	if os.Setenv("GIT_DIR", "/nowhere") != nil || os.Setenv("GIT_INDEX_FILE", "/nowhere/index") != nil {
		os.Exit(1) //nolint:forbidigo // the main of the tests
	}
	os.Exit(gittest.Main(m)) //nolint:forbidigo // the main of the tests
}

// TestRun works on the repository of its folder, whatever the environment says.
func TestRun(t *testing.T) {
	t.Parallel()
	repo := gittest.New(t, map[string]string{"a": "x"})
	ctx := t.Context()
	lines, err := repo.Lines(ctx, "tag")
	require.NoError(t, err)
	assert.Empty(t, lines)
	repo.Git("tag", "one")
	repo.Git("tag", "two")
	lines, err = repo.Lines(ctx, "tag")
	require.NoError(t, err)
	assert.Equal(t, []string{"one", "two"}, lines)
	var out bytes.Buffer
	require.NoError(t, repo.Stream(ctx, strings.NewReader("words"), &out, "hash-object", "--stdin"))
	assert.Equal(t, "f917a2c299cecfd1baa88af5f6e311ee56e529a8\n", out.String())
}

// TestEnvironment holds that git asks nothing, answers in English, and is led to no other
// repository.
func TestEnvironment(t *testing.T) {
	t.Parallel()
	repo := gittest.New(t, map[string]string{"a": "x"})
	out, err := repo.Run(t.Context(), "-c", "alias.environment=!echo $LC_ALL $GIT_TERMINAL_PROMPT $GIT_OPTIONAL_LOCKS", "environment")
	require.NoError(t, err)
	assert.Equal(t, "C 0 0", out)
	kept := []string{"HOME=/home", "GIT_DIRECTORY=/x", "GIT_CONFIG_GLOBAL=/dev/null", "PATH="}
	assert.Equal(t, kept, git.Environment(append([]string{
		"GIT_DIR=/x", "GIT_WORK_TREE=/x", "GIT_INDEX_FILE=/x", "GIT_OBJECT_DIRECTORY=/x", "GIT_ALTERNATE_OBJECT_DIRECTORIES=/x",
		"GIT_COMMON_DIR=/x", "GIT_NAMESPACE=x", "GIT_PREFIX=x/",
	}, kept...)))
}

// TestError holds that an error is one line with what git said, and keeps its cause.
func TestError(t *testing.T) {
	t.Parallel()
	repo := git.Repo{Dir: t.TempDir()}
	_, err := repo.Run(t.Context(), "rev-parse", "HEAD")
	require.ErrorContains(t, err, "git rev-parse: fatal: not a git repository")
	assert.NotContains(t, err.Error(), "\n")
	var failed *git.Error
	require.ErrorAs(t, err, &failed)
	assert.Equal(t, []string{"rev-parse", "HEAD"}, failed.Args)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = repo.Run(ctx, "version")
	assert.True(t, errors.Is(err, context.Canceled), err)
	_, err = git.Repo{Dir: filepath.Join(repo.Dir, "missing")}.Run(t.Context(), "version")
	require.ErrorContains(t, err, "git version: chdir")
}

// TestIsRepository tells a folder that is in no repository from one in which git does not work.
func TestIsRepository(t *testing.T) {
	t.Parallel()
	ctx, dir := t.Context(), t.TempDir()
	repo := git.Repo{Dir: dir}
	is, err := repo.IsRepository(ctx)
	require.NoError(t, err)
	assert.False(t, is)

	_, err = repo.Run(ctx, "init", "--quiet")
	require.NoError(t, err)
	is, err = repo.IsRepository(ctx)
	require.NoError(t, err)
	assert.True(t, is)

	require.NoError(t, os.RemoveAll(filepath.Join(dir, ".git")))
	require.NoError(t, os.WriteFile(filepath.Join(dir, ".git"), []byte("gitdir: nowhere\n"), 0o600))
	_, err = repo.IsRepository(ctx)
	require.ErrorContains(t, err, "not a git repository: ")
}
