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
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
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
	return &cobra.Command{
		Use:   "list",
		Short: "List the operations by group",
		Args:  cli.AtMost(0),
		RunE:  func(*cobra.Command, []string) error { return a.list() },
	}
}

func (a app) list() error {
	d, err := a.document()
	if err != nil {
		return err
	}
	if d.tree == nil || !d.whole {
		return a.Report(d.findings, "")
	}
	ops := operations(d.tree)
	if a.JSON() {
		return a.PrintJSON(ops)
	}
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, o := range append([]listed{{"OPERATION", "GROUP", "METHOD", "PATH", "STATUS", "SUMMARY"}}, ops...) {
		line := strings.Join([]string{o.Group, o.Operation, o.Method, o.Path, o.Status, o.Summary}, "\t")
		if _, err := io.WriteString(w, line+"\n"); err != nil {
			return fmt.Errorf("print operations: %w", err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print operations: %w", err)
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
