package fuzz

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"text/tabwriter"
)

var (
	// progress is in each line that go test -fuzz prints while it runs. Both numbers count from the start of the run.
	progress = regexp.MustCompile(`execs: (\d+) \(\d+/sec\)(?:, new interesting: (\d+))?`)

	// written is printed for an input that was found, and seed for one that was there before: its file is named by the target and the input.
	written = regexp.MustCompile(`Failing input written to (\S+)`)
	seed    = regexp.MustCompile(`failure while testing seed corpus entry: (\S+)`)

	// timeUp is all that go test says when the time is up while it looks at its own inputs: it takes that for a failure of the target.
	timeUp = regexp.MustCompile(`(?m)^--- FAIL: Fuzz\w+ \(\S+\)\n    context deadline exceeded\nFAIL$`)
)

// failed tells from the output of a run that did not pass whether that is the fault of the target.
func failed(output string) bool { return !timeUp.MatchString(output) }

// parse reads what go test -fuzz has printed: the numbers of the last line, and the input that failed.
func parse(output string) Result {
	var result Result
	for _, m := range progress.FindAllStringSubmatch(output, -1) {
		result.Executions = number(m[1])
		result.New = number(m[2])
	}
	if m := written.FindStringSubmatch(output); m != nil {
		result.Input = m[1]
	} else if m := seed.FindStringSubmatch(output); m != nil {
		result.Input = m[1]
	}
	return result
}

// number returns what was matched as digits, or 0 for nothing.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// locate returns where an input is, as seen from the root. Seeds of the code, such as FuzzX/seed#0, have no file and stay as they are.
func locate(root string, target Target, input string) string {
	if input == "" || strings.Contains(input, "seed#") {
		return input
	}
	if strings.HasPrefix(input, target.Name+"/") {
		input = "testdata/fuzz/" + input
	}
	file := filepath.Join(target.Dir, filepath.FromSlash(input))
	if relative, err := filepath.Rel(root, file); err == nil {
		return relative
	}
	return file
}

// table prints results as columns.
func table(results []Result) string {
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\npackage\ttarget\texecutions\tnew inputs\tresult")
	for _, r := range results {
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%s\n", r.Package, r.Name, r.Executions, r.New, r.verdict())
	}
	if err := w.Flush(); err != nil {
		return err.Error() // which a strings.Builder never is the reason of
	}
	return text.String()
}

// verdict says how a target has ended. One whose time or number of executions ends within the inputs that are there before has tried nothing
// new, which is no failure and does not say that all is well.
func (r Result) verdict() string {
	switch {
	case r.Failed:
		return strings.TrimSpace("FAILED " + r.Input)
	case r.Executions == 0:
		return "nothing new tried: the limit is too low for the inputs that it begins with"
	default:
		return "ok"
	}
}
