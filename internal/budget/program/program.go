// Package program builds the programs whose size is measured, always in the same way:
// the bytes of a program depend on nothing but its code and the version of Go. It
// imports the standard library alone.
package program

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
)

// Stripped is the flag of go build that leaves out symbols, what debuggers need, and the
// hash that tells builds apart.
const Stripped = "-ldflags=-s -w -buildid="

// environment is all that decides what the compiler and the linker write, beside the
// version of Go and the flags. The version is the one that runs.
var environment = []string{
	"CGO_ENABLED=0", "GOOS=linux", "GOARCH=amd64", "GOAMD64=v1",
	"GOFLAGS=", "GOEXPERIMENT=", "GOFIPS140=off", "GOWORK=off",
}

// Go runs the go command in a folder, in the environment that programs are built in, and
// returns what it prints.
func Go(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...) //nolint:gosec // the callers are tools of this repository
	cmd.Dir = dir
	cmd.Env = append(cmd.Environ(), environment...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go %s in %s: %w\n%s", args[0], dir, err, stderr.Bytes())
	}
	return out, nil
}

// A Program is a command of a module.
type Program struct {
	Module  string // its folder
	Package string // below it, such as "./call"
	Tags    string // build tags, with commas between them
	ModFile string // is read in place of go.mod, and completed; empty: go.mod as it is
}

// Build builds the program into a folder, which is an absolute path, and returns its
// file. Flags are of go build, such as [Stripped].
func (p Program) Build(ctx context.Context, folder string, flags ...string) (file string, err error) {
	out, err := os.CreateTemp(folder, "program")
	if err != nil {
		return "", fmt.Errorf("make a file for %s: %w", p.Package, err)
	}
	if err := out.Close(); err != nil {
		return "", fmt.Errorf("make a file for %s: %w", p.Package, err)
	}
	args := append([]string{"build", "-trimpath", "-buildvcs=false", "-tags=" + p.Tags, "-o", out.Name()}, flags...)
	if p.ModFile != "" {
		args = append(args, "-modfile="+p.ModFile, "-mod=mod")
	}
	_, err = Go(ctx, p.Module, append(args, p.Package)...)
	return out.Name(), err
}

// Size returns the bytes of the program, stripped. It needs a folder for a while.
func (p Program) Size(ctx context.Context, folder string) (int64, error) {
	file, err := p.Build(ctx, folder, Stripped)
	if err != nil {
		return 0, err
	}
	info, err := os.Stat(file)
	if err != nil {
		return 0, fmt.Errorf("measure %s: %w", p.Package, err)
	}
	if err := os.Remove(file); err != nil {
		return 0, fmt.Errorf("measure %s: %w", p.Package, err)
	}
	return info.Size(), nil
}
