package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/internal/visible"
)

// listed is one operation as list prints it.
type listed struct {
	Operation string `json:"operation"`
	Group     string `json:"group"`
	Method    string `json:"method"`
	Path      string `json:"path"`
	Status    string `json:"status"`
	Summary   string `json:"summary"`
}

func (a app) listCommand() *cobra.Command {
	var conflicts, regions, removed bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the operations by group, the regions, what the provider removed, or the conflicts of the sources",
		Example: `  specgen list
  specgen list --regions
  specgen list --conflicts -o json`,
		Args: cli.AtMost(0),
		RunE: func(*cobra.Command, []string) error {
			d, err := document.Open(a.Spec)
			switch {
			case err != nil:
				return err
			case d.Tree == nil || !d.Whole:
				return a.Report(d.Findings, "")
			case conflicts:
				return a.listConflicts(d)
			case regions:
				return a.listRegions(d.Tree)
			case removed:
				return a.listRemoved(d.Tree)
			default:
				return a.listOperations(d.Tree)
			}
		},
	}
	cmd.Flags().BoolVar(&conflicts, "conflicts", false, "list the contradictions of the sources, each with the places and texts of its decisions")
	cmd.Flags().BoolVar(&regions, "regions", false, "list the regions, each with its public host and its host inside of a VPC, and the sources of both")
	cmd.Flags().BoolVar(&removed, "removed", false, "list what the provider removed from its API, since when, and until when it stays")
	cmd.MarkFlagsMutuallyExclusive("conflicts", "regions", "removed")
	return cmd
}

func (a app) listOperations(doc *oas.Node) error {
	ops := operations(doc)
	if a.JSON() {
		return a.PrintJSON(ops)
	}
	rows := [][]string{{"GROUP", "OPERATION", "METHOD", "PATH", "STATUS", "SUMMARY"}}
	for _, o := range ops {
		rows = append(rows, []string{o.Group, o.Operation, o.Method, o.Path, o.Status, o.Summary})
	}
	return a.printTable(rows)
}

// printTable prints rows in aligned columns.
func (a app) printTable(rows [][]string) error {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		for i, cell := range row {
			row[i] = visible.Line(cell)
		}
		if _, err := io.WriteString(w, strings.Join(row, "\t")+"\n"); err != nil {
			return fmt.Errorf("print table: %w", err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print table: %w", err)
	}
	return a.Print(b.String())
}

// operations lists the operations by the order of the tags, then by name.
func operations(doc *oas.Node) []listed {
	order := map[string]int{}
	for t := range doc.Of(oas.Tag) {
		order[t.Text("name")] = len(order)
	}
	out := []listed{}
	for op := range doc.Of(oas.Operation) {
		group := ""
		if tags := yamlsrc.Value(op.Value, "tags"); tags != nil && len(tags.Content) > 0 {
			group = tags.Content[0].Value
		}
		out = append(out, listed{
			Operation: op.Text("operationId"), Group: group, Method: strings.ToUpper(op.Name), Path: op.Parent.Name,
			Status: cmp.Or(op.Text("x-ack-status"), "stable"), Summary: op.Text("summary"),
		})
	}
	slices.SortStableFunc(out, func(x, y listed) int {
		return cmp.Or(cmp.Compare(order[x.Group], order[y.Group]), cmp.Compare(x.Operation, y.Operation))
	})
	return out
}
