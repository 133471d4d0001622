package ack_test

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

var update = flag.Bool("update", false, "rewrite the golden files; the run fails all the same")

const bodiesDir = "../../testdata/bodies"

// TestBodies decodes what the service was seen to send. It compares what is reported
// of it with a golden file, and the values with those of the body.
func TestBodies(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(bodiesDir + "/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var report strings.Builder
	for _, file := range files {
		body, err := os.ReadFile(file)
		require.NoError(t, err)
		name := filepath.Base(file)
		got := readBody(t, strings.Split(name, ".")[1], body)
		fmt.Fprintf(&report, "== %s\n", name)
		for _, d := range got.drifts {
			fmt.Fprintln(&report, d)
		}
		for _, path := range got.lost {
			fmt.Fprintln(&report, "lost:", path)
		}
		assert.Empty(t, got.faults(leavesOfJSON(t, body)), name)
	}
	golden := filepath.Join(bodiesDir, "drift.txt")
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(report.String()), 0o600))
		t.Fatal("the golden file was rewritten: look at what changed")
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), report.String(), "run with -update")
}

// bodyRead is what the client made of a body.
type bodyRead struct {
	leaves leaves
	drifts []roa.Drift
	lost   []string
}

// readBody calls an operation that gets the body.
func readBody(t *testing.T, operation string, body []byte) bodyRead {
	t.Helper()
	var got bodyRead
	client := clientOf(t, body, roa.WithDriftHook(func(d roa.Drift) { got.drifts = append(got.drifts, d) }))
	out, err := callByName(t, client, operation)
	require.NoError(t, err, operation)
	got.lost = metadataOf(out).Lost
	got.leaves = leavesOfValue(t, out)
	return got
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
