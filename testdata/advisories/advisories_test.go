package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const root = "../.."

// entriesOf returns all entries of a database in a folder.
func entriesOf(t *testing.T, dir string) []entry {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "ID", "*.json"))
	require.NoError(t, err)
	entries := make([]entry, 0, len(files))
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		var e entry
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.DisallowUnknownFields()
		require.NoError(t, decoder.Decode(&e), "%s holds more than facts", file)
		assert.Equal(t, strings.TrimSuffix(filepath.Base(file), ".json"), e.ID)
		entries = append(entries, e)
	}
	return entries
}

// TestList has the layout that govulncheck reads, and in it nothing but advisories of modules of ours.
func TestList(t *testing.T) {
	t.Parallel()
	modules, err := modulesOf(root)
	require.NoError(t, err)
	entries := entriesOf(t, "list")
	require.NotEmpty(t, entries)
	for _, e := range entries {
		assert.Regexp(t, idForm, e.ID)
		assert.Equal(t, "https://pkg.go.dev/vuln/"+e.ID, e.Database.URL)
		assert.NotEmpty(t, e.Affected, e.ID)
		for _, a := range e.Affected {
			assert.True(t, modules[a.Package.Name], "%s: no go.mod requires %s: run make advisories", e.ID, a.Package.Name)
			require.NotEmpty(t, a.Ranges, e.ID)
			for _, r := range a.Ranges {
				assert.NotEmpty(t, r.Events, e.ID)
			}
			for _, i := range a.Specific.Imports {
				assert.NotEmpty(t, i.Path, e.ID)
			}
		}
	}
	again := filepath.Join(t.TempDir(), "list")
	require.NoError(t, write(again, entries))
	for _, name := range []string{"index/db.json", "index/modules.json", "index/vulns.json", "ID/" + entries[0].ID + ".json"} {
		want, err := os.ReadFile(filepath.Join(again, filepath.FromSlash(name)))
		require.NoError(t, err)
		got, err := os.ReadFile(filepath.Join("list", filepath.FromSlash(name)))
		require.NoError(t, err)
		assert.Equal(t, string(want), string(got), "%s is not what the entries say: run make advisories", name)
	}
}

// weak returns an advisory of the standard library that no version has mended, or one that an old version has.
func weak(t *testing.T, fixed string) entry {
	t.Helper()
	e := entry{SchemaVersion: "1.3.1", ID: "GO-2001-0001", Modified: time.Unix(1_000_000_000, 0).UTC()}
	e.Database.URL = "https://pkg.go.dev/vuln/GO-2001-0001"
	var a affected
	text := `{"package":{"name":"stdlib","ecosystem":"Go"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}],
		"ecosystem_specific":{"imports":[{"path":"net/url","symbols":["PathEscape"]}]}}`
	require.NoError(t, json.Unmarshal([]byte(text), &a))
	if fixed != "" {
		a.Ranges[0].Events = append(a.Ranges[0].Events, event{Fixed: fixed})
	}
	e.Affected = []affected{a}
	return e
}

// program writes a module whose main function calls a function of net/url.
func program(t *testing.T, function string) string {
	t.Helper()
	dir := t.TempDir()
	text := "package main\n\nimport \"net/url\"\n\nfunc main() { print(url." + function + "(\"a\")) }\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/program\n\ngo 1.26\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(text), 0o600))
	return dir
}

// TestCheck finds a call of what has an advisory, and nothing where there is no such call, or the version is a later one.
func TestCheck(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fixed, function string
		found           bool
	}{
		"called":     {"", "PathEscape", true},
		"not called": {"", "QueryEscape", false},
		"mended":     {"1.2.0", "PathEscape", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			database := filepath.Join(t.TempDir(), "list")
			require.NoError(t, write(database, []entry{weak(t, c.fixed)}))
			var out bytes.Buffer
			err := check(t.Context(), fileAddress(database), program(t, c.function), &out)
			if c.found {
				require.ErrorContains(t, err, "vulnerabilities found", out.String())
				assert.Contains(t, out.String(), "GO-2001-0001")
				assert.Regexp(t, regexp.MustCompile(`main\.go:5:\d+: .*PathEscape`), out.String())
				return
			}
			require.NoError(t, err, out.String())
		})
	}
}

// TestRenew takes from a database what concerns the modules of a repository: an old list goes, and so do other modules of an advisory.
func TestRenew(t *testing.T) {
	t.Parallel()
	repository := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(repository, "testdata", "below"), 0o700))
	for file, text := range map[string]string{
		"go.mod":                "module example.com/a\n\ngo 1.26\n\nrequire example.com/used v1.0.0 // indirect\n",
		"testdata/below/go.mod": "module example.com/b\n\ngo 1.26\n\nrequire example.com/below v1.0.0\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(repository, filepath.FromSlash(file)), []byte(text), 0o600))
	}
	of := func(id string, names ...string) entry {
		e := weak(t, "1.2.0")
		e.ID = id
		one := e.Affected[0]
		e.Affected = nil
		for _, name := range names {
			one.Package.Name = name
			e.Affected = append(e.Affected, one)
		}
		return e
	}
	database := filepath.Join(t.TempDir(), "db")
	require.NoError(t, write(database, []entry{
		of("GO-2001-0001", "example.com/used", "example.com/other"), of("GO-2001-0002", "example.com/other"), of("GO-2001-0003", "example.com/below"),
		of("GO-2001-0004", stdlib),
	}))
	list := filepath.Join(repository, filepath.FromSlash(pinned))
	require.NoError(t, write(list, []entry{of("GO-2000-0001", "example.com/gone")}))
	require.NoError(t, run(t.Context(), []string{"--update", "--root", repository, "--db", fileAddress(database)}, &bytes.Buffer{}))
	var ids []string
	for _, e := range entriesOf(t, list) {
		ids = append(ids, e.ID)
		assert.Len(t, e.Affected, 1)
		assert.NotEqual(t, "example.com/other", e.Affected[0].Package.Name)
	}
	slices.Sort(ids)
	assert.Equal(t, []string{"GO-2001-0001", "GO-2001-0003", "GO-2001-0004"}, ids)
	require.ErrorContains(t, renew(t.Context(), fileAddress(filepath.Join(database, "gone")), repository, list), "read the database")
	assert.Len(t, entriesOf(t, list), 3, "a database that cannot be read takes nothing away")
}

// TestFixed is where the last range ends.
func TestFixed(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`[{"events":[{"introduced":"0"},{"fixed":"1.9.0"},{"introduced":"1.10.0"},{"fixed":"1.10.2"}]}]`: "1.10.2",
		`[{"events":[{"introduced":"0"},{"fixed":"1.9.0"},{"introduced":"1.10.0"}]}]`:                    "",
		`[{"events":[{"introduced":"0"}]}]`:                                                              "",
		`[]`:                                                                                             "",
	} {
		var a affected
		require.NoError(t, json.Unmarshal([]byte(text), &a.Ranges))
		assert.Equal(t, want, a.fixed(), text)
	}
}

// TestFallback compares with the list where the network does not lead to the database.
func TestFallback(t *testing.T) {
	t.Parallel()
	repository := program(t, "PathEscape")
	require.NoError(t, write(filepath.Join(repository, filepath.FromSlash(pinned)), []entry{weak(t, "")}))
	var out bytes.Buffer
	err := run(t.Context(), []string{"--root", repository, "--db", "https://127.0.0.1:1"}, &out)
	require.ErrorContains(t, err, "vulnerabilities found")
	assert.Contains(t, out.String(), "cannot reach the database: ")
	assert.Regexp(t, `(?m)^cannot reach the database: .*\ncompares with the list in `+pinned+`, of 2001-09-09: 1 advisories of 1 modules$`, out.String())
	out.Reset()
	err = run(t.Context(), []string{"--root", repository, "--db", "https://", "--pinned"}, &out)
	require.ErrorContains(t, err, "vulnerabilities found", "the database plays no part")
	assert.Contains(t, out.String(), "compares with the list in "+pinned+", of 2001-09-09: 1 advisories of 1 modules\n")
}

// TestAnnounce tells the database from the list, and a day from none.
func TestAnnounce(t *testing.T) {
	t.Parallel()
	database := filepath.Join(t.TempDir(), "db")
	e := weak(t, "1.2.0")
	e.Modified = time.Time{}
	require.NoError(t, write(database, []entry{e}))
	var out bytes.Buffer
	require.NoError(t, announce(t.Context(), fileAddress(database), false, &out))
	assert.Equal(t, "compares with the database "+fileAddress(database)+", of a day that it does not tell: 1 advisories of 1 modules\n", out.String())
}

// TestArguments refuses what is no flag, which would change nothing.
func TestArguments(t *testing.T) {
	t.Parallel()
	err := run(t.Context(), []string{"--pinned", "--root", t.TempDir(), "xyz"}, &bytes.Buffer{})
	require.ErrorContains(t, err, `"xyz" is no flag`)
}

// TestNoFallback refuses an address that is wrong, or one of nothing, instead of taking the list.
func TestNoFallback(t *testing.T) {
	t.Parallel()
	const scheme, host = "neither with https:// nor with file://", "names no host"
	for address, want := range map[string]string{
		"": scheme, "bad": scheme, "/nonexistent": scheme, "http://": scheme, "http://vuln.example.com": scheme,
		"https://": host, "https://:443": host, "https:///index": host, "https://a b": "invalid character",
		"file:///nonexistent": "nonexistent",
	} {
		t.Run(address, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			err := run(t.Context(), []string{"--root", t.TempDir(), "--db", address}, &out)
			require.ErrorContains(t, err, "read the database: ")
			require.ErrorContains(t, err, want)
			assert.Empty(t, out.String())
		})
	}
}

// TestNoDatabase refuses a server that answers, and has no database.
func TestNoDatabase(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	_, err := download(t.Context(), server.URL, "index/db")
	require.ErrorContains(t, err, "404 Not Found")
	assert.NotErrorIs(t, err, errUnreachable)
}

// TestCutOff has a network that ends before the database does.
func TestCutOff(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, "{}")
	}))
	defer server.Close()
	_, err := download(t.Context(), server.URL, "index/db")
	require.ErrorIs(t, err, errUnreachable)
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
}
