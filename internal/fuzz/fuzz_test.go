package fuzz

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestParse reads what go test -fuzz prints in each case.
func TestParse(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		output string
		want   Result
	}{
		"passed": {
			"fuzz: elapsed: 0s, gathering baseline coverage: 0/12 completed\n" +
				"fuzz: elapsed: 0s, gathering baseline coverage: 12/12 completed, now fuzzing with 2 workers\n" +
				"fuzz: elapsed: 3s, execs: 9034 (3011/sec), new interesting: 4 (total: 16)\n" +
				"fuzz: elapsed: 6s, execs: 20411 (3791/sec), new interesting: 5 (total: 17)\nPASS\nok  \texample.com/m\t6.1s\n",
			Result{Executions: 20411, New: 5},
		},
		"found": {
			"fuzz: elapsed: 0s, execs: 57 (1201/sec), new interesting: 1 (total: 3)\n--- FAIL: FuzzA (0.05s)\n    --- FAIL: FuzzA (0.00s)\n" +
				"        a_test.go:9: no\n    \n    Failing input written to testdata/fuzz/FuzzA/771e938e4458e983\n    To re-run:\n" +
				"    go test -run=FuzzA/771e938e4458e983\nFAIL\nexit status 1\nFAIL\texample.com/m\t0.06s\n",
			Result{Executions: 57, New: 1, Input: "testdata/fuzz/FuzzA/771e938e4458e983"},
		},
		"seed": {
			"fuzz: elapsed: 0s, gathering baseline coverage: 0/2 completed\nfailure while testing seed corpus entry: FuzzA/seed#1\n" +
				"fuzz: elapsed: 0s, gathering baseline coverage: 1/2 completed\n--- FAIL: FuzzA (0.02s)\n",
			Result{Input: "FuzzA/seed#1"},
		},
		"not interesting yet": {"fuzz: elapsed: 3s, execs: 18 (6/sec)\n", Result{Executions: 18}},
		"not compiled":        {"# example.com/m [build failed]\n", Result{}},
	} {
		assert.Equal(t, c.want, parse(c.output), name)
	}
}

// TestTimeUp tells the end of the time, which go test takes for a failure now and then, from targets that fail with the same words.
func TestTimeUp(t *testing.T) {
	t.Parallel()
	assert.False(t, failed("fuzz: elapsed: 20s, execs: 93874 (8677/sec), new interesting: 196 (total: 205)\n"+
		"--- FAIL: FuzzA (20.12s)\n    context deadline exceeded\nFAIL\nexit status 1\nFAIL\texample.com/m\t20.173s\n"))
	for _, output := range []string{
		"--- FAIL: FuzzA (0.05s)\n    --- FAIL: FuzzA (0.00s)\n        a_test.go:9: context deadline exceeded\n    \n    Failing input written to testdata/fuzz/FuzzA/77\nFAIL\n",
		"--- FAIL: FuzzA (20.05s)\n    fuzzing process hung or terminated unexpectedly: exit status 2\n    context deadline exceeded\nFAIL\n",
		"# example.com/m [build failed]\n",
	} {
		assert.True(t, failed(output), output)
	}
}

// TestLocate finds files of inputs, new and old, from the root.
func TestLocate(t *testing.T) {
	t.Parallel()
	root := filepath.Join("some", "root")
	target := Target{Name: "FuzzA", Dir: filepath.Join(root, "a")}
	file := filepath.Join("a", "testdata", "fuzz", "FuzzA", "77")
	assert.Equal(t, file, locate(root, target, "testdata/fuzz/FuzzA/77"))
	assert.Equal(t, file, locate(root, target, "FuzzA/77"))
	assert.Equal(t, "FuzzA/seed#0", locate(root, target, "FuzzA/seed#0"))
	assert.Empty(t, locate(root, target, ""))
}

// moduleFiles are two modules: one with a target that fails, one that passes, and things that look like targets, and another below testdata
// with a target whose seed fails.
var moduleFiles = map[string]string{
	"go.mod": "module example.com/m\n\ngo 1.26\n",
	"a/a_test.go": `package a

import "testing"

type t struct{}

func (t) FuzzMethod() {}

func FuzzFails(f *testing.F) {
	f.Add("short")
	f.Fuzz(func(t *testing.T, text string) {
		if text != "short" {
			t.Fatal("marker of the failure")
		}
	})
}
`,
	"a/x_test.go": `package a_test

import "testing"

func FuzzPasses(f *testing.F) {
	f.Add(1)
	f.Fuzz(func(t *testing.T, n int) {})
}
`,
	"a/other_test.go":    "//go:build never\n\npackage a\n\nfunc FuzzNever() {}\n",
	"a/_b/go.mod":        "module example.com/hidden\n",
	".tmp/go.mod":        "module example.com/hidden\n",
	"testdata/b/go.mod":  "module example.com/b\n\ngo 1.26\n",
	"testdata/b/b.go":    "package b\n",
	"testdata/b/c/go.go": "package c\n\nfunc FuzzCode() {}\n",
	"testdata/b/b_test.go": `package b

import "testing"

func FuzzSeed(f *testing.F) {
	f.Fuzz(func(t *testing.T, n int) { t.Fatal("every input") })
}
`,
	"testdata/b/testdata/fuzz/FuzzSeed/known": "go test fuzz v1\nint(7)\n",
}

func writeModules(t *testing.T) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	for name, text := range moduleFiles {
		file := filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o700))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	}
	return root
}

// TestRun goes on after failures, and tells all of them in the end.
func TestRun(t *testing.T) {
	t.Parallel()
	root := writeModules(t)
	var out bytes.Buffer
	err := Run(t.Context(), Config{Root: root, Go: "go", Time: "20x", Out: &out})
	require.ErrorIs(t, err, errFailed)
	require.ErrorContains(t, err, "2 of 3")
	assert.Contains(t, out.String(), "marker of the failure")
	input := filepath.Join("a", "testdata", "fuzz", "FuzzFails")
	assert.Regexp(t, `(?m)^example.com/m/a +FuzzFails +\d+ +\d+ +FAILED `+regexp.QuoteMeta(input+string(filepath.Separator))+`[0-9a-f]+$`, out.String())
	assert.Regexp(t, `(?m)^example.com/m/a +FuzzPasses +[1-9]\d* +\d+ +ok$`, out.String())
	known := filepath.Join("testdata", "b", "testdata", "fuzz", "FuzzSeed", "known")
	assert.Regexp(t, `(?m)^example.com/b +FuzzSeed +0 +0 +FAILED `+regexp.QuoteMeta(known)+`$`, out.String())
	entries, err := os.ReadDir(filepath.Join(root, input))
	require.NoError(t, err)
	assert.Len(t, entries, 1)
}

// TestOnly runs what matches, and it is an error when nothing does.
func TestOnly(t *testing.T) {
	t.Parallel()
	root := writeModules(t)
	var out bytes.Buffer
	config := Config{Root: root, Go: "go", Time: "20x", Only: regexp.MustCompile(`m/a FuzzPasses$`), Out: &out}
	require.NoError(t, Run(t.Context(), config))
	assert.NotContains(t, out.String(), "FuzzFails")
	assert.Regexp(t, `^looks for fuzz targets\nruns 1, for 20x each; .*\nexample.com/m/a FuzzPasses\n`, out.String(), "before it builds")
	out.Reset()
	config.Only = regexp.MustCompile("nothing")
	require.ErrorContains(t, Run(t.Context(), config), `none has a package and a name that match "nothing"`)
	assert.NotContains(t, out.String(), "executions", "a table")
}

// TestNone is an error: a run of nothing must not pass.
func TestNone(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(root, "go.mod"), []byte("module example.com/m\n\ngo 1.26\n"), 0o600))
	var out bytes.Buffer
	require.EqualError(t, Run(t.Context(), Config{Root: root, Go: "go", Time: "20x", Out: &out}), "run fuzz targets: there is none")
	assert.NotContains(t, out.String(), "executions", "a table")
}

// TestTargetsOfThisRepository finds targets in packages of the root module: what is listed is what make fuzz runs.
func TestTargetsOfThisRepository(t *testing.T) {
	t.Parallel()
	targets, err := Targets(t.Context(), "go", filepath.Join("..", ".."))
	require.NoError(t, err)
	var names []string
	for _, target := range targets {
		names = append(names, target.Package+" "+target.Name)
	}
	assert.Contains(t, names, "github.com/ackgen/ackgen/sdk/roa FuzzPathEscape")
	assert.Contains(t, names, "github.com/ackgen/ackgen/sdk/kubeconfig FuzzParse")
}

// TestTimes refuses times without an end before anything runs.
func TestTimes(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"0s", "0", "-5s", "-1ns", "0x", "-3x", "+0x", "x", "1.5x", "", "soon", "10", "99999999999999999999x"} {
		err := Run(t.Context(), Config{Root: "no folder", Go: "no command", Time: text, Out: t.Output()})
		require.ErrorContains(t, err, strconv.Quote(text)+" is not a ")
	}
	for _, text := range []string{"1ns", "30s", "1m30s", "1x", "1000x"} {
		assert.NoError(t, checkTime(text), text)
	}
}

// TestBrokenModule is an error, and not a module without targets.
func TestBrokenModule(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(root, "go.mod"), []byte("nonsense"), 0o600))
	_, err := Targets(t.Context(), "go", root)
	require.ErrorContains(t, err, "go.mod")
}

// TestVerdict says how targets have ended.
func TestVerdict(t *testing.T) {
	t.Parallel()
	text := table([]Result{
		{Target: Target{Name: "FuzzFine"}, Executions: 7},
		{Target: Target{Name: "FuzzSlow"}},
		{Target: Target{Name: "FuzzBad"}, Failed: true, Input: "testdata/fuzz/FuzzBad/1"},
	})
	for _, want := range []string{
		`FuzzFine +7 +0 +ok\n`, `FuzzSlow +0 +0 +nothing new tried: the limit is too low for the inputs that it begins with\n`, `FuzzBad +0 +0 +FAILED testdata/fuzz/FuzzBad/1\n`,
	} {
		assert.Regexp(t, want, text)
	}
}
