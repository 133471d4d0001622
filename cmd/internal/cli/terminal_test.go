package cli

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator/diag"
)

// onTerminal runs a tool whose output goes to one terminal that takes colors.
func onTerminal(t *testing.T, do func(*Tool) error) (screen string) {
	t.Helper()
	var out bytes.Buffer
	tool := New(&cobra.Command{Use: "tool"})
	tool.stdout, tool.stderr = &out, &out
	tool.live, tool.paintOut, tool.paintErr = true, true, true
	if err := do(tool); err != nil {
		require.ErrorIs(t, err, ErrFindings)
	}
	tool.clear()
	return out.String()
}

// TestProgress holds that a step replaces the one before it, and that nothing of it is left beside what is written.
func TestProgress(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		do     func(*Tool) error
		screen string
	}{
		{
			name: "two steps and a result",
			do: func(tool *Tool) error {
				tool.Progress("one")
				tool.Progress("two")
				return tool.Print("done\n")
			},
			screen: "\r\x1b[2Ktool: one …\r\x1b[2Ktool: two …\r\x1b[2Kdone\n",
		},
		{
			name: "a remark",
			do: func(tool *Tool) error {
				tool.Progress("one")
				tool.Note("by the way")
				return nil
			},
			screen: "\r\x1b[2Ktool: one …\r\x1b[2Ktool: by the way\n",
		},
		{
			name: "JSON",
			do: func(tool *Tool) error {
				tool.Progress("one")
				return tool.PrintJSON(1)
			},
			screen: "\r\x1b[2Ktool: one …\r\x1b[2K1\n",
		},
		{
			name: "findings",
			do: func(tool *Tool) error {
				tool.Progress("one")
				return tool.Report([]diag.Finding{{Pos: diag.Pos{File: "f"}, Code: "X001", Message: "bad"}}, "")
			},
			screen: "\r\x1b[2Ktool: one …\r\x1b[2K\x1b[1mf:\x1b[0m \x1b[31merror:\x1b[0m bad [X001]\n1 finding\n",
		},
		{
			name: "an end without output",
			do: func(tool *Tool) error {
				tool.Progress("one")
				return nil
			},
			screen: "\r\x1b[2Ktool: one …\r\x1b[2K",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.screen, onTerminal(t, tt.do))
		})
	}
}

// TestNoTerminal holds that files and pipes get the words alone.
func TestNoTerminal(t *testing.T) {
	t.Parallel()
	file, err := os.CreateTemp(t.TempDir(), "")
	require.NoError(t, err)
	defer func() { require.NoError(t, file.Close()) }()
	var tool *Tool
	tool = New(&cobra.Command{Use: "tool", RunE: func(*cobra.Command, []string) error {
		tool.Progress("one")
		if err := tool.PrintDiff("-a\n+b\n"); err != nil {
			return err
		}
		return tool.Report([]diag.Finding{{Pos: diag.Pos{File: "f", Line: 1, Col: 2}, Code: "X001", Message: "bad"}}, "")
	}})
	assert.Equal(t, Findings, tool.Run(nil, strings.NewReader(""), file, file))
	text, err := os.ReadFile(file.Name())
	require.NoError(t, err)
	assert.Equal(t, "-a\n+b\nf:1:2: error: bad [X001]\n1 finding\n", string(text))
}

func TestColors(t *testing.T) {
	t.Parallel()
	screen := onTerminal(t, func(tool *Tool) error {
		if err := tool.PrintDiff("--- a\n+++ b\n@@ -1 +1 @@\n same\n-old\n+new\n"); err != nil {
			return err
		}
		return tool.Report([]diag.Finding{
			{
				Pos: diag.Pos{File: "a b.yaml", Line: 1, Col: 2}, Code: "X001", Subject: "x", Message: "bad: error: no start", Fix: "mend it",
				Notes: []diag.Note{{Pos: diag.Pos{File: "c", Line: 3, Col: 4}, Message: "here"}},
			},
			{Pos: diag.Pos{File: "f"}, Code: "X002", Message: "odd", Warning: true},
		}, "")
	})
	assert.Equal(t, "\x1b[31m--- a\x1b[0m\n\x1b[32m+++ b\x1b[0m\n\x1b[36m@@ -1 +1 @@\x1b[0m\n same\n\x1b[31m-old\x1b[0m\n\x1b[32m+new\x1b[0m\n"+
		"\x1b[1ma b.yaml:1:2:\x1b[0m \x1b[31merror:\x1b[0m x: bad: error: no start [X001]\n\tfix: mend it\n"+
		"\x1b[1mc:3:4:\x1b[0m \x1b[36mnote:\x1b[0m here\n\x1b[1mf:\x1b[0m \x1b[33mwarning:\x1b[0m odd [X002]\n2 findings\n", screen)
}

// TestWantsColor reads the environment, so that it runs alone.
func TestWantsColor(t *testing.T) { //nolint:paralleltest // it sets the environment
	for _, tt := range []struct {
		noColor, term string
		color, escape bool
	}{
		{"", "xterm", true, true},
		{"1", "xterm", false, true},
		{"", "dumb", true, false},
	} {
		t.Setenv("NO_COLOR", tt.noColor)
		t.Setenv("TERM", tt.term)
		t.Setenv("WT_SESSION", strings.TrimPrefix(tt.term, "dumb"))
		assert.Equal(t, tt.color, wantsColor())
		assert.Equal(t, tt.escape, knowsEscapes())
	}
}
