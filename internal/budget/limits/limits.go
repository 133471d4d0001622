// Package limits compares what is measured with limits that are committed, and writes
// those. It knows nothing of what is measured, and imports the standard library and a
// YAML parser.
package limits

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

// A Number must not get above its limit.
type Number struct {
	Name  string
	Value int
	// Slack is how far a new limit is above the value. Without it a change of one shows.
	Slack int
}

// A List must not get an item that its limit does not name.
type List struct {
	Name  string
	Items []string
	// Why tells of an item how it got there, such as "sdk/roa imports it".
	Why map[string]string
}

// A Group is what is measured in one way.
type Group struct {
	Name    string
	About   string // stands as a comment in the file of limits
	Numbers []Number
	Lists   []List
}

// Limits are what stands in the file.
type Limits struct {
	// Go is the version of Go that they are for.
	Go      string
	Numbers map[string]map[string]int      // by group and name
	Lists   map[string]map[string][]string // by group and name
}

// Verdicts.
const (
	holds   = "holds"
	grown   = "GROWN"
	shrunk  = "SHRUNK"
	changed = "CHANGED"
	unknown = "NO LIMIT"
)

// A Row is a line of the table. Of a list it holds how many items there are.
type Row struct {
	Group, Name string
	Now, Limit  int
	Verdict     string
}

// Result is what a comparison finds.
type Result struct {
	Rows []Row
	// Problems are sentences. There are none when all measures hold their limits.
	Problems []string
}

// Compare compares what was measured with the limits.
func Compare(groups []Group, limits Limits) Result {
	var r Result
	for _, g := range groups {
		for _, n := range g.Numbers {
			r.number(g.Name, n, limits.Numbers[g.Name])
		}
		for _, l := range g.Lists {
			r.list(g.Name, l, limits.Lists[g.Name])
		}
	}
	for _, name := range unmeasured(groups, limits) {
		r.problem("%s: has a limit, and is not measured", name)
	}
	return r
}

func (r *Result) problem(format string, args ...any) {
	r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
}

// verdict judges the number by its limit. What has shrunk must not grow back unseen, so
// that a limit which is far above is wrong, too.
func (n Number) verdict(limit int) string {
	switch room := limit - n.Value; {
	case room < 0:
		return grown
	case room > 2*n.Slack:
		return shrunk
	default:
		return holds
	}
}

func (r *Result) number(group string, n Number, limits map[string]int) {
	limit, ok := limits[n.Name]
	row := Row{Group: group, Name: n.Name, Now: n.Value, Limit: limit, Verdict: n.verdict(limit)}
	if !ok {
		row.Verdict = unknown
	}
	switch row.Verdict {
	case unknown:
		r.problem("%s, %s: is %s, and has no limit", group, n.Name, digits(n.Value))
	case grown:
		r.problem("%s, %s: is %s, %s above the limit of %s", group, n.Name, digits(n.Value), digits(n.Value-limit), digits(limit))
	case shrunk:
		r.problem("%s, %s: is %s, below the limit of %s: it could grow back unseen", group, n.Name, digits(n.Value), digits(limit))
	}
	r.Rows = append(r.Rows, row)
}

func (r *Result) list(group string, l List, limits map[string][]string) {
	limit, ok := limits[l.Name]
	row := Row{Group: group, Name: l.Name, Now: len(l.Items), Limit: len(limit), Verdict: holds}
	if !ok {
		row.Verdict = unknown
		r.problem("%s, %s: has no limit", group, l.Name)
		r.Rows = append(r.Rows, row)
		return
	}
	for _, item := range l.Items {
		if !slices.Contains(limit, item) {
			row.Verdict = changed
			r.problem("%s, %s: %s is new: %s", group, l.Name, item, cmp.Or(l.Why[item], "it is measured now"))
		}
	}
	for _, item := range limit {
		if !slices.Contains(l.Items, item) {
			row.Verdict = changed
			r.problem("%s, %s: %s is there no more, and could come back unseen", group, l.Name, item)
		}
	}
	r.Rows = append(r.Rows, row)
}

// unmeasured returns the limits of what is not measured.
func unmeasured(groups []Group, limits Limits) []string {
	measured := map[string]bool{}
	for _, g := range groups {
		for _, n := range g.Numbers {
			measured[g.Name+", "+n.Name] = true
		}
		for _, l := range g.Lists {
			measured[g.Name+", "+l.Name] = true
		}
	}
	var names []string
	names = appendNames(names, limits.Numbers)
	names = appendNames(names, limits.Lists)
	slices.Sort(names)
	return slices.DeleteFunc(names, func(name string) bool { return measured[name] })
}

func appendNames[T any](names []string, limits map[string]map[string]T) []string {
	for group, byName := range limits {
		for name := range byName {
			names = append(names, group+", "+name)
		}
	}
	return names
}

// digits writes 1234567 as 1,234,567.
func digits(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
