package release

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git/gittest"
)

// TestRefusals names each reason not to release, and what to do.
func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		edit func(gittest.Repo, *Options)
		want string
	}{
		"dirty": {func(r gittest.Repo, _ *Options) { r.Write(map[string]string{"spec/new": "x", "spec/pets": "bird\n"}) },
			"the tree is dirty: commit or remove M spec/pets, ?? spec/new"},
		"detached": {func(r gittest.Repo, _ *Options) { r.Git("checkout", "--quiet", "--detach") },
			"HEAD is detached: switch to the branch main"},
		"branch": {func(r gittest.Repo, _ *Options) { r.Git("checkout", "--quiet", "-b", "work") },
			"the branch is work, and releases are made of main: switch to it, or name this one with --branch"},
		"tag elsewhere": {func(r gittest.Repo, _ *Options) {
			r.Git("tag", "v0.2.0", r.Git("commit-tree", "-m", "other", "HEAD^{tree}"))
		}, "the tag v0.2.0 exists already, on a commit that HEAD does not have: a tag never moves"},
		"remote tag": {func(r gittest.Repo, o *Options) {
			bare := r.Remote()
			bare.Git("tag", "v0.2.0")
			o.Remote = "origin"
		}, "the remote origin has the tag v0.2.0, which is not here: run git fetch --tags origin"},
		"other remote tag": {func(r gittest.Repo, o *Options) {
			bare := r.Remote()
			bare.Git("tag", "--force", "v0.1.0", "main")
			o.Remote = "origin"
		}, "the tag v0.1.0 here is not that of the remote origin: a tag never moves, so delete it here and run git fetch --tags origin"},
		"remote ahead": {func(r gittest.Repo, o *Options) {
			bare := r.Remote()
			bare.Git("update-ref", "refs/heads/main", bare.Git("commit-tree", "-p", "main", "-m", "other", "main^{tree}"))
			o.Remote = "origin"
		}, "the branch main of the remote origin has commits that HEAD lacks: run git pull"},
		"no remote": {func(_ gittest.Repo, o *Options) { o.Remote = "nowhere" },
			`the remote "nowhere" does not tell its tags (git ls-remote: fatal: 'nowhere' does not appear to be a git repository`},
		"stale": {func(r gittest.Repo, _ *Options) { r.Commit("stale", map[string]string{"spec/pets": "fish cat\n"}) },
			"what is generated is stale: run sh generate.sh, and commit generated"},
		"no version": {func(r gittest.Repo, _ *Options) {
			r.Commit("none", map[string]string{"version.go": "package pets\n\nconst Other = 1\n", "generated": "const Other = 1\ncat\ndog\n"})
		}, `no Go file names the version: write const Version = "" // set by specgen release where it is needed`},
		"changelog": {func(r gittest.Repo, _ *Options) { r.Commit("log", map[string]string{"CHANGELOG.md": "# Changelog\n"}) },
			`CHANGELOG.md has no heading "## Unreleased": add it above the versions`},
		"no changelog": {func(r gittest.Repo, _ *Options) { r.Commit("log", map[string]string{"CHANGELOG.md": ""}) },
			`CHANGELOG.md has no heading "## Unreleased": add it above the versions`},
		"merged into the past": {func(r gittest.Repo, _ *Options) {
			r.Commit("log", map[string]string{"CHANGELOG.md": r.Read("CHANGELOG.md") + "- A late note.\n"})
		}, `the section of v0.1.0 in CHANGELOG.md is not the one that was released: move what was added since to "## Unreleased", and leave the rest as it was (git diff v0.1.0 -- CHANGELOG.md shows it)`},
		"told already": {func(r gittest.Repo, _ *Options) {
			r.Commit("log", map[string]string{"CHANGELOG.md": strings.Replace(r.Read("CHANGELOG.md"), "## v0.1.0", "## v0.2.0 - 2026-01-01\n\n- Early.\n\n## v0.1.0", 1)})
		}, "CHANGELOG.md tells of v0.2.0 already: a version is released once"},
		"shallow": {func(r gittest.Repo, _ *Options) {
			r.Write(map[string]string{".git/shallow": r.Git("rev-parse", "HEAD~1") + "\n"})
		}, "the history is cut off, so that the last version may be missing: run git fetch --unshallow --tags"},
		"module": {func(_ gittest.Repo, o *Options) { o.As = "v2.0.0" },
			"the module path must end in /v2 for v2.0.0: in go.mod and in all imports, replace example.com/pets with example.com/pets/v2"},
		"no module": {func(r gittest.Repo, _ *Options) { r.Commit("none", map[string]string{"go.mod": ""}) },
			"the commit has no go.mod that names a module, and so nothing to release"},
		"as too low": {func(_ gittest.Repo, o *Options) { o.As = "v0.1.5" },
			"the changes ask for v0.2.0: --as takes no version below it, and not v0.1.5"},
		"as nothing": {func(_ gittest.Repo, o *Options) { o.As = "1.0" },
			`"1.0" is not a version: --as takes one such as v1.0.0`},
		"unapproved": {func(_ gittest.Repo, o *Options) {
			o.Compare = func(context.Context, string, string) (Comparison, error) {
				return Comparison{Changes: []change.Change{dropped}, Unapproved: []change.Change{dropped}}, nil
			}
		}, "nobody has approved the break " + dropped.Fingerprint() + ": the operation is gone: run specgen review v0.1.0 HEAD to see and approve it"},
		"nothing": {func(_ gittest.Repo, o *Options) {
			o.Compare = func(context.Context, string, string) (Comparison, error) { return Comparison{}, nil }
		}, `there is nothing to release since v0.1.0: no change of the API, and no note below "## Unreleased" in CHANGELOG.md`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			repo := released(t)
			o := options(t, repo, dropped)
			tt.edit(repo, &o)
			before := repo.State()
			dry, err := Run(t.Context(), o, DryRun)
			require.NoError(t, err)
			plan, err := Run(t.Context(), o, Local)
			require.NoError(t, err)
			require.Len(t, plan.Refusals, 1)
			assert.True(t, strings.HasPrefix(plan.Refusals[0], tt.want), plan.Refusals[0])
			assert.Equal(t, plan.Refusals, dry.Refusals)
			assert.Equal(t, before, repo.State())
			empty(t, o.Temp)
		})
	}
}

// TestRefusedArtifacts tells before the tests, which take their time, that the artifacts
// have no place. A folder that git ignores is one.
func TestRefusedArtifacts(t *testing.T) {
	t.Parallel()
	repo := released(t)
	repo.Commit("ignore", map[string]string{".gitignore": "/out/\n"})
	o := options(t, repo, dropped)
	for folder, want := range map[string]string{
		"LICENSE": "LICENSE: ",
		"cmd":     "/cmd is not empty: name another one, or empty it",
		"dist":    "/dist for artifacts would make the tree dirty: name one outside of the repository, or one that git ignores",
		"out":     "",
		"../new":  "",
	} {
		o.Artifacts = filepath.Join(repo.Dir, folder)
		plan, err := Run(t.Context(), o, DryRun)
		require.NoError(t, err)
		if want == "" {
			assert.Empty(t, plan.Refusals, folder)
			continue
		}
		assert.Contains(t, strings.Join(plan.Refusals, "\n"), want, folder)
		_, err = Run(t.Context(), o, Local)
		require.NoError(t, err, folder)
		assert.NotContains(t, repo.Git("tag"), "v0.2.0")
	}
}

// TestFailures are about what goes wrong within a step.
func TestFailures(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		edit func(gittest.Repo, *Options)
		want string
	}{
		"tests fail": {func(_ gittest.Repo, o *Options) {
			o.Test = []string{"sh", "-c", "echo one is wrong >&2; echo really >&2; exit 3"}
		},
			"test the second clone with sh -c echo one is wrong >&2; echo really >&2; exit 3: sh -c echo one is wrong >&2; echo really >&2; exit 3: exit status 3\n  one is wrong\n  really"},
		"tests write": {func(_ gittest.Repo, o *Options) { o.Test = []string{"sh", "-c", "echo x >> spec/pets"} },
			"the tests changed spec/pets"},
		"generates the folder": {func(r gittest.Repo, o *Options) {
			o.Generate = []string{"sh", "-c", "sh generate.sh; case $PWD in *second*) echo 2 >> generated; esac"}
		}, "generate in a second clone elsewhere: the same bytes: two clones differ in generated"},
		"no such command": {func(_ gittest.Repo, o *Options) { o.Generate = []string{"no-such-command"} }, "executable file not found"},
		"branch moves": {func(r gittest.Repo, o *Options) {
			o.Test = []string{"git", "-C", r.Dir, "commit", "--quiet", "--allow-empty", "--message=meanwhile"}
		}, "the branch main moved while the release was made: run it again"},
		"other branch": {func(r gittest.Repo, o *Options) {
			o.Test = []string{"git", "-C", r.Dir, "checkout", "--quiet", "-b", "work"}
		},
			"the branch main moved while the release was made: run it again"},
		"tree changes": {func(r gittest.Repo, o *Options) { o.Test = []string{"sh", "-c", "echo x >> " + r.Dir + "/spec/pets"} },
			"the tree changed while the release was made: commit or remove M spec/pets, and run it again"},
		"link leads out": {func(r gittest.Repo, _ *Options) {
			r.Write(map[string]string{"outside": "- entry\n"})
			require.NoError(t, os.Rename(filepath.Join(r.Dir, "outside"), r.Dir+".outside"))
			require.NoError(t, os.Symlink(r.Dir+".outside", filepath.Join(r.Dir, "spec", "approvals.yaml")))
			r.Commit("link", nil)
		}, "approvals.yaml: path escapes from parent"},
		"artifacts get another neighbor": {func(_ gittest.Repo, o *Options) {
			o.Artifacts = filepath.Join(o.Temp, "..", filepath.Base(o.Temp)+"-out")
			o.Test = []string{"mkdir", "-p", filepath.Join(o.Artifacts, "other")}
		}, "is not empty: name another one, or empty it"},
		"bad branch": {func(_ gittest.Repo, o *Options) { o.Branch = "--detach" }, `"--detach" is not a branch`},
		"tag appears": {func(r gittest.Repo, o *Options) { o.Test = []string{"git", "-C", r.Dir, "tag", "v0.2.0"} },
			"bring commit and tag into the repository: git update-ref: fatal: prepare: cannot lock ref 'refs/tags/v0.2.0'"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			repo := released(t)
			o := options(t, repo, dropped)
			tt.edit(repo, &o)
			head := repo.Git("rev-parse", "main")
			_, err := Run(t.Context(), o, Local)
			require.ErrorContains(t, err, tt.want)
			assert.NotContains(t, repo.Git("log", "--all", "--format=%s"), "Release v0.2.0")
			repo.Git("merge-base", "--is-ancestor", head, "main")
			if name == "link leads out" {
				assert.Equal(t, "- entry\n", fileText(t, repo.Dir+".outside"))
			}
			assert.Contains(t, repo.Read("version.go"), `"0.1.0"`)
			if name != "tree changes" {
				assert.Empty(t, repo.Git("status", "--porcelain"))
			}
			empty(t, o.Temp)
		})
	}
}
