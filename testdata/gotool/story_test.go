package gotool

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/module"
	modzip "golang.org/x/mod/zip"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden of the story")

const golden = root + "/golden/story/story.txt"

// sdk is the module of the story.
const sdk = "example.com/nodes"

// story is a repository with a spec and an SDK, and what was done to it.
type story struct {
	project

	told strings.Builder
}

// TestStory tells how a change of the provider becomes a release that programs take
// over. All commands are the real ones; the golden has what they print.
func TestStory(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.tell("A team has the spec of a service, and releases the SDK that is made of it.")
	s.firstRelease()
	consumer := s.consumer()

	s.tell("The provider adds an operation and a field, renames a field, and narrows a type. Drift finds it.")
	s.specgen(1, "drift", "upstream/v2.yaml")
	s.tell("What can be known is written down. People have to decide about the type.")
	s.specgen(1, "drift", "upstream/v2.yaml", "--apply", "--snapshot", "official-2", "--today", "2026-02-02")
	s.tell("Lint asks for what is missing.")
	s.specgen(0, "bundle")
	s.specgen(1, "lint")
	s.tell("People write it. The renamed field stays under its old name, too; the narrower type is taken over.")
	s.writeTexts()
	s.specgen(0, "bundle")
	s.specgen(0, "lint")
	s.make("generate")
	s.commit("Follow the provider")

	s.tell("The review shows what that means. The narrower type breaks programs, and nobody has approved that, so nothing is released.")
	s.specgen(1, "review", "v0.1.0", "HEAD")
	s.specgen(1, "release", "--date", "2026-02-03")
	s.approve()
	s.specgen(0, "review", "v0.1.0", "HEAD", "--markdown", "../review.md", "--html", "../review.html")
	s.tell("The release is made, and agrees with what the provider publishes.")
	s.specgen(0, "release", "--run", "--date", "2026-02-03", "--test-command", "go vet ./...")
	s.command(0, "git", "log", "--format=%s%d", "--max-count", "3")
	s.specgen(0, "drift", "upstream/v2.yaml")
	s.tell("A program takes the new version over. What was approved it has to follow, and the rest compiles.")
	s.publish("v0.2.0")
	s.takeOver(consumer)
	s.compare()
}

// newStory makes the repository: the spec that breaks no rule, and the files of the
// story.
func newStory(t *testing.T) *story {
	t.Helper()
	m := newMachine(t)
	bin := t.TempDir()
	for _, name := range []string{"specgen", "codegen"} {
		run(t, root, nil, "", "go", "build", "-o", filepath.Join(bin, name), "./cmd/"+name)
	}
	m.env = append(m.env, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), //nolint:forbidigo // git and go are there
		"GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=A",
		"GIT_COMMITTER_EMAIL=a@example.com", "GIT_AUTHOR_DATE=2026-02-01T00:00:00Z", "GIT_COMMITTER_DATE=2026-02-01T00:00:00Z")
	files := map[string]string{}
	for folder, archive := range map[string]string{"spec/": root + "/cmd/internal/rules/cases/base.txtar", "": "story/repository.txtar"} {
		a, err := txtar.ParseFile(archive)
		require.NoError(t, err)
		for _, f := range a.Files {
			files[folder+f.Name] = string(f.Data)
		}
	}
	return &story{project: m.project(t, "nodes", sdk, files)}
}

// tell adds a sentence to what is told.
func (s *story) tell(sentence string) { fmt.Fprintf(&s.told, "\n# %s\n", sentence) }

// specgen runs a command that is told.
func (s *story) specgen(exit int, args ...string) {
	s.command(exit, append([]string{"specgen"}, args...)...)
}

func (s *story) make(target string) { s.command(0, "make", "--no-print-directory", target) }

// command runs a command in the repository and tells what it prints.
func (s *story) command(exit int, args ...string) {
	s.t.Helper()
	out, code := s.run(s.dir, args...)
	fmt.Fprintf(&s.told, "$ %s\n%s", commandLine(args), out)
	if code != 0 {
		fmt.Fprintf(&s.told, "exit %d\n", code)
	}
	require.Equal(s.t, exit, code, "%s\n%s", args, out)
}

// commandLine writes a command as one types it.
func commandLine(args []string) string {
	words := slices.Clone(args)
	for i, w := range words {
		if strings.Contains(w, " ") {
			words[i] = "'" + w + "'"
		}
	}
	return strings.Join(words, " ")
}

// run runs a command and returns all that it prints, and its exit code.
func (s *story) run(dir string, args ...string) (string, int) {
	s.t.Helper()
	cmd := exec.CommandContext(s.t.Context(), args[0], args[1:]...) //nolint:gosec // G204: the commands of the story
	for _, v := range s.env {                                       // of the program to run, too
		if path, ok := strings.CutPrefix(v, "PATH="); ok {
			if found := filepath.Join(filepath.SplitList(path)[0], args[0]); exists(found) {
				cmd.Path, cmd.Err = found, nil
			}
		}
	}
	cmd.Dir, cmd.Env = dir, append(cmd.Environ(), s.env...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if failed, ok := errors.AsType[*exec.ExitError](err); ok {
		return out.String(), failed.ExitCode()
	}
	require.NoError(s.t, err, "%s\n%s", args, out.String())
	return out.String(), 0
}

// silently runs a command that is not told and has to succeed.
func (s *story) silently(args ...string) string {
	s.t.Helper()
	out, code := s.run(s.dir, args...)
	require.Zero(s.t, code, "%s\n%s", args, out)
	return out
}

func (s *story) commit(subject string) {
	s.t.Helper()
	s.silently("git", "add", "--all")
	s.silently("git", "commit", "--quiet", "--message", subject)
}

// firstRelease makes the version that programs have before the story.
func (s *story) firstRelease() {
	s.t.Helper()
	s.make("generate")
	s.silently("go", "mod", "tidy")
	s.specgen(0, "lint")
	s.specgen(0, "drift", "upstream/v1.yaml")
	s.silently("git", "init", "--quiet", "--initial-branch", "main")
	s.commit("Describe the service")
	s.specgen(0, "release", "--run", "--date", "2026-02-01", "--test-command", "go vet ./...")
	s.publish("v0.1.0")
}

// writeTexts writes what lint asks for.
func (s *story) writeTexts() {
	s.t.Helper()
	a, err := txtar.ParseFile("story/texts.txtar")
	require.NoError(s.t, err)
	for _, f := range a.Files {
		old, text, isEdit := strings.Cut(string(f.Data), "\n=>\n")
		if !isEdit {
			s.write(f.Name, string(f.Data))
			continue
		}
		have := s.read(f.Name)
		require.Equal(s.t, 1, strings.Count(have, old), "%s must hold once: %s", f.Name, old)
		s.write(f.Name, strings.Replace(have, old, strings.TrimSuffix(text, "\n"), 1))
	}
}

// approval finds the command that approves a break in a review.
var approval = regexp.MustCompile(`--approve ([0-9a-f]+)`)

// approve approves the breaks that the review shows.
func (s *story) approve() {
	s.t.Helper()
	s.tell("The owner of the API approves the break.")
	out, _ := s.run(s.dir, "specgen", "review", "v0.1.0", "HEAD")
	var done []string
	for _, m := range approval.FindAllStringSubmatch(out, -1) {
		if !slices.Contains(done, m[1]) {
			done = append(done, m[1])
		}
	}
	require.NotEmpty(s.t, done, out)
	s.specgen(0, "review", "v0.1.0", "HEAD", "--approve", strings.Join(done, ","), "--role", "owner", "--reason", "nobody adds that many nodes")
	s.commit("Approve the narrower count")
}

// publish puts a version of the SDK into the proxy, made of what its tag holds.
func (s *story) publish(version string) {
	s.t.Helper()
	dir := s.t.TempDir()
	s.silently("git", "-c", "advice.detachedHead=false", "clone", "--quiet", "--branch", version, s.dir, dir)
	v := module.Version{Path: sdk, Version: version}
	goMod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	require.NoError(s.t, err)
	serve(s.t, s.proxy, v, goMod, func(w io.Writer) error { return modzip.CreateFromDir(w, v, dir) })
}

// consumer is a program that was written for v0.1.0.
func (s *story) consumer() project {
	s.t.Helper()
	a, err := txtar.ParseFile("story/consumer.txtar")
	require.NoError(s.t, err)
	p := s.project.project(s.t, "consumer", "example.com/consumer", map[string]string{"main.go": string(a.Files[0].Data)})
	p.gocmd("get", sdk+"@v0.1.0")
	p.gocmd("mod", "tidy")
	p.gocmd("vet", "./...")
	return p
}

// takeOver gets the new version, sees what does not compile, and mends it.
func (s *story) takeOver(p project) {
	s.t.Helper()
	p.gocmd("get", sdk+"@v0.2.0")
	out, code := s.run(p.dir, "go", "build", "./...")
	fmt.Fprintf(&s.told, "$ go get %s@v0.2.0\n$ go build ./...\n%sexit %d\n", sdk, out, code)
	require.NotZero(s.t, code)
	p.write("main.go", strings.ReplaceAll(p.read("main.go"), "int64(2)", "int32(2)"))
	p.gocmd("vet", "./...")
	fmt.Fprintf(&s.told, "$ sed -i 's/int64(2)/int32(2)/' main.go\n$ go run .\n%s", p.gocmd("run", "."))
}

var commitID = regexp.MustCompile(`\b[0-9a-f]{40}\b`)

// compare compares what was told with the golden.
func (s *story) compare() {
	s.t.Helper()
	got := strings.ReplaceAll(strings.TrimSpace(s.told.String())+"\n", s.dir, "DIR")
	got = commitID.ReplaceAllString(got, "COMMIT")
	want, err := os.ReadFile(golden)
	if *update && got != string(want) {
		require.NoError(s.t, os.MkdirAll(filepath.Dir(golden), 0o750))
		require.NoError(s.t, os.WriteFile(golden, []byte(got), 0o600))
		s.t.Fatal("updated; look at the difference and run again without -update")
	}
	require.NoError(s.t, err)
	if got != string(want) {
		s.write("../got.txt", got)
		difference, _ := s.run(".", "git", "diff", "--no-index", "--", golden, s.path("../got.txt"))
		s.t.Errorf("%s differs; see whether that is meant, and run make golden:\n%s", golden, difference)
	}
}
