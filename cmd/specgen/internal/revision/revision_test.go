package revision_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/git"
	"github.com/ackgen/ackgen/cmd/specgen/internal/revision"
	"github.com/ackgen/ackgen/generator/diag"
)

// TestMain gives git an identity that is not the user's.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{
		"GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1",
		"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "c", "GIT_COMMITTER_EMAIL": "c@example.com",
	} {
		if err := os.Setenv(name, value); err != nil {
			panic(err) //nolint:forbidigo // there is no test to fail yet
		}
	}
	os.Exit(m.Run()) //nolint:forbidigo // the main of the tests
}

func document(version string) string {
	return "openapi: 3.0.3\ninfo: {title: T, version: \"" + version + "\"}\npaths: {}\n"
}

// repository makes a repository with two commits: the first is tagged v1.
func repository(t *testing.T) (git.Repo, string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	repo := git.Repo{Dir: dir}
	run(t, repo, "init", "--quiet", "--initial-branch=main")
	put(t, dir, "go.mod", "module example.com/m\n")
	put(t, dir, "api/openapi.yaml", document("one"))
	put(t, dir, "api/other.yaml", document("other"))
	put(t, dir, "spec/root.yaml", "openapi: 3.0.3\ninfo: {title: T, version: fragments}\n")
	put(t, dir, "spec/schemas/Bad.yaml", "type: [\n")
	run(t, repo, "add", ".")
	run(t, repo, "commit", "--quiet", "--message=one")
	run(t, repo, "tag", "v1")
	put(t, dir, "api/openapi.yaml", document("two"))
	put(t, dir, "new/openapi.yaml", document("new"))
	run(t, repo, "add", ".")
	run(t, repo, "commit", "--quiet", "--message=two")
	put(t, dir, "api/openapi.yaml", document("three"))
	return repo, dir
}

func run(t *testing.T, repo git.Repo, args ...string) string {
	t.Helper()
	out, err := repo.Run(t.Context(), args...)
	require.NoError(t, err)
	return out
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o750))
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
}

// version opens a side and returns the version that its document tells.
func version(t *testing.T, arg, spec string) string {
	t.Helper()
	s, err := revision.Open(t.Context(), arg, spec)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	require.NotNil(t, s.Document.Tree)
	return s.Document.Tree.Child("info").Text("version")
}

// TestOpen opens what arguments name.
func TestOpen(t *testing.T) {
	t.Parallel()
	repo, dir := repository(t)
	api := filepath.Join(dir, "api")
	for arg, want := range map[string]string{
		"v1": "one", "v1:": "one", "main": "two", "HEAD~1": "one", "@": "two", run(t, repo, "rev-parse", "HEAD"): "two",
		"v1:api/other.yaml": "other", "v1:api": "one", "main:new": "new", "main:new/": "new",
		api: "three", filepath.Join(api, "other.yaml"): "other",
	} {
		assert.Equal(t, want, version(t, arg, api), arg)
	}
	assert.Equal(t, "one", version(t, "v1", filepath.Join(api, "openapi.yaml")))
	assert.Equal(t, "new", version(t, "main", filepath.Join(dir, "new")))
	link := filepath.Join(t.TempDir(), "link")
	require.NoError(t, os.Symlink(dir, link))
	assert.Equal(t, "one", version(t, "v1", filepath.Join(link, "api")), "git knows the folder by its own name")
}

// TestOpenFromFolder works in a folder of the repository, with paths from there.
func TestOpenFromFolder(t *testing.T) {
	_, dir := repository(t)
	put(t, dir, "api/v1", document("file"))
	t.Chdir(filepath.Join(dir, "api"))
	assert.Equal(t, "one", version(t, "v1:", "."))
	assert.Equal(t, "one", version(t, "v1:", "../api"))
	assert.Equal(t, "other", version(t, "v1:./other.yaml", "."))
	assert.Equal(t, "file", version(t, "v1", "."), "a file wins")
	assert.Equal(t, "file", version(t, "./v1", "."))
	require.NoError(t, os.RemoveAll(filepath.Join(dir, "new")))
	assert.Equal(t, "new", version(t, "main", "../new"), "the path need not be there any more")
}

// TestPositions name the revision, and the fragment.
func TestPositions(t *testing.T) {
	t.Parallel()
	_, dir := repository(t)
	s, err := revision.Open(t.Context(), "v1", filepath.Join(dir, "spec"))
	require.NoError(t, err)
	assert.Equal(t, "v1:", s.Revision)
	assert.Equal(t, "v1", s.Name)
	require.Len(t, s.Document.Findings, 1)
	assert.Equal(t, "v1:spec/schemas/Bad.yaml", s.Document.Findings[0].Pos.File)
	moved := s.Document.AtSource([]diag.Finding{{Pos: diag.Pos{File: "x", Line: 4, Col: 3}}})
	assert.Equal(t, "v1:spec/root.yaml", moved[0].Pos.File)
	module := s.Module
	assert.FileExists(t, filepath.Join(module, "go.mod"))
	require.NoError(t, s.Close())
	assert.NoDirExists(t, module)

	s, err = revision.Open(t.Context(), filepath.Join(dir, "api"), filepath.Join(dir, "api"))
	require.NoError(t, err)
	assert.Equal(t, dir, s.Module, "that of --spec")
	require.NoError(t, s.Close())
	s, err = revision.Open(t.Context(), filepath.Join(dir, "new"), filepath.Join(dir, "api"))
	require.NoError(t, err)
	assert.Empty(t, s.Module)
	assert.Empty(t, s.Revision)
	require.NoError(t, s.Close())
}

// TestErrors tell what to do, and leave no files behind.
func TestErrors(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	_, dir := repository(t)
	api := filepath.Join(dir, "api")
	outside := t.TempDir()
	put(t, temp, "x", document("secret"))
	for _, tt := range []struct{ arg, spec, want string }{
		{"v9", api, "find v9: there is neither such a file nor such a revision"},
		{"--all", api, "find --all: there is neither such a file nor such a revision"},
		{"./v1", api, "find ./v1: there is no such file or folder"},
		{filepath.Join(dir, "no.yaml"), api, "there is no such file or folder"},
		{":api", api, "find :api: there is no such file or folder"},
		{"v1", filepath.Join(dir, "new"), "open v1: the revision has no new; name its spec as v1:PATH"},
		{"v1:nothing", api, "open v1:nothing: the revision has no nothing; name its spec as v1:PATH"},
		{"v1:a/../../x", api, "the revision has no a/../../x"},
		{"v1", outside, "it is no file, and for a revision: git rev-parse: fatal: not a git repository"},
		{dir, api, "holds neither"},
		{"v1:.", api, "holds neither"},
	} {
		_, err := revision.Open(t.Context(), tt.arg, tt.spec)
		require.ErrorContains(t, err, tt.want, tt.arg)
	}
	left, err := filepath.Glob(filepath.Join(temp, "specgen-*"))
	require.NoError(t, err)
	assert.Empty(t, left)
}

// TestModuleOfRevision holds that a spec of a revision without a module has none: the
// one that is around the copy is another.
func TestModuleOfRevision(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	repo, dir := repository(t)
	put(t, temp, "go.mod", "module example.com/other\n")
	s, err := revision.Open(t.Context(), "v1", filepath.Join(dir, "api"))
	require.NoError(t, err)
	assert.NotEmpty(t, s.Module)
	require.NoError(t, s.Close())
	run(t, repo, "rm", "--quiet", "go.mod")
	run(t, repo, "commit", "--quiet", "--message=no module")
	s, err = revision.Open(t.Context(), "HEAD", filepath.Join(dir, "api"))
	require.NoError(t, err)
	assert.Empty(t, s.Module)
	require.NoError(t, s.Close())
}

// TestShallow says how to get what is missing.
func TestShallow(t *testing.T) {
	t.Parallel()
	_, dir := repository(t)
	clone := filepath.Join(t.TempDir(), "clone")
	run(t, git.Repo{Dir: dir}, "clone", "--quiet", "--depth=1", "file://"+dir, clone)
	_, err := revision.Open(t.Context(), "HEAD~1", filepath.Join(clone, "api"))
	require.ErrorContains(t, err, "get it with git fetch --unshallow --tags")
	assert.Equal(t, "two", version(t, "HEAD", filepath.Join(clone, "api")))
}

// TestLinks holds that links inside of a revision are followed, and no others.
func TestLinks(t *testing.T) {
	t.Parallel()
	repo, dir := repository(t)
	secret := filepath.Join(t.TempDir(), "secret.yaml")
	require.NoError(t, os.WriteFile(secret, []byte(document("secret")), 0o600))
	up := strings.Repeat("../", 40)
	for name, target := range map[string]string{
		"inside.yaml": "api/openapi.yaml", "absolute.yaml": secret, "above.yaml": up + secret[1:], "here": ".", "through.yaml": "here/here/" + up + secret[1:], "dangling.yaml": "nothing",
	} {
		require.NoError(t, os.Symlink(target, filepath.Join(dir, name)))
	}
	run(t, repo, "add", ".")
	run(t, repo, "commit", "--quiet", "--message=links")
	spec := filepath.Join(dir, "api")
	assert.Equal(t, "three", version(t, "HEAD:inside.yaml", spec))
	for _, name := range []string{"absolute.yaml", "above.yaml", "through.yaml", "dangling.yaml"} {
		_, err := revision.Open(t.Context(), "HEAD:"+name, spec)
		require.ErrorContains(t, err, "the revision has no "+name)
	}
}

// TestCancel ends the work, and leaves nothing.
func TestCancel(t *testing.T) {
	t.Parallel()
	_, dir := repository(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := revision.Open(ctx, "v1", filepath.Join(dir, "api"))
	require.ErrorIs(t, err, context.Canceled)
}
