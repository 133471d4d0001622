package ack_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"maps"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

var update = flag.Bool("update", false, "rewrite the golden files; the run fails all the same")

const dataDir = "../../testdata/"

// TestBodies decodes what the service was seen to send, and what documents show that it
// sends. It compares what is reported of it with a golden file, and the values with
// those of the body. What is reported has a reason.
func TestBodies(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"bodies", "samples/responses"} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			r := newReport(t, dataDir+folder)
			for name, body := range r.files(t) {
				got, err := readBody(t, operationOf(name), body)
				if err != nil {
					r.add(t, name, "", "refused: "+err.Error())
					continue
				}
				if got.ignored {
					r.add(t, name, "", "not read: the operation responds with nothing")
					continue
				}
				for _, d := range got.drifts {
					r.add(t, name, d.Path, d.String())
				}
				for _, path := range got.lost {
					r.add(t, name, path, "lost: "+path)
				}
				assert.Empty(t, got.faults(leavesOfJSON(t, body)), name)
			}
			r.check(t)
		})
	}
}

// TestSampleRequests reads the requests that documents show into the requests of the
// client, and compares what would be sent.
func TestSampleRequests(t *testing.T) {
	t.Parallel()
	r := newReport(t, dataDir+"samples/requests")
	for name, body := range r.files(t) {
		in := requestOf(t, operationOf(name))
		err := json.Unmarshal(body, bodyOf(in))
		if mismatch, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
			field := itemIndex.ReplaceAllString(mismatch.Field, "") // Go 1.27 has it, Go 1.26 has not
			r.add(t, name, "/"+strings.ReplaceAll(field, ".", "/"), "type mismatch at "+field+": "+mismatch.Value)
		} else {
			require.NoError(t, err, name)
		}
		sent, kept := leavesOfJSON(t, body), leavesOfValue(t, in)
		for _, path := range slices.Sorted(maps.Keys(sent)) {
			if _, ok := kept[path]; !ok && !isZeroText(sent[path]) {
				r.add(t, name, path, "not sent: "+path)
			}
		}
	}
	r.check(t)
}

var itemIndex = regexp.MustCompile(`\.[0-9]+`)

// operationOf returns the operation that the name of a file says.
func operationOf(name string) string {
	for part := range strings.SplitSeq(name, ".") {
		if _, err := strconv.Atoi(part); err != nil {
			return part
		}
	}
	return name
}

// requestOf returns an empty request of an operation.
func requestOf(t *testing.T, operation string) reflect.Value {
	t.Helper()
	method, ok := reflect.TypeFor[ack.API]().MethodByName(operation)
	require.True(t, ok, operation)
	return reflect.New(method.Type.In(1).Elem())
}

// bodyOf returns what the body of a request is read into.
func bodyOf(in reflect.Value) any {
	if items := in.Elem().FieldByName("Items"); items.IsValid() {
		return items.Addr().Interface()
	}
	return in.Interface()
}

// report collects what was reported of the files of a folder.
type report struct {
	dir     string
	text    strings.Builder
	reasons map[string]string // by operation and place
	used    map[string]bool
}

// newReport reads reasons.txt: lines with an operation, a place and why it is so. The
// patterns are those of path.Match: * is any operation, index or name.
func newReport(t *testing.T, dir string) *report {
	t.Helper()
	r := &report{dir: dir, reasons: map[string]string{}, used: map[string]bool{}}
	data, err := os.ReadFile(filepath.Join(dir, "reasons.txt"))
	require.NoError(t, err)
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, reason, _ := strings.Cut(line, ": ")
		require.NotEmpty(t, reason, "%s has no reason", key)
		r.reasons[key] = reason
	}
	return r
}

// files yields the JSON files of the folder and heads their parts of the report.
func (r *report) files(t *testing.T) iter.Seq2[string, []byte] {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(r.dir, "*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	return func(yield func(string, []byte) bool) {
		for _, path := range paths {
			body, err := os.ReadFile(path)
			require.NoError(t, err)
			name := filepath.Base(path)
			fmt.Fprintf(&r.text, "== %s\n", name)
			if !yield(name, body) {
				return
			}
		}
	}
}

// add adds a line about a place in a file, which must have a reason.
func (r *report) add(t *testing.T, name, place, line string) {
	t.Helper()
	fmt.Fprintln(&r.text, line)
	operation := operationOf(name)
	found := false
	for key := range r.reasons {
		if op, pattern, _ := strings.Cut(key, " "); matches(op, operation) && matches(pattern, cmp.Or(place, "/")) {
			r.used[key], found = true, true
		}
	}
	if !found {
		t.Errorf("%s: %s: reasons.txt has no line for %s %s", name, line, operation, cmp.Or(place, "/"))
	}
}

func matches(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return err == nil && ok
}

// check compares the report with its golden and finds reasons that nothing needs.
func (r *report) check(t *testing.T) {
	t.Helper()
	for key := range r.reasons {
		assert.True(t, r.used[key], "reasons.txt: nothing needs %s", key)
	}
	golden := filepath.Join(r.dir, "drift.txt")
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(r.text.String()), 0o600))
		t.Fatal("the golden file was rewritten: look at what changed")
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), r.text.String(), "run with -update")
}

// bodyRead is what the client made of a body.
type bodyRead struct {
	leaves leaves
	drifts []roa.Drift
	lost   []string
	// ignored is true when the operation responds with nothing.
	ignored bool
}

// readBody calls an operation that gets the body.
func readBody(t *testing.T, operation string, body []byte) (bodyRead, error) {
	t.Helper()
	var got bodyRead
	client := clientOf(t, body, roa.WithDriftHook(func(d roa.Drift) { got.drifts = append(got.drifts, d) }))
	out, err := callByName(t, client, operation)
	if err != nil {
		return got, err
	}
	got.lost = metadataOf(out).Lost
	got.leaves = leavesOfValue(t, out)
	got.ignored = out.Elem().NumField() == 1 // the metadata
	return got, nil
}

// clientOf returns a client that gets the body for every request.
func clientOf(t *testing.T, body []byte, opts ...roa.Option) *ack.Client {
	t.Helper()
	transport := transportFunc(func(req *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)), Request: req}, nil
	})
	opts = append([]roa.Option{
		roa.WithEndpoint("cs.example.com"), roa.WithCredentials(roa.StaticCredentials("id", "secret", "")), roa.WithTransport(transport), roa.WithoutRetry(),
	}, opts...)
	client, err := ack.New(opts...)
	require.NoError(t, err)
	return client
}

type transportFunc func(*http.Request) (*http.Response, error)

func (f transportFunc) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// callByName calls an operation with a request whose texts and lists are set, and returns a
// pointer to the response.
func callByName(t *testing.T, client *ack.Client, operation string) (reflect.Value, error) {
	t.Helper()
	method := reflect.ValueOf(client).MethodByName(operation)
	require.True(t, method.IsValid(), operation)
	in := reflect.New(method.Type().In(1).Elem())
	for _, field := range in.Elem().Fields() {
		switch field.Kind() {
		case reflect.String:
			field.SetString("x")
		case reflect.Slice:
			field.Set(reflect.MakeSlice(field.Type(), 1, 1))
			if item := field.Index(0); item.Kind() == reflect.String {
				item.SetString("x")
			}
		}
	}
	out := method.Call([]reflect.Value{reflect.ValueOf(t.Context()), in})
	err, _ := reflect.TypeAssert[error](out[1])
	return out[0], err
}

func metadataOf(out reflect.Value) roa.Metadata {
	md, _ := reflect.TypeAssert[roa.Metadata](out.Elem().FieldByName("Metadata"))
	return md
}

// faults tells what was lost and what was invented.
func (b bodyRead) faults(sent leaves) []string {
	var found []string
	for path, got := range b.leaves {
		if want, ok := sent[path]; !ok || want != got {
			found = append(found, "invented at "+path)
		}
	}
	for path, value := range sent {
		if _, ok := b.leaves[path]; !ok && !isZeroText(value) && !b.excuses(path) {
			found = append(found, "lost without a word at "+path)
		}
	}
	slices.Sort(found)
	return found
}

// excuses reports whether a path is below one that was reported as unknown or lost.
func (b bodyRead) excuses(path string) bool {
	reported := slices.Clone(b.lost)
	for _, d := range b.drifts {
		if d.Kind == roa.UnknownField {
			reported = append(reported, d.Path)
		}
	}
	return slices.ContainsFunc(reported, func(r string) bool { return strings.HasPrefix(path+"/", plainPath(r)+"/") })
}

// TestBodyFaults gives the comparison values that were lost or invented.
func TestBodyFaults(t *testing.T) {
	t.Parallel()
	sent := leavesOfJSON(t, []byte(`{"a": "1", "list": [{"x": 2}], "time": "2020-01-01T00:00:00+08:00", "none": ""}`))
	fine := leaves{"/a": "1", "/list/x": "2", "/time": "2019-12-31T16:00:00Z"}
	assert.Empty(t, bodyRead{leaves: fine}.faults(sent))
	assert.Empty(t, bodyRead{lost: []string{"/a", "/list", "/time"}}.faults(sent))
	assert.Equal(t, []string{"lost without a word at /a", "lost without a word at /list/x"}, bodyRead{lost: []string{"/time", "/lis"}}.faults(sent))
	for path, value := range map[string]string{"/a": "2", "/b": "1", "/none": "0"} {
		invented := maps.Clone(fine)
		invented[path] = value
		assert.Equal(t, []string{"invented at " + path}, bodyRead{leaves: invented}.faults(sent))
	}
}
