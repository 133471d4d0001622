package cli

import (
	"io"
	"os"
	"regexp"
	"runtime"
	"strings"

	"golang.org/x/term"

	"github.com/ackgen/ackgen/internal/visible"
)

// Escape sequences of terminals.
const (
	toLineStart = "\r\x1b[2K" // and erase the line
	bold        = "\x1b[1m"
	red         = "\x1b[31m"
	green       = "\x1b[32m"
	yellow      = "\x1b[33m"
	cyan        = "\x1b[36m"
	plain       = "\x1b[0m"
)

// isTerminal reports whether somebody looks at what is written, on a terminal that knows escape sequences.
func isTerminal(w io.Writer) bool {
	f, ok := w.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(int(f.Fd())) && knowsEscapes()
}

func knowsEscapes() bool {
	if runtime.GOOS == "windows" {
		return env("WT_SESSION") != "" // of Windows Terminal; the console before it knows them only if asked to
	}
	return env("TERM") != "dumb"
}

// wantsColor reports whether the user did not say no to colors, in the way of https://no-color.org.
func wantsColor() bool { return env("NO_COLOR") == "" }

func env(name string) string { return os.Getenv(name) } //nolint:forbidigo // what a terminal is, only the environment tells

// Progress tells whoever looks at a terminal what a long command is doing. The line goes away with the next output. In
// files and pipes there is nothing of it.
func (t *Tool) Progress(step string) {
	if !t.live {
		return
	}
	_ = writeTo(t.stderr, toLineStart+t.root.Name()+": "+step+" …") // a remark: nothing depends on it
	t.inProgress = true
}

// clear takes the line of the progress away.
func (t *Tool) clear() {
	if t.inProgress {
		_ = writeTo(t.stderr, toLineStart)
		t.inProgress = false
	}
}

// PrintDiff writes a difference in unified form as the result.
func (t *Tool) PrintDiff(text string) error {
	text = visible.Block(text)
	if t.paintOut {
		text = paintDiff(text)
	}
	t.clear()
	return writeTo(t.stdout, text)
}

// findingStart is where a finding or a note is, and what it is.
var findingStart = regexp.MustCompile(`(?m)^([^\s:][^:\n]*(?::\d+)*:) (error|warning|note):`)

var severityColors = map[string]string{"error": red, "warning": yellow, "note": cyan}

func paintFindings(text string) string {
	return findingStart.ReplaceAllStringFunc(text, func(match string) string {
		parts := findingStart.FindStringSubmatch(match)
		return bold + parts[1] + plain + " " + severityColors[parts[2]] + parts[2] + ":" + plain
	})
}

var diffColors = map[byte]string{'+': green, '-': red, '@': cyan}

func paintDiff(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		color := diffColors[line[0]]
		if color == "" {
			b.WriteString(line)
			continue
		}
		content := strings.TrimRight(line, "\n")
		b.WriteString(color + content + plain + line[len(content):])
	}
	return b.String()
}
