// Package command runs the programs that a release needs, such as make and go.
//
// It may import its sibling git and the standard library.
package command

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/ackgen/ackgen/cmd/specgen/internal/git"
)

// lastLines is how much of what a program printed is in its error.
const lastLines = 30

// Command is a program to run.
type Command struct {
	// Dir is the folder to run it in.
	Dir string
	// Env are variables beside those of this process, as NAME=value.
	Env []string
	// Args are the program and its arguments.
	Args []string
}

// Run runs a program to its end and returns what it printed on standard output. The
// error has the last lines of all that it printed. When the context ends, the program
// is interrupted, and killed if it stays.
func Run(ctx context.Context, c Command) (string, error) {
	cmd := exec.CommandContext(ctx, c.Args[0], c.Args[1:]...) //nolint:gosec // the user says what to run
	var stdout bytes.Buffer
	var both locked
	cmd.Dir = c.Dir
	// What make, which may have started this program, tells its children is not for these.
	cmd.Env = append(git.Environment(cmd.Environ()), append([]string{"MAKEFLAGS=", "MAKELEVEL="}, c.Env...)...)
	cmd.Stdout, cmd.Stderr = io.MultiWriter(&stdout, &both), &both
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return "", fmt.Errorf("%s: %w%s", strings.Join(c.Args, " "), err, tail(both.buffer.String()))
	}
	return stdout.String(), nil
}

// locked is a buffer that standard output and standard error are written to at once.
type locked struct {
	mutex  sync.Mutex
	buffer bytes.Buffer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.buffer.Write(p)
}

// tail returns the last lines, each on a line of its own.
func tail(text string) string {
	text = strings.TrimSpace(strings.ToValidUTF8(text, ""))
	if text == "" {
		return ""
	}
	lines := strings.Split(text, "\n")
	return "\n  " + strings.Join(lines[max(0, len(lines)-lastLines):], "\n  ")
}
