// Package cli holds what the commands of this repository have in common: exit
// codes, the flags --spec, --output and --version, findings and results as text
// and as JSON, progress and colors on terminals, proposals for misspelled words,
// completion for shells and manual pages.
//
// It may import cobra, golang.org/x/term, cmd/internal/rules, generator/diag and
// output, internal/spell, userinfo and visible, and the standard library.
package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ackgen/ackgen/internal/spell"
	"github.com/ackgen/ackgen/internal/userinfo"
	"github.com/ackgen/ackgen/internal/visible"
)

// The exit codes of all commands.
const (
	Clean    = 0 // all is well
	Findings = 1 // the input has faults, or files are stale
	Usage    = 2 // the command line is wrong, or files cannot be read or written
)

// ErrFindings ends a command that has printed what it found.
var ErrFindings = errors.New("findings were reported")

// conventions ends the description of every command.
const conventions = `

Exit codes: 0 all is well; 1 there are findings or stale files; 2 the command line is wrong, or a file cannot be read or written.
Findings go to standard error, one per line, as file:line:col: error: subject: message [CODE].
With -o json, one JSON document on standard output holds the result and the findings instead. On a terminal, findings and
differences have colors unless the environment variable NO_COLOR is set.`

// specUsage says what --spec is, in one sentence for all commands.
const specUsage = "`path` of the spec: a folder of fragments with their bundle openapi.yaml, or one OpenAPI document as a file"

const (
	formText = "text"
	formJSON = "json"
)

// formsKey is the annotation of a command with the forms of its output.
const formsKey = "forms"

// Tool is one command line tool. Spec and the values of other flags are set before
// a command runs. A Tool serves one run and is not safe for concurrent use.
type Tool struct {
	// Spec is the value of --spec.
	Spec string

	root           *cobra.Command
	form           string
	stdout, stderr io.Writer
	// live says that standard error is a terminal, and inProgress that a line with the progress stands there.
	live, inProgress bool
	// paintOut and paintErr say that standard output and standard error take colors.
	paintOut, paintErr bool
}

// New makes a tool of a root command, whose flags and texts it completes.
func New(root *cobra.Command) *Tool {
	t := &Tool{root: root}
	root.Long += conventions
	root.Version = Version()
	root.SetVersionTemplate("{{.Name}} {{.Version}}\n")
	root.SilenceErrors, root.SilenceUsage = true, true
	root.Args = t.noCommand
	root.PersistentPreRunE = t.checkForm
	flags := root.PersistentFlags()
	flags.StringVar(&t.Spec, "spec", "spec", specUsage)
	flags.StringVarP(&t.form, "output", "o", formText, "`form` of the output: text or json")
	root.SetFlagErrorFunc(t.flagError)
	// It fails only for a flag that does not exist.
	_ = root.RegisterFlagCompletionFunc("output", completeForm)
	root.AddCommand(t.manCommand())
	return t
}

// Run carries out one command line and returns the exit code.
func (t *Tool) Run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	t.stdout, t.stderr = stdout, stderr
	t.live = isTerminal(stderr)
	t.paintOut, t.paintErr = isTerminal(stdout) && wantsColor(), t.live && wantsColor()
	defer t.clear()
	t.root.SetArgs(args)
	t.root.SetIn(stdin)
	t.root.SetOut(stdout)
	t.root.SetErr(stderr)
	t.root.InitDefaultHelpCmd()
	for _, c := range t.root.Commands() {
		if c.Name() == "help" {
			c.Args = t.knownCommand
		}
	}
	err := t.root.ExecuteContext(context.Background())
	switch {
	case err == nil:
		return Clean
	case errors.Is(err, ErrFindings):
		return Findings
	default:
		t.Note(err.Error())
		return Usage
	}
}

// AddForms lets a command write other forms than text and JSON, too.
func AddForms(cmd *cobra.Command, forms ...string) {
	cmd.Annotations = map[string]string{formsKey: strings.Join(forms, " ")}
}

// formsOf lists the forms that a command can write.
func formsOf(cmd *cobra.Command) []string {
	return append([]string{formText, formJSON}, strings.Fields(cmd.Annotations[formsKey])...)
}

func (t *Tool) checkForm(cmd *cobra.Command, _ []string) error {
	forms := formsOf(cmd)
	if slices.Contains(forms, t.form) {
		return nil
	}
	last := len(forms) - 1
	return fmt.Errorf("unknown output form %q: use %s or %s", t.form, strings.Join(forms[:last], ", "), forms[last])
}

func completeForm(cmd *cobra.Command, _ []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return formsOf(cmd), cobra.ShellCompDirectiveNoFileComp
}

// noCommand refuses arguments of the root, which can only be misspelled commands.
func (t *Tool) noCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if !root.HasAvailableSubCommands() {
		return AtMost(0)(root, args)
	}
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	return fmt.Errorf("unknown command %q%s", args[0], t.hint(args[0], names, ""))
}

// knownCommand refuses help about what is not a command.
func (t *Tool) knownCommand(_ *cobra.Command, args []string) error {
	cmd, rest, err := t.root.Find(args)
	if err != nil || cmd != t.root {
		return err
	}
	return t.noCommand(cmd, rest)
}

// flagError proposes the flag that a misspelled one was meant to be.
func (t *Tool) flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) || unknown.GetSpecifiedShortnames() != "" {
		return err
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return fmt.Errorf("%w%s", err, t.hint(unknown.GetSpecifiedName(), names, "--"))
}

// hint proposes the candidate that was probably meant.
func (t *Tool) hint(word string, candidates []string, prefix string) string {
	if best := spell.Nearest(word, candidates); best != "" {
		return spell.DidYouMean(prefix + best)
	}
	return fmt.Sprintf(" (%s --help prints all)", t.root.Name())
}

// AtMost refuses more than n positional arguments.
func AtMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) <= n:
			return nil
		case n == 0:
			return fmt.Errorf("%s takes no arguments, not %q", cmd.CommandPath(), args[0])
		default:
			return fmt.Errorf("%s takes at most %s, not %q as well", cmd.CommandPath(), Count(n, "argument"), args[n])
		}
	}
}

// JSON reports whether the output has to be one JSON document.
func (t *Tool) JSON() bool { return t.form == formJSON }

// Form is the value of --output.
func (t *Tool) Form() string { return t.form }

// Print writes the result as text. What a terminal would obey is spelled out.
func (t *Tool) Print(text string) error {
	t.clear()
	return writeTo(t.stdout, visible.Block(text))
}

// Note writes a remark for people to standard error.
func (t *Tool) Note(text string) {
	t.clear()
	fmt.Fprintf(t.stderr, "%s: %s\n", t.root.Name(), userinfo.Hide(visible.Remark(text)))
}

// PrintJSON writes the result as a JSON document.
func (t *Tool) PrintJSON(v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("encode JSON: %w", err)
	}
	return t.Print(b.String())
}

// writeTo writes a text without the passwords of addresses, which commands are given and documents hold.
func writeTo(w io.Writer, s string) error {
	if _, err := io.WriteString(w, userinfo.Hide(s)); err != nil {
		return fmt.Errorf("print result: %w", err)
	}
	return nil
}

// Count writes a number with its noun: 1 finding, 2 findings.
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
