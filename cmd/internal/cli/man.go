package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"github.com/ackgen/ackgen/generator/output"
)

// manMark starts every manual page. A file without it is not replaced by one.
const manMark = `.\" written by the command man of ackgen` + "\n"

// manCommand writes the manual pages of all commands of a tool.
func (t *Tool) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "man FOLDER",
		Short: "Write the manual pages of all commands to a folder",
		Long: `Writes a page of section 1 for the tool and for each of its commands. man finds them in the folder man1 of a folder of
MANPATH; man -l shows a file.`,
		Example: fmt.Sprintf("  %[1]s man ~/.local/share/man/man1 && man %[1]s", t.root.Name()),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fmt.Errorf("%s needs the folder to write to", cmd.CommandPath())
			}
			return AtMost(1)(cmd, args)
		},
		RunE: func(_ *cobra.Command, args []string) error { return t.writeManual(args[0]) },
	}
}

func (t *Tool) writeManual(folder string) error {
	var plans []*output.Plan
	var written strings.Builder
	for _, cmd := range described(t.root) {
		page, err := manPage(cmd)
		if err != nil {
			return err
		}
		file := filepath.Join(folder, strings.ReplaceAll(cmd.CommandPath(), " ", "-")+".1")
		plan, err := output.PlanFile(file, manMark, page)
		if err != nil {
			return fmt.Errorf("write the manual: %w", err)
		}
		plans = append(plans, plan)
		written.WriteString(filepath.ToSlash(file) + "\n")
	}
	if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // manuals are for everybody
		return fmt.Errorf("write the manual: %w", err)
	}
	if err := output.Apply(plans...); err != nil {
		return fmt.Errorf("write the manual: %w", err)
	}
	return t.Print(written.String())
}

// described returns a command and all below it that help tells of.
func described(cmd *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{cmd}
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			all = append(all, described(c)...)
		}
	}
	return all
}

// manPage returns the page of a command. It names no day, so that equal commands have equal pages.
func manPage(cmd *cobra.Command) ([]byte, error) {
	cmd.DisableAutoGenTag = true
	noDay := time.Time{}
	header := &doc.GenManHeader{Section: "1", Source: "ackgen", Manual: "Manual of ackgen", Date: &noDay}
	b := bytes.NewBufferString(manMark)
	if err := doc.GenMan(cmd, header, b); err != nil {
		return nil, fmt.Errorf("write the manual of %s: %w", cmd.CommandPath(), err)
	}
	return bytes.Replace(b.Bytes(), []byte(noDay.Format("Jan 2006")), nil, 1), nil
}
