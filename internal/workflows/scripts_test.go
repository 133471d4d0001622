package workflows_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// machine is a folder with programs that stand for those of GitHub, and what they were
// asked.
type machine struct {
	t   *testing.T
	dir string
}

// newMachine makes a machine whose programs are shell scripts.
func newMachine(t *testing.T, programs map[string]string) machine {
	t.Helper()
	m := machine{t, t.TempDir()}
	for name, script := range programs {
		m.write("bin/"+name, "#!/bin/sh\necho "+name+" \"$@\" >> "+m.dir+"/asked\n"+script)
		require.NoError(t, os.Chmod(filepath.Join(m.dir, "bin", name), 0o700)) //nolint:gosec // a program
	}
	return m
}

func (m machine) write(name, text string) {
	m.t.Helper()
	file := filepath.Join(m.dir, name)
	require.NoError(m.t, os.MkdirAll(filepath.Dir(file), 0o750))
	require.NoError(m.t, os.WriteFile(file, []byte(text), 0o600))
}

func (m machine) read(name string) string {
	m.t.Helper()
	text, err := os.ReadFile(filepath.Join(m.dir, name))
	require.NoError(m.t, err)
	return string(text)
}

// run runs a script of .github in the folder of the machine.
func (m machine) run(script string, env []string, args ...string) (string, error) {
	m.t.Helper()
	path, err := filepath.Abs(filepath.Join(root, ".github", script))
	require.NoError(m.t, err)
	cmd := exec.CommandContext(m.t.Context(), path, args...) //nolint:gosec // it is our own
	cmd.Dir = m.dir
	cmd.Env = append(append(cmd.Environ(), "PATH="+filepath.Join(m.dir, "bin")+string(os.PathListSeparator)+pathOf(cmd)), env...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func pathOf(cmd *exec.Cmd) string {
	path := ""
	for _, entry := range cmd.Environ() {
		if value, ok := strings.CutPrefix(entry, "PATH="); ok {
			path = value
		}
	}
	return path
}

var pull = []string{"GH_REPO=o/r", "HEAD_OWNER=fork", "HEAD_BRANCH=it's; echo $(x)", "HEAD_SHA=abc"}

// TestComment edits the comment that is there, or writes the first one, and runs nothing
// that a branch or a review says.
func TestComment(t *testing.T) {
	t.Parallel()
	m := newMachine(t, map[string]string{"gh": "for last; do :; done\ncase $1 in api) echo 7;; pr) cat \"$last\" > body; case $4 in --edit-last) test -e old;; esac;; esac\n"})
	m.write("review.md", "# Review\n\n$(touch ran) `touch ran`\n")
	out, err := m.run("comment-review", pull, "review.md")
	require.NoError(t, err, out)
	asked := strings.Split(strings.TrimSpace(m.read("asked")), "\n")
	require.Len(t, asked, 3)
	assert.Equal(t, "gh api --method GET repos/o/r/pulls --raw-field state=open --raw-field head=fork:it's; echo $(x) --jq .[] | select(.head.sha == env.HEAD_SHA) | .number", asked[0])
	assert.Regexp(t, `^gh pr comment 7 --edit-last --body-file \S+$`, asked[1])
	assert.Regexp(t, `^gh pr comment 7 --body-file \S+$`, asked[2], "there was none to edit")
	assert.Equal(t, "This review was made by the code of the pull request. The run that made it has it as a page, too.\n\n# Review\n\n$(touch ran) `touch ran`\n", m.read("body"))
	assert.NoFileExists(t, filepath.Join(m.dir, "ran"))

	m.write("old", "")
	require.NoError(t, os.Remove(filepath.Join(m.dir, "asked")))
	out, err = m.run("comment-review", pull, "review.md")
	require.NoError(t, err, out)
	assert.Equal(t, 2, strings.Count(m.read("asked"), "\n"), "one is edited and none written")
}

// TestCommentCut keeps to what a comment may hold, and cuts at the end of a line.
func TestCommentCut(t *testing.T) {
	t.Parallel()
	m := newMachine(t, map[string]string{"gh": "case $1 in api) echo 7;; pr) cat \"$6\" > body;; esac\n"})
	m.write("review.md", strings.Repeat("ü 100 characters\n", 6000))
	out, err := m.run("comment-review", pull, "review.md")
	require.NoError(t, err, out)
	body := m.read("body")
	assert.True(t, strings.HasSuffix(body, "\nü 100 characters\n\nThe rest is in the files of the run.\n"), body[len(body)-60:])
	assert.Less(t, len(body), 65536)
	assert.Greater(t, len(body), 59000)
}

// TestCommentGone says that a pull request has moved on, which is no failure.
func TestCommentGone(t *testing.T) {
	t.Parallel()
	m := newMachine(t, map[string]string{"gh": ""})
	m.write("review.md", "x")
	out, err := m.run("comment-review", pull, "review.md")
	require.NoError(t, err, out)
	assert.Equal(t, "no open pull request has abc any more\n", out)
	out, err = m.run("comment-review", pull, "missing.md")
	require.Error(t, err, out)
}

// TestDrift opens a pull request, leaves one that is open to its people, and tells a
// failure from a difference.
func TestDrift(t *testing.T) {
	t.Parallel()
	differs := "mkdir -p out; echo report > out/report.md; exit 1\n"
	for name, tt := range map[string]struct {
		make, gh string
		want     []string
		fails    bool
	}{
		"same": {make: "exit 0\n", want: []string{"make drift"}},
		"new": {make: differs, want: []string{
			"make drift", "gh pr list --head drift --state open --json number --jq .[].number", "make drift ARGS=--apply",
			"git switch --quiet --force-create drift", "git add --all spec", "git commit --quiet --allow-empty --message Follow what the provider publishes",
			"git push --quiet --force origin drift", "gh pr create --head drift --title Follow what the provider publishes --body-file out/body.md",
		}},
		"open": {make: differs, gh: "case $2 in list) echo 7;; esac\n", want: []string{
			"make drift", "gh pr list --head drift --state open --json number --jq .[].number", "gh pr edit 7 --body-file out/body.md",
		}},
		"broken": {make: "exit 1\n", want: []string{"make drift"}, fails: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMachine(t, map[string]string{"make": tt.make, "gh": tt.gh, "git": ""})
			out, err := m.run("open-drift", nil, "out")
			assert.Equal(t, tt.fails, err != nil, out)
			assert.Equal(t, tt.want, strings.Split(strings.TrimSpace(m.read("asked")), "\n"))
			if !tt.fails && name != "same" {
				assert.Equal(t, "report\n", m.read("out/body.md"))
			}
		})
	}
}
