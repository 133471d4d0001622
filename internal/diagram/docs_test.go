package diagram_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/internal/diagram"
	"github.com/ackgen/ackgen/internal/diagram/diagramtest"
)

const root = "../.."

var update = flag.Bool("update", false, "write docs/images")

// call is the way of a call. Its steps name the files that ARCHITECTURE.md says they are in.
var call = &diagram.Diagram{
	Name:  "call",
	Title: "The way of a call",
	About: "A call is prepared once. Each attempt waits for the rate limit, gets credentials, is signed and sent through the middleware and the transport. " +
		"The response is decoded. If the attempt failed and another one is safe, it is made after a pause; else the program gets the response or an error.",
	Columns: 2, Rows: 5, CellWidth: 330, CellHeight: 112, BoxWidth: 250,
	Boxes: []diagram.Box{
		{ID: "program", Column: 0, Row: 0, Title: "Your program", Lines: []string{"calls a method of the client"}, Kind: diagram.Good},
		{ID: "prepare", Column: 0, Row: 1, Title: "Once", Lines: []string{"validate, apply the options,", "make path and query", "(prepare.go)"}, Kind: diagram.Step},
		{ID: "attempt", Column: 0, Row: 2, Title: "For each attempt", Lines: []string{"wait for the rate limit,", "get credentials, sign", "(attempt.go, sign.go)"}, Kind: diagram.Step},
		{ID: "send", Column: 0, Row: 3, Title: "Send", Lines: []string{"through your middleware", "and transport (connect.go)"}, Kind: diagram.Step},
		{ID: "service", Column: 0.5, Row: 4, Title: "ACK, or a fake", Lines: []string{"checks the signature, and responds"}, Kind: diagram.Good},
		{ID: "response", Column: 1, Row: 3, Title: "Read", Lines: []string{"bound and decode the response,", "hide secrets in errors", "(response.go, conceal.go)"}, Kind: diagram.Step},
		{ID: "decide", Column: 1, Row: 2, Title: "Decide", Lines: []string{"tell logs and hooks; is another", "attempt safe? (retry.go)"}, Kind: diagram.Step},
	},
	Arrows: []diagram.Arrow{
		{From: "program", To: "prepare"},
		{From: "prepare", To: "attempt"},
		{From: "attempt", To: "send"},
		{From: "send", To: "service"},
		{From: "service", To: "response"},
		{From: "response", To: "decide"},
		{From: "decide", To: "attempt", Label: "again", Dashed: true},
		{From: "decide", To: "program", Label: "a response, or an error", Bend: -55},
	},
}

// release is the way from what people write to what programs use.
var release = &diagram.Diagram{
	Name:  "release",
	Title: "From the spec to a release",
	About: "What the provider publishes is compared with the fragments of the spec by specgen drift. specgen bundle makes one document of the fragments, " +
		"codegen makes the client, mocks and overrides of it, and the fake server reads it. specgen review shows a change to people, and specgen release makes a version.",
	Columns: 3, Rows: 4, CellWidth: 262, CellHeight: 112, BoxWidth: 206,
	Boxes: []diagram.Box{
		{ID: "upstream", Column: 0, Row: 0, Title: "The provider", Lines: []string{"publishes descriptions", "and change logs"}, Kind: diagram.Step},
		{ID: "fragments", Column: 1, Row: 0, Title: "Fragments", Lines: []string{"spec/operations", "spec/schemas"}, Kind: diagram.Good},
		{ID: "people", Column: 2, Row: 0, Title: "People", Lines: []string{"write, review and approve"}, Kind: diagram.Good},
		{ID: "bundle", Column: 1, Row: 1, Title: "The spec", Lines: []string{"spec/openapi.yaml"}, Kind: diagram.Good},
		{ID: "sdk", Column: 0, Row: 2, Title: "The client", Lines: []string{"sdk/ack, with mocks", "and overrides"}, Kind: diagram.Good},
		{ID: "fake", Column: 1, Row: 2, Title: "The fake server", Lines: []string{"sdk/acktest, ackfake"}, Kind: diagram.Good},
		{ID: "docs", Column: 2, Row: 2, Title: "The reference", Lines: []string{"a page for each operation"}, Kind: diagram.Good},
		{ID: "version", Column: 1, Row: 3, Title: "A version", Lines: []string{"tag, change log, archives"}, Kind: diagram.Good},
	},
	Arrows: []diagram.Arrow{
		{From: "upstream", To: "fragments", Label: "drift"},
		{From: "people", To: "fragments", Label: "lint"},
		{From: "fragments", To: "bundle", Label: "bundle, validate"},
		{From: "bundle", To: "people", Label: "review", Dashed: true},
		{From: "bundle", To: "sdk", Label: "codegen"},
		{From: "bundle", To: "fake", Label: "embedded"},
		{From: "bundle", To: "docs", Label: "docs"},
		{From: "sdk", To: "version", Label: "release"},
		{From: "fake", To: "version"},
		{From: "docs", To: "version"},
	},
}

func TestImages(t *testing.T) {
	t.Parallel()
	diagramtest.Check(t, root, call, *update)
	diagramtest.Check(t, root, release, *update)
}

var goFile = regexp.MustCompile(`\w+\.go`)

// TestNamesOfFilesAndCommands holds that what the diagrams name is there.
func TestNamesOfFilesAndCommands(t *testing.T) {
	t.Parallel()
	files := 0
	for _, box := range call.Boxes {
		for _, name := range goFile.FindAllString(strings.Join(box.Lines, " "), -1) {
			files++
			assert.FileExists(t, filepath.Join(root, "sdk", "roa", name))
		}
	}
	assert.Positive(t, files)
	for _, name := range []string{"drift", "lint", "bundle", "validate", "review", "release"} {
		assert.FileExists(t, filepath.Join(root, "cmd", "specgen", name+".go"))
	}
}

// TestEveryImageIsDrawn holds that no image stays whose diagram is gone: each is checked by a test that names it.
func TestEveryImageIsDrawn(t *testing.T) {
	t.Parallel()
	images, err := filepath.Glob(filepath.Join(root, "docs", "images", "*"))
	require.NoError(t, err)
	var names []string
	for _, image := range images {
		names = append(names, filepath.Base(image))
	}
	assert.Equal(t, []string{"call.svg", "cluster.svg", "release.svg", "task.svg"}, names)
	for _, image := range images {
		text, err := os.ReadFile(image)
		require.NoError(t, err)
		assert.Contains(t, string(text), "prefers-color-scheme: dark")
		assert.Regexp(t, `<title id="\w+-title">[^<]+</title>\n<desc id="\w+-about">[^<]+</desc>`, string(text))
	}
}
