// Package fuzz runs every fuzz target of the modules below a folder, and tells what each has found. It is the program behind make fuzz.
//
// It imports the standard library alone.
package fuzz

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Config says what to run.
type Config struct {
	Root string         // the folder with the modules
	Go   string         // the go command
	Time string         // how long each target runs, as go test -fuzztime takes it
	Only *regexp.Regexp // which targets run, by package and name with a space between; nil means all
	Out  io.Writer      // gets the output of what failed, and the table
}

// A Result is what a target has found.
type Result struct {
	Target
	Executions int    // how many inputs it was run with
	New        int    // how many of them reached code that none before had reached
	Failed     bool   // whether an input failed, or the target did not run
	Input      string // the file of the input that failed, if there is one, from the root
}

// errFailed ends a run in which a target failed. The table says which.
var errFailed = errors.New("fuzz targets failed")

// Run runs all targets, one after the other, and prints a table in the end. A failure stops none of the others, but is an error in the end. When
// the context is done, the table has the targets that have run.
func Run(ctx context.Context, config Config) error {
	if err := checkTime(config.Time); err != nil {
		return err
	}
	fmt.Fprintln(config.Out, "looks for fuzz targets")
	targets, err := chosen(ctx, config)
	if err != nil {
		return err
	}
	fmt.Fprintf(config.Out, "runs %d, for %s each; where the go command has nothing cached, it builds for minutes first\n", len(targets), config.Time)
	var results []Result
	failed := 0
	for _, target := range targets {
		if ctx.Err() != nil {
			break
		}
		result := run(ctx, config, target)
		results = append(results, result)
		if result.Failed {
			failed++
		}
	}
	fmt.Fprint(config.Out, table(results))
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("run fuzz targets: %w", context.Cause(ctx))
	case failed > 0:
		return fmt.Errorf("%w: %d of %d", errFailed, failed, len(results))
	}
	return nil
}

// chosen returns the targets that are to run. It is an error when there is none: a run of nothing must not pass.
func chosen(ctx context.Context, config Config) ([]Target, error) {
	targets, err := Targets(ctx, config.Go, config.Root)
	if err != nil {
		return nil, err
	}
	if len(targets) == 0 {
		return nil, errors.New("run fuzz targets: there is none")
	}
	if config.Only == nil {
		return targets, nil
	}
	targets = slices.DeleteFunc(targets, func(t Target) bool { return !config.Only.MatchString(t.Package + " " + t.Name) })
	if len(targets) == 0 {
		return nil, fmt.Errorf("run fuzz targets: none has a package and a name that match %q", config.Only)
	}
	return targets, nil
}

// checkTime refuses what go test takes for no limit: the first target would run for ever.
func checkTime(text string) error {
	if count, found := strings.CutSuffix(text, "x"); found {
		if n, err := strconv.Atoi(count); err != nil || n < 1 {
			return fmt.Errorf("run fuzz targets: %q is not a number of executions above 0, such as 1000x", text)
		}
		return nil
	}
	if d, err := time.ParseDuration(text); err != nil || d <= 0 {
		return fmt.Errorf("run fuzz targets: %q is not a duration above 0, such as 30s", text)
	}
	return nil
}

// run runs one target. Inputs are not minimized: that takes a minute each, and the small ones are found anyway.
func run(ctx context.Context, config Config, target Target) Result {
	fmt.Fprintf(config.Out, "%s %s\n", target.Package, target.Name)
	command := exec.CommandContext(ctx, config.Go, "test", "-run", "^$", "-fuzz", "^"+target.Name+"$", //nolint:gosec // the go command that make names
		"-fuzztime", config.Time, "-fuzzminimizetime", "1x", ".")
	command.Dir = target.Dir
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	err := command.Run()
	result := parse(output.String())
	result.Target = target
	result.Failed = err != nil && failed(output.String())
	if result.Failed {
		result.Input = locate(config.Root, target, result.Input)
		fmt.Fprintf(config.Out, "%s%s %s: %v\n", output.String(), target.Package, target.Name, err)
	}
	return result
}
