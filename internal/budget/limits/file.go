package limits

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

const head = `# What must not grow unseen. "make budgets" measures all of it, with the version of Go that stands here,
# and fails if something is above its limit, far below it, or not in its list.
#
# To change a limit, run "make budgets ARGS=--write" and commit the change of this file together with
# what caused it. Of a limit that rises, and of a new item of a list, the commit message says why.
`

// count is a limit of a number. The YAML parser would take 25.5 for 25.
type count int

// UnmarshalYAML implements [yaml.Unmarshaler].
func (c *count) UnmarshalYAML(node *yaml.Node) error {
	n, err := strconv.Atoi(node.Value)
	if err != nil || n < 0 {
		return fmt.Errorf("line %d: %q is not a whole number from 0", node.Line, node.Value)
	}
	*c = count(n)
	return nil
}

// Parse reads the file.
func Parse(text []byte) (Limits, error) {
	var file struct {
		Go      string                         `yaml:"go"`
		Numbers map[string]map[string]count    `yaml:"numbers"`
		Lists   map[string]map[string][]string `yaml:"lists"`
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	err := decoder.Decode(&file)
	if errors.Is(err, io.EOF) {
		return Limits{}, errors.New("parse limits: the file is empty")
	}
	if err != nil {
		return Limits{}, fmt.Errorf("parse limits: %w", err)
	}
	l := Limits{Go: file.Go, Numbers: make(map[string]map[string]int), Lists: file.Lists}
	for group, counts := range file.Numbers {
		l.Numbers[group] = make(map[string]int)
		for name, n := range counts {
			l.Numbers[group][name] = int(n)
		}
	}
	return l, nil
}

// Text returns the file for what was measured under a version of Go. Limits that hold
// stay as they were.
func Text(version string, groups []Group, before Limits) string {
	var numbers, lists strings.Builder
	for _, g := range groups {
		title := "  # " + g.About + "\n  " + strconv.Quote(g.Name) + ":\n"
		if len(g.Numbers) > 0 {
			numbers.WriteString(title)
		}
		for _, n := range g.Numbers {
			fmt.Fprintf(&numbers, "    %q: %d\n", n.Name, n.next(before.Numbers[g.Name]))
		}
		if len(g.Lists) > 0 {
			lists.WriteString(title)
		}
		for _, l := range g.Lists {
			writeList(&lists, l)
		}
	}
	return fmt.Sprintf("%sgo: %s\n\nnumbers:\n%s\nlists:\n%s", head, version, &numbers, &lists)
}

// next is the limit that follows.
func (n Number) next(before map[string]int) int {
	if limit, ok := before[n.Name]; ok && n.verdict(limit) == holds {
		return limit
	}
	return n.Value + n.Slack
}

func writeList(b *strings.Builder, l List) {
	if len(l.Items) == 0 {
		fmt.Fprintf(b, "    %q: []\n", l.Name)
		return
	}
	fmt.Fprintf(b, "    %q:\n", l.Name)
	for _, item := range slices.Sorted(slices.Values(l.Items)) {
		fmt.Fprintf(b, "      - %s\n", item)
	}
}

// Table writes one line for each measure.
func (r Result) Table(w io.Writer) {
	width := 0
	for _, row := range r.Rows {
		width = max(width, len(row.Name))
	}
	line := func(name, now, limit, verdict string) {
		fmt.Fprintf(w, "  %-*s  %10s  %10s  %s\n", width, name, now, limit, verdict)
	}
	line("measure", "now", "limit", "verdict")
	group := ""
	for _, row := range r.Rows {
		if row.Group != group {
			group = row.Group
			fmt.Fprintln(w, group)
		}
		line(row.Name, digits(row.Now), digits(row.Limit), row.Verdict)
	}
}
