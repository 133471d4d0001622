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
)

// TestMain gives git an identity, and a hook's view of another repository.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{
		"GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_DIR": "/nowhere", "GIT_INDEX_FILE": "/nowhere/index",
		"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "c", "GIT_COMMITTER_EMAIL": "c@example.com",
	} {
		if err := os.Setenv(name, value); err != nil {
			panic(err) //nolint:forbidigo // there is no test to fail yet
		}
	}
	os.Exit(m.Run()) //nolint:forbidigo // the main of the tests
}

// TestRun works on the repository of its folder, whatever the environment says.
func TestRun(t *testing.T) {
	t.Parallel()
	repo := git.Repo{Dir: t.TempDir()}
	ctx := t.Context()
	_, err := repo.Run(ctx, "init", "--quiet", "--initial-branch=main")
	require.NoError(t, err)
	lines, err := repo.Lines(ctx, "tag")
	require.NoError(t, err)
	assert.Empty(t, lines)
	require.NoError(t, os.WriteFile(filepath.Join(repo.Dir, "a"), []byte("x"), 0o600))
	_, err = repo.Run(ctx, "add", "a")
	require.NoError(t, err)
	_, err = repo.Run(ctx, "commit", "--quiet", "--message=first")
	require.NoError(t, err)
	for _, tag := range []string{"one", "two"} {
		_, err = repo.Run(ctx, "tag", tag)
		require.NoError(t, err)
	}
	lines, err = repo.Lines(ctx, "tag")
	require.NoError(t, err)
	assert.Equal(t, []string{"one", "two"}, lines)
	var out bytes.Buffer
	require.NoError(t, repo.Stream(ctx, strings.NewReader("words"), &out, "hash-object", "--stdin"))
	assert.Equal(t, "f917a2c299cecfd1baa88af5f6e311ee56e529a8\n", out.String())
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
