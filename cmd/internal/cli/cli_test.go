package cli_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/cmd/internal/rules"
	"github.com/ackgen/ackgen/generator/diag"
)

// run carries out a command line of a tool that does what the test says.
func run(do func(*cli.Tool) error, stdout io.Writer, args ...string) (code int, stderr string) {
	var tool *cli.Tool
	root := &cobra.Command{Use: "tool", Long: "A tool.", RunE: func(*cobra.Command, []string) error { return do(tool) }}
	tool = cli.New(root)
	var errs bytes.Buffer
	code = tool.Run(args, strings.NewReader(""), stdout, &errs)
	return code, errs.String()
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	finding := []diag.Finding{{Pos: diag.Pos{File: "f"}, Code: "GEN002", Message: "bad"}}
	warning := []diag.Finding{{Pos: diag.Pos{File: "f"}, Code: "GEN010", Warning: true, Message: "odd", Fix: "leave it out"}}
	tests := []struct {
		name   string
		do     func(*cli.Tool) error
		args   []string
		code   int
		stdout string
		stderr string
	}{
		{name: "clean", do: func(c *cli.Tool) error { return c.Report(nil, "fine") }, code: cli.Clean, stdout: "fine\n"},
		{
			name: "findings", do: func(c *cli.Tool) error { return c.Report(finding, "fine") }, code: cli.Findings,
			stderr: "f: error: bad [GEN002]\n\tfix: write the document in OpenAPI 3.0, with openapi: 3.0.3\n1 finding\n",
		},
		{
			name: "warnings", do: func(c *cli.Tool) error { return c.Report(warning, "fine") }, code: cli.Clean, stdout: "fine\n",
			stderr: "f: warning: odd [GEN010]\n\tfix: leave it out\n1 finding\n",
		},
		{
			name: "findings as JSON", do: func(c *cli.Tool) error { return c.Report(finding, "fine") }, code: cli.Findings, args: []string{"-o", "json"},
			stdout: `{
  "findings": [
    {
      "pos": {
        "file": "f",
        "line": 0,
        "col": 0
      },
      "code": "GEN002",
      "message": "bad",
      "fix": "write the document in OpenAPI 3.0, with openapi: 3.0.3"
    }
  ]
}
`,
		},
		{
			name: "wrapped findings", do: func(*cli.Tool) error { return fmt.Errorf("lint: %w", cli.ErrFindings) }, code: cli.Findings,
		},
		{
			name: "another error", do: func(*cli.Tool) error { return errors.New("read it: gone") }, code: cli.Usage,
			stderr: "tool: read it: gone\n",
		},
		{
			name: "unknown code", do: func(c *cli.Tool) error { return c.Explain("GEN01") }, code: cli.Usage,
			stderr: "tool: unknown code \"GEN01\"; did you mean GEN001? (specgen lint --list prints all codes)\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var stdout bytes.Buffer
			code, stderr := run(tt.do, &stdout, tt.args...)
			assert.Equal(t, tt.code, code)
			assert.Equal(t, tt.stdout, stdout.String())
			assert.Equal(t, tt.stderr, stderr)
		})
	}
}

// TestErrorsAreNoCommands has an error with a name that tries to be a line of its own in the log of a workflow.
func TestErrorsAreNoCommands(t *testing.T) {
	t.Parallel()
	_, stderr := run(func(*cli.Tool) error { return errors.New("open a\n::error::evil\x1b[31m: no such file") }, io.Discard)
	assert.Contains(t, stderr, `open a\n::error::evil\u001b[31m: no such file`)
}

func TestExplain(t *testing.T) {
	t.Parallel()
	var stdout bytes.Buffer
	code, _ := run(func(c *cli.Tool) error { return c.Explain("gen003") }, &stdout)
	assert.Equal(t, cli.Clean, code)
	assert.Regexp(t, `(?s)^GEN003: .*\n\nWhy:  .*\nFix:  .*\.\n\nBad, in operations/nodes/AddNode.yaml:\n\n    x-ack.*Good, in `, stdout.String())

	stdout.Reset()
	code, _ = run((*cli.Tool).ListCodes, &stdout)
	assert.Equal(t, cli.Clean, code)
	for _, r := range rules.All() {
		assert.Contains(t, stdout.String(), r.Code+"  "+string(r.Group))
	}
}

// TestBrokenOutput checks that a result that cannot be printed is not taken for
// one that was.
func TestBrokenOutput(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{nil, {"-o", "json"}} {
		code, stderr := run(func(c *cli.Tool) error { return c.Report(nil, "fine") }, broken{}, args...)
		assert.Equal(t, cli.Usage, code)
		assert.Contains(t, stderr, "tool: print result: "+os.ErrClosed.Error())
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestVersion(t *testing.T) {
	t.Parallel()
	assert.Regexp(t, `^\S+ go1\.\S+`, cli.Version())
}

func TestCount(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "0 findings, 1 finding, 2 findings", cli.Count(0, "finding")+", "+cli.Count(1, "finding")+", "+cli.Count(2, "finding"))
}
