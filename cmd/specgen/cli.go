package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/spell"
)

// Exit codes of all commands.
const (
	exitClean    = 0
	exitFindings = 1
	exitUsage    = 2
)

// errFindings ends a command that has already reported what it found.
var errFindings = errors.New("findings were reported")

// app is what all commands share: the flags and the streams.
type app struct {
	spec   string
	output string
	stdout io.Writer
	stderr io.Writer
}

// run executes one command line and returns its exit code: 0 when all is well,
// 1 when there are findings, 2 for usage and I/O errors.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{stdout: stdout, stderr: stderr}
	root := a.command()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.Execute()
	switch {
	case err == nil:
		return exitClean
	case errors.Is(err, errFindings):
		return exitFindings
	default:
		_ = printTo(stderr, fmt.Sprintf("specgen: %v\n", err)) // nowhere left to report it to
		return exitUsage
	}
}

func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use:   "specgen",
		Short: "Work on the spec: bundle, validate, lint and list it",
		Long: `specgen works on a folder of spec fragments (see spec/README.md).

Exit codes: 0 all is well, 1 there are findings, 2 the command line or reading and writing files went wrong.
Findings go to standard error, one per line, as file:line:col: error: subject: message [CODE].
With -o json every command prints one JSON document on standard output instead.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			var names []string
			for _, c := range cmd.Commands() {
				names = append(names, c.Name())
			}
			return fmt.Errorf("unknown command %q%s", args[0], hint(args[0], names, ""))
		},
		PersistentPreRunE: func(*cobra.Command, []string) error {
			if !slices.Contains([]string{"text", "json"}, a.output) {
				return fmt.Errorf("unknown output format %q: use text or json", a.output)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.PersistentFlags().StringVar(&a.spec, "spec", "spec", "folder of the spec fragments")
	root.PersistentFlags().StringVarP(&a.output, "output", "o", "text", "output format: text or json")
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		name, ok := strings.CutPrefix(err.Error(), "unknown flag: --")
		if !ok {
			return err
		}
		var names []string
		for _, m := range flagName.FindAllStringSubmatch(cmd.Flags().FlagUsages(), -1) {
			names = append(names, m[1])
		}
		return fmt.Errorf("%w%s", err, hint(name, names, "--"))
	})
	root.AddCommand(a.bundleCommand(), a.validateCommand(), a.lintCommand(), a.listCommand())
	return root
}

var flagName = regexp.MustCompile(`--([a-z]+)`)

// hint proposes the candidate that was probably meant.
func hint(word string, candidates []string, prefix string) string {
	if best := spell.Nearest(word, candidates); best != "" {
		return spell.DidYouMean(prefix + best)
	}
	return " (specgen --help prints all)"
}

// atMost refuses more positional arguments than a command has.
func atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) <= n:
			return nil
		case n == 0:
			return fmt.Errorf("%s takes no arguments, not %q", cmd.CommandPath(), args[0])
		default:
			return fmt.Errorf("%s takes at most %s, not %q as well", cmd.CommandPath(), count(n, "argument"), args[n])
		}
	}
}

// report prints findings, or the summary line when there are none, and returns
// the error that gives the exit code. In JSON the findings are the product.
func (a *app) report(findings []diag.Finding, summary string) error {
	findings = withFixes(findings)
	switch {
	case a.output == "json":
		if err := a.printJSON(struct {
			Findings []diag.Finding `json:"findings"`
		}{append([]diag.Finding{}, findings...)}); err != nil {
			return err
		}
	case len(findings) > 0:
		if err := printTo(a.stderr, text(findings)); err != nil {
			return err
		}
	case summary != "":
		return printTo(a.stdout, summary+"\n")
	}
	if len(findings) > 0 {
		return errFindings
	}
	return nil
}

// text writes findings for people, each fix only once.
func text(findings []diag.Finding) string {
	var b strings.Builder
	explained := map[string]bool{}
	for _, f := range findings {
		if explained[f.Code] {
			f.Fix = ""
		}
		explained[f.Code] = true
		b.WriteString(f.String() + "\n")
	}
	b.WriteString(count(len(findings), "finding") + "\n")
	return b.String()
}

func printTo(w io.Writer, s string) error {
	if _, err := io.WriteString(w, s); err != nil {
		return fmt.Errorf("print result: %w", err)
	}
	return nil
}

// withFixes adds the fix text of the code to findings that have none.
func withFixes(findings []diag.Finding) []diag.Finding {
	fixes := map[string]string{}
	for _, r := range allRules() {
		fixes[r.Code] = r.Fix
	}
	findings = slices.Clone(findings)
	for i := range findings {
		findings[i].Fix = cmp.Or(findings[i].Fix, fixes[findings[i].Code])
	}
	return findings
}

func (a *app) printJSON(v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("encode JSON: %w", err)
	}
	return printTo(a.stdout, b.String())
}

// count writes a number with its noun: 1 finding, 2 findings.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
