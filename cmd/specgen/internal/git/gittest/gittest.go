// Package gittest makes repositories for tests, which depend on nothing that the user
// has set.
//
// It is for tests only. It imports testify and the package git.
package gittest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/git"
)

// Main runs the tests of a package with an identity and without settings of the user.
// It returns the exit code.
func Main(m *testing.M) int {
	for name, value := range map[string]string{
		"GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1",
		"GIT_AUTHOR_NAME": "Author", "GIT_AUTHOR_EMAIL": "author@example.com", "GIT_AUTHOR_DATE": "2026-11-27T10:00:00Z",
		"GIT_COMMITTER_NAME": "Committer", "GIT_COMMITTER_EMAIL": "committer@example.com", "GIT_COMMITTER_DATE": "2026-11-27T10:00:00Z",
	} {
		if os.Setenv(name, value) != nil {
			return 1
		}
	}
	return m.Run()
}

// Repo is a repository in a temporary folder, with the branch main.
type Repo struct {
	git.Repo
	t *testing.T
}

// New makes a repository with one commit of files, by path.
func New(t *testing.T, files map[string]string) Repo {
	t.Helper()
	r := Repo{git.Repo{Dir: t.TempDir()}, t}
	r.Git("init", "--quiet", "--initial-branch=main")
	r.Commit("first", files)
	return r
}

// Copy makes a repository that is like another one. Its index does not know yet that
// its files are the same.
func Copy(t *testing.T, dir string) Repo {
	t.Helper()
	r := Repo{git.Repo{Dir: t.TempDir()}, t}
	require.NoError(t, os.CopyFS(r.Dir, os.DirFS(dir)))
	return r
}

// Git carries out a command, which must succeed, and returns what it prints.
func (r Repo) Git(args ...string) string {
	r.t.Helper()
	out, err := r.Run(r.t.Context(), args...)
	require.NoError(r.t, err)
	return out
}

// Write writes files, by path. An empty text removes one.
func (r Repo) Write(files map[string]string) {
	r.t.Helper()
	for name, text := range files {
		file := filepath.Join(r.Dir, filepath.FromSlash(name))
		if text == "" {
			require.NoError(r.t, os.Remove(file))
			continue
		}
		require.NoError(r.t, os.MkdirAll(filepath.Dir(file), 0o750))
		require.NoError(r.t, os.WriteFile(file, []byte(text), 0o600))
	}
}

// Read returns the text of a file.
func (r Repo) Read(name string) string {
	r.t.Helper()
	text, err := os.ReadFile(filepath.Join(r.Dir, filepath.FromSlash(name)))
	require.NoError(r.t, err)
	return string(text)
}

// Commit writes files and commits all that differs. It returns the id of the commit.
func (r Repo) Commit(message string, files map[string]string) string {
	r.t.Helper()
	r.Write(files)
	r.Git("add", "--all")
	r.Git("commit", "--quiet", "--allow-empty", "--message="+message)
	return r.Git("rev-parse", "HEAD")
}

// Remote makes a bare copy of the repository, and makes it the remote origin.
func (r Repo) Remote() Repo {
	r.t.Helper()
	bare := Repo{git.Repo{Dir: filepath.Join(r.t.TempDir(), "bare.git")}, r.t}
	r.Git("clone", "--quiet", "--bare", ".", bare.Dir)
	r.Git("remote", "add", "origin", bare.Dir)
	r.Git("fetch", "--quiet", "origin")
	return bare
}

// State is all that a release could leave behind: references, HEAD, index and tree,
// without what git logs and loose objects.
func (r Repo) State() string {
	r.t.Helper()
	parts := []string{r.Git("for-each-ref"), r.Git("rev-parse", "--symbolic-full-name", "HEAD")}
	if r.Git("rev-parse", "--is-bare-repository") == "false" {
		parts = append(parts, r.Git("status", "--porcelain", "--ignored"), r.Git("ls-files", "--stage"), r.Git("worktree", "list"))
	}
	return strings.Join(parts, "\n")
}
