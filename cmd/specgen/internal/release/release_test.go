package release

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/artifacts"
	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git/gittest"
)

func TestMain(m *testing.M) {
	code := gittest.Main(m)
	if err := os.RemoveAll(template.dir); err != nil {
		code = 1
	}
	os.Exit(code) //nolint:forbidigo // the main of the tests
}

// template is a repository that has released v0.1.0, and has something new. It is made
// once and copied, as making it takes a while.
var template struct {
	sync.Once
	dir string
}

// pets is a module that generates, tests and builds in no time.
func pets() map[string]string {
	return map[string]string{
		"go.mod":       "module example.com/pets\n\ngo 1.26.0\n",
		"version.go":   "package pets\n\n// Version is that of the module.\nconst Version = \"0.0.0-dev\" // set by specgen release\n",
		"spec/pets":    "cat\n",
		"generated":    "const Version = \"0.0.0-dev\" // set by specgen release\ncat\n",
		"generate.sh":  "grep const version.go > generated\ncat spec/pets >> generated\n",
		"test.sh":      "grep -q cat generated\n",
		"CHANGELOG.md": "# Changelog\n\n## Unreleased\n\n- Pets.\n",
		"LICENSE":      "none\n",
		"cmd/pets/main.go": "package main\n\nimport \"runtime/debug\"\n\nfunc main() {\n\tinfo, _ := debug.ReadBuildInfo()\n" +
			"\tprintln(info.Main.Version)\n}\n",
	}
}

// added asks for the next patch, and dropped for the next minor version below 1.
var (
	added   = change.Change{Kind: "operation-added", Area: change.Wire, Level: change.Compatible, Subject: "AddPet", Message: "the operation is new"}
	dropped = change.Change{Kind: "operation-removed", Area: change.Wire, Level: change.Breaking, Subject: "DropPet", Message: "the operation is gone"}
)

// options are those of a release with changes.
func options(t *testing.T, repo gittest.Repo, changes ...change.Change) Options {
	t.Helper()
	return Options{
		Dir: repo.Dir, Branch: "main", Date: time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC), Temp: t.TempDir(), Approvals: "spec/approvals.yaml",
		Generate: []string{"sh", "generate.sh"}, Test: []string{"sh", "test.sh"},
		Platforms: []artifacts.Platform{{OS: runtime.GOOS, Arch: runtime.GOARCH}},
		Progress:  func(string) {},
		Compare: func(context.Context, string, string) (Comparison, error) {
			return Comparison{Changes: changes}, nil
		},
	}
}

// empty checks that nothing is left in a folder.
func empty(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Empty(t, entries)
}

// released returns a copy of the template.
func released(t *testing.T) gittest.Repo {
	t.Helper()
	template.Do(func() {
		repo := gittest.New(t, pets())
		plan, err := Run(t.Context(), options(t, repo, added), Local)
		require.NoError(t, err)
		require.Empty(t, plan.Refusals)
		repo.Commit("second", map[string]string{"spec/pets": "cat\ndog\n", "generated": "const Version = \"0.1.0\" // set by specgen release\ncat\ndog\n"})
		template.dir, err = os.MkdirTemp("", "template") //nolint:usetesting // it outlives this test
		require.NoError(t, err)
		require.NoError(t, os.CopyFS(template.dir, os.DirFS(repo.Dir)))
	})
	return gittest.Copy(t, template.dir)
}

// TestFirst makes a first release, and tells before what it will be.
func TestFirst(t *testing.T) {
	t.Parallel()
	repo := gittest.New(t, pets())
	o := options(t, repo, added)
	before := repo.State()
	dry, err := Run(t.Context(), o, DryRun)
	require.NoError(t, err)
	assert.Empty(t, dry.Refusals)
	assert.Equal(t, before, repo.State(), "a dry run changes nothing")
	empty(t, o.Temp)
	assert.Equal(t, []string{"CHANGELOG.md", "generated", "version.go"}, dry.Files)

	plan, err := Run(t.Context(), o, Local)
	require.NoError(t, err)
	assert.Empty(t, plan.Refusals)
	empty(t, o.Temp)
	assert.Equal(t, dry.Version, plan.Version)
	assert.Equal(t, dry.Section, plan.Section)
	assert.Equal(t, dry.Files, plan.Files)
	for i, s := range plan.Steps {
		assert.True(t, s.Done, s.Name)
		assert.Equal(t, dry.Steps[i].Name, s.Name, "both print the same list")
	}
	assert.Empty(t, repo.Git("status", "--porcelain"))
	assert.Equal(t, "const Version = \"0.1.0\" // set by specgen release\ncat\n", repo.Read("generated"))
	assert.Equal(t, "# Changelog\n\n## Unreleased\n\n## v0.1.0 - 2026-11-27\n\n- Pets.\n\n### Added\n\n- Operation: `AddPet`.\n", repo.Read("CHANGELOG.md"))
	assert.Equal(t, "Release v0.1.0", repo.Git("log", "-1", "--format=%s", "main"))
	assert.Equal(t, dry.Commit, repo.Git("rev-parse", "main~1"))
	assert.Equal(t, "tag", repo.Git("cat-file", "-t", "v0.1.0"))
	assert.Equal(t, repo.Git("rev-parse", "main"), repo.Git("rev-parse", "v0.1.0^{commit}"))
	assert.Contains(t, repo.Git("cat-file", "tag", "v0.1.0"), "\n\nRelease v0.1.0\n\n## v0.1.0 - 2026-11-27\n\n- Pets.\n")
	_, err = repo.Run(t.Context(), "fsck", "--strict")
	require.NoError(t, err)
}

// TestNext releases from the last tag, clears the approvals, and tells of retractions.
func TestNext(t *testing.T) {
	t.Parallel()
	repo := released(t)
	repo.Git("tag", "v9.0.0-rc.1")
	repo.Git("tag", "very-last")
	require.NoError(t, Retract(repo.Dir, "v0.1.0", "it bites"))
	repo.Commit("third", map[string]string{"spec/approvals.yaml": "# Accepted breaks.\n\n- fingerprint: \"0123456789ab\"\n"})
	o := options(t, repo, dropped)
	compare := o.Compare
	o.Compare = func(ctx context.Context, last, head string) (Comparison, error) {
		assert.Equal(t, "v0.1.0", last)
		assert.Equal(t, repo.Git("rev-parse", "HEAD"), head)
		return compare(ctx, last, head)
	}
	plan, err := Run(t.Context(), o, Local)
	require.NoError(t, err)
	assert.Empty(t, plan.Refusals)
	assert.Equal(t, "v0.1.0", plan.Last)
	assert.Equal(t, map[string]int{"breaking": 1}, plan.Counts)
	assert.Equal(t, dropped, *plan.Forcing)
	assert.Equal(t, "# Accepted breaks.\n\n", repo.Read("spec/approvals.yaml"))
	assert.Equal(t, "## v0.2.0 - 2026-11-27\n\n### Retracted\n\n- `v0.1.0`: it bites.\n\n### Breaking changes\n\n- `DropPet`: the operation is gone.\n", plan.Section)
	assert.Contains(t, repo.Read("version.go"), `"0.2.0"`)
}

// TestPatch releases what no comparison sees: a note, or a retraction.
func TestPatch(t *testing.T) {
	t.Parallel()
	repo := released(t)
	repo.Write(map[string]string{"CHANGELOG.md": strings.Replace(repo.Read("CHANGELOG.md"), "## Unreleased\n", "## Unreleased\n\n- No fleas.\n", 1)})
	repo.Commit("mend", nil)
	plan, err := Run(t.Context(), options(t, repo), Local)
	require.NoError(t, err)
	assert.Equal(t, "## v0.1.1 - 2026-11-27\n\n- No fleas.\n", plan.Section)
	assert.Equal(t, "CHANGELOG.md has notes below ## Unreleased", plan.Forcing.Message)

	require.NoError(t, Retract(repo.Dir, "v0.1.1", "fleas"))
	repo.Commit("retract", nil)
	plan, err = Run(t.Context(), options(t, repo), Local)
	require.NoError(t, err)
	assert.Equal(t, "## v0.1.2 - 2026-11-27\n\n### Retracted\n\n- `v0.1.1`: fleas.\n", plan.Section)

	o := options(t, repo, added)
	o.As = "v0.1.3"
	plan, err = Run(t.Context(), o, DryRun)
	require.NoError(t, err)
	assert.Empty(t, plan.Refusals, "it is what the changes ask for")
	o.As = "v1.0.0"
	plan, err = Run(t.Context(), o, Local)
	require.NoError(t, err)
	assert.Empty(t, plan.Refusals)
	assert.Equal(t, "v1.0.0", plan.Version)
	assert.NotContains(t, plan.Section, "Retracted", "that was told before")
}

// TestPush pushes branch and tag, both or none, and nothing without being told to.
func TestPush(t *testing.T) {
	t.Parallel()
	repo := released(t)
	bare := repo.Remote()
	o := options(t, repo, dropped)
	o.Remote = "origin"
	plan, err := Run(t.Context(), o, Push)
	require.NoError(t, err)
	require.Empty(t, plan.Refusals)
	assert.Equal(t, repo.Git("rev-parse", "main", "v0.2.0"), bare.Git("rev-parse", "main", "v0.2.0"))

	repo.Commit("third", nil)
	before := bare.State()
	o = options(t, repo, dropped)
	o.Remote = "origin"
	plan, err = Run(t.Context(), o, Local)
	require.NoError(t, err)
	require.Empty(t, plan.Refusals)
	assert.Equal(t, before, bare.State(), "nothing leaves the machine")
}

// TestPushRefused undoes the release when the remote takes neither branch nor tag.
func TestPushRefused(t *testing.T) {
	t.Parallel()
	repo := released(t)
	bare := repo.Remote()
	hook := filepath.Join(bare.Dir, "hooks", "update")
	require.NoError(t, os.WriteFile(hook, []byte("#!/bin/sh\ncase $1 in refs/tags/*) echo no tags; exit 1;; esac\n"), 0o700)) //nolint:gosec // a program
	o := options(t, repo, dropped)
	o.Remote, o.Artifacts = "origin", filepath.Join(t.TempDir(), "out")
	before, there := repo.State(), bare.State()
	_, err := Run(t.Context(), o, Push)
	require.ErrorContains(t, err, "push branch and tag at once to origin: git push: ")
	assert.Equal(t, before, repo.State())
	assert.Equal(t, there, bare.State())
	assert.NoDirExists(t, o.Artifacts)
	empty(t, o.Temp)
}

// TestFailure fails before and after each step, and finds that nothing is left behind.
func TestFailure(t *testing.T) {
	t.Parallel()
	repo := released(t)
	repo.Git("update-index", "--refresh") // as State compares the index
	bare := repo.Remote()
	o := options(t, repo, dropped)
	o.Remote = "origin"
	injected := errors.New("injected")
	names := (&run{Options: o, mode: Push}).steps()
	o.Artifacts = filepath.Join(t.TempDir(), "out")
	before, there := repo.State(), bare.State()
	for i := range names {
		for _, after := range []bool{false, true} {
			r := &run{Options: o, mode: Push, repo: repo.Repo}
			r.Artifacts = "" // building is slow, and TestPushRefused undoes it
			steps := r.steps()
			if after && i == len(steps)-1 {
				continue // what is pushed stays
			}
			carryOut := steps[i].run
			steps[i].run = func(ctx context.Context) error {
				if after {
					require.NoError(t, carryOut(ctx))
				}
				return injected
			}
			if after { // the step itself was done, and the next one fails
				steps[i].run = carryOut
				steps[i+1].run = func(context.Context) error { return injected }
			}
			_, err := r.carryOut(t.Context(), steps)
			require.ErrorIs(t, err, injected, names[i].name)
			assert.Equal(t, before, repo.State(), names[i].name)
			assert.Equal(t, there, bare.State(), names[i].name)
			empty(t, o.Temp)
		}
	}
}

// TestInterrupt ends the run between and within steps, and leaves nothing behind.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	repo := released(t)
	repo.Git("update-index", "--refresh") // as State compares the index
	bare := repo.Remote()
	o := options(t, repo, dropped)
	o.Remote = "origin"
	count := len((&run{Options: o, mode: Push}).steps())
	before, there := repo.State(), bare.State()
	for i := range count {
		ctx, cancel := context.WithCancel(t.Context())
		begun := 0
		o.Progress = func(string) {
			if begun == i {
				cancel()
			}
			begun++
		}
		_, err := Run(ctx, o, Push)
		require.ErrorIs(t, err, context.Canceled)
		assert.Equal(t, before, repo.State())
		assert.Equal(t, there, bare.State())
		empty(t, o.Temp)
	}
}

// TestArtifacts builds and packs, in the same bytes every time.
func TestArtifacts(t *testing.T) {
	t.Parallel()
	repo := released(t)
	o := options(t, repo, dropped)
	o.Artifacts = filepath.Join(t.TempDir(), "out")
	plan, err := Run(t.Context(), o, Local)
	require.NoError(t, err)
	require.Empty(t, plan.Refusals)
	archive := "pets_v0.2.0_" + runtime.GOOS + "_" + runtime.GOARCH + ".tar.gz"
	assert.Equal(t, []string{archive, "pets_v0.2.0_sbom.cdx.json", "SHA256SUMS"}, plan.Artifacts)
	sums := exec.CommandContext(t.Context(), "sha256sum", "--check", "--strict", "SHA256SUMS")
	sums.Dir = o.Artifacts
	out, err := sums.CombinedOutput()
	require.NoError(t, err, string(out))
	unpack := exec.CommandContext(t.Context(), "tar", "-xzf", archive) //nolint:gosec // it was just packed
	unpack.Dir = o.Artifacts
	require.NoError(t, unpack.Run())
	folder := filepath.Join(o.Artifacts, strings.TrimSuffix(archive, ".tar.gz"))
	said, err := exec.CommandContext(t.Context(), filepath.Join(folder, "pets")).CombinedOutput() //nolint:gosec // it was just built
	require.NoError(t, err)
	assert.Equal(t, "v0.2.0\n", string(said))
	log, err := os.ReadFile(filepath.Join(folder, "CHANGELOG.md"))
	require.NoError(t, err)
	assert.Equal(t, repo.Read("CHANGELOG.md"), string(log))

	repo.Commit("third", map[string]string{"cmd/pets/more.go": "package main\n\nconst More = 1\n"})
	again := options(t, repo)
	again.Artifacts = filepath.Join(t.TempDir(), "again")
	before := repo.State()
	plan, err = Rebuild(t.Context(), again, "v0.2.0")
	require.NoError(t, err)
	assert.Equal(t, before, repo.State())
	for _, name := range plan.Artifacts {
		assert.Equal(t, fileText(t, filepath.Join(o.Artifacts, name)), fileText(t, filepath.Join(again.Artifacts, name)), name)
	}
	_, err = Rebuild(t.Context(), again, "v0.9.0")
	require.ErrorContains(t, err, "find the tag v0.9.0: git rev-parse: fatal: Needed a single revision")

	o = options(t, repo, dropped)
	o.Artifacts = folder
	plan, err = Run(t.Context(), o, Local)
	require.NoError(t, err)
	require.Len(t, plan.Refusals, 1)
	assert.Contains(t, plan.Refusals[0], "is not empty: name another one, or empty it")
	assert.NotContains(t, repo.Git("tag"), "v0.3.0")
	assert.FileExists(t, filepath.Join(folder, "pets"))
}

func fileText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(text)
}

// TestRetract writes the directive once, and refuses what it cannot mean.
func TestRetract(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "go.mod")
	require.NoError(t, os.WriteFile(file, []byte("module example.com/pets\n\ngo 1.26.0\n"), 0o600))
	require.NoError(t, Retract(dir, "v0.1.0", " it\nbites // hard "))
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, "module example.com/pets\n\ngo 1.26.0\n\n// it bites // hard\nretract v0.1.0\n", string(text))
	require.EqualError(t, Retract(dir, "v0.1.0", "again"), "go.mod retracts v0.1.0 already")
	require.ErrorContains(t, Retract(dir, "0.1.0", "x"), `"0.1.0" is not a version`)
	require.ErrorContains(t, Retract(dir, "v0.2.0", " "), "a retraction needs a reason")
	require.ErrorContains(t, Retract(filepath.Join(dir, "none"), "v0.2.0", "x"), "retract v0.2.0: open ")
}
