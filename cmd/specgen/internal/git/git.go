// Package git runs git.
//
// It may import the standard library.
package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// Repo is a repository, named by a folder in it.
type Repo struct {
	Dir string
}

// Error tells which command of git failed, and what it said.
type Error struct {
	Args   []string
	Stderr string
	Err    error
}

// Error implements [error].
func (e *Error) Error() string {
	said := strings.Join(strings.Fields(strings.ToValidUTF8(e.Stderr, "")), " ")
	if said == "" || errors.Is(e.Err, exec.ErrNotFound) {
		said = e.Err.Error()
	}
	return fmt.Sprintf("git %s: %s", e.Args[0], said)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// IsRepository reports whether the folder is in a repository. Where git is not installed,
// none is. The error says why git does not work on one that is there.
func (r Repo) IsRepository(ctx context.Context) (bool, error) {
	_, err := r.Run(ctx, "rev-parse", "--is-inside-work-tree")
	var failed *Error
	if errors.As(err, &failed) && (errors.Is(err, exec.ErrNotFound) || strings.Contains(failed.Stderr, "not a git repository (or any")) {
		return false, nil
	}
	return err == nil, err
}

// Run carries out a command and returns what it prints, without line feeds at the end.
// The error is a [*Error].
func (r Repo) Run(ctx context.Context, args ...string) (string, error) {
	var out bytes.Buffer
	err := r.Stream(ctx, nil, &out, args...)
	return strings.TrimRight(out.String(), "\n"), err
}

// Lines returns the lines that a command prints.
func (r Repo) Lines(ctx context.Context, args ...string) ([]string, error) {
	out, err := r.Run(ctx, args...)
	if out == "" {
		return nil, err
	}
	return strings.Split(out, "\n"), err
}

// Stream carries out a command that reads from in, which may be nil, and writes to out.
// The error is a [*Error].
func (r Repo) Stream(ctx context.Context, in io.Reader, out io.Writer, args ...string) error {
	cmd := exec.CommandContext(ctx, "git", args...) //nolint:gosec // callers name the command, and values of users follow --end-of-options
	var stderr bytes.Buffer
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = r.Dir, in, out, &stderr
	cmd.Env = append(Environment(cmd.Environ()), "LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0") // English, without questions
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Run(); err != nil {
		return &Error{args, stderr.String(), err}
	}
	return nil
}

// elsewhere are the variables that make git work on another repository than that of
// its folder. A hook has some of them.
var elsewhere = []string{
	"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
	"GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX",
}

// Environment leaves out what leads git elsewhere.
func Environment(env []string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return slices.Contains(elsewhere, name)
	})
}
