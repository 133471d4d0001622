package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// printTables prints what was found, and how the tools fared: in total, with the
// documents that kin-openapi calls valid, and per module.
func printTables(w io.Writer, found *inventory, tools []*tool, results []result) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	printInventory(out, found)
	all := func(result) bool { return true }
	printTable(out, "valid documents of all modules", tools, results, func(r result) bool { return r.Valid })
	printTable(out, "all documents of all modules", tools, results, all)
	for _, m := range found.modules {
		printTable(out, "valid documents of "+m, tools, results, func(r result) bool { return r.Valid && r.Module == m })
	}
	if err := out.Flush(); err != nil {
		return err
	}
	printFaults(w, results)
	return nil
}

// printFaults prints what our generator must never do: code that does not compile,
// crashes, and refusals that do not say where.
func printFaults(w io.Writer, results []result) {
	for _, r := range results {
		if r.Tool != ours || r.Class == compiled || r.Class == refusedAt {
			continue
		}
		fmt.Fprintf(w, "\n%s: %s %s\n", r.Class, r.Module, r.Path)
		if r.Detail != "" {
			fmt.Fprintf(w, "\t%s\n", strings.ReplaceAll(r.Detail, "\n", "\n\t"))
		}
		for _, f := range r.Findings {
			fmt.Fprintf(w, "\t%s:%d:%d: %s [%s]\n", f.Pos.File, f.Pos.Line, f.Pos.Col, f.Message, f.Code)
		}
	}
}

func printInventory(w io.Writer, found *inventory) {
	kinds := []string{kindDuplicate, kindNoOperation}
	fmt.Fprintf(w, "module\tOpenAPI %s\tof them valid\t%s", found.version, strings.Join(kinds, "\t"))
	for _, v := range versions {
		if v != found.version {
			kinds = append(kinds, v)
			fmt.Fprintf(w, "\tOpenAPI %s", v)
		}
	}
	fmt.Fprintln(w)
	sum := make([]int, 2+len(kinds))
	for _, m := range found.modules {
		row := make([]int, 2, len(sum))
		for _, d := range found.documents {
			if d.Module != m {
				continue
			}
			row[0]++
			if d.Valid {
				row[1]++
			}
		}
		for _, kind := range kinds {
			row = append(row, found.others[m][kind])
		}
		printRow(w, m, row)
		for i, n := range row {
			sum[i] += n
		}
	}
	printRow(w, "all", sum)
}

// printTable prints one table of the results that are chosen.
func printTable(w io.Writer, title string, tools []*tool, results []result, chosen func(result) bool) {
	fmt.Fprintf(w, "\n%s", title)
	for _, c := range classes {
		fmt.Fprintf(w, "\t%s", c)
	}
	fmt.Fprintln(w)
	for _, t := range tools {
		row := make([]int, len(classes))
		for _, r := range results {
			if r.Tool == t.name && chosen(r) {
				row[slices.Index(classes, r.Class)]++
			}
		}
		printRow(w, t.name, row)
	}
}

func printRow(w io.Writer, name string, counts []int) {
	fmt.Fprint(w, name)
	for _, n := range counts {
		fmt.Fprintf(w, "\t%d", n)
	}
	fmt.Fprintln(w)
}
