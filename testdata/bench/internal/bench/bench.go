// Package bench is what all measurements of this module share: where they work, how
// often they measure, and how they run other programs. Of this
// module it imports report, for the versions of others.
package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"time"
)

// Settings say how to measure.
type Settings struct {
	Root     string // of the repository
	Folder   string // for files of this run
	Rounds   int    // how often each thing is measured, in turn with all others
	Progress io.Writer
	Start    time.Time // of the run
}

// Module is the folder of this module.
func (s *Settings) Module() string { return filepath.Join(s.Root, "testdata", "bench") }

// Log tells how far a run has come, and after how many seconds.
func (s *Settings) Log(format string, args ...any) {
	fmt.Fprintf(s.Progress, "%3.0f s: %s\n", time.Since(s.Start).Seconds(), fmt.Sprintf(format, args...))
}

// Command runs a program in a folder and returns what it prints. If it fails, that is
// in the error.
func Command(ctx context.Context, folder, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // G204: the go command, and what it has built
	cmd.Dir = folder
	out, err := cmd.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return "", fmt.Errorf("run %s %q: %w: %s%s", name, args, err, out, exit.Stderr)
	}
	return string(out), err
}
