package drift

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
)

// Report is the result of one comparison.
type Report struct {
	// Upstream and Spec name the two sides, Since the earlier state of the first where
	// only news was asked for.
	Upstream string `json:"upstream"`
	Spec     string `json:"spec"`
	Since    string `json:"since,omitempty"`

	Format  upstream.Format `json:"format"`
	Version string          `json:"version,omitempty"`

	Differences []Difference `json:"differences"`
	// Decided counts the differences that stay for a reason, Confirmed those in which the
	// last snapshot seen agrees with the spec, and Known those that were there before.
	Decided   int `json:"decided"`
	Confirmed int `json:"confirmed,omitempty"`
	Known     int `json:"known,omitempty"`
	// Stale are the decisions that the comparison did not need.
	Stale []Stale    `json:"stale,omitempty"`
	Log   *LogCounts `json:"log,omitempty"`
}

// LogCounts tells how much of a log could be checked.
type LogCounts struct {
	Checked  int `json:"checked"`
	Repeated int `json:"repeated"`
	Vague    int `json:"vague"`
}

// Counts returns the counts of a log.
func Counts(log *upstream.Log) *LogCounts {
	return &LogCounts{len(log.Entries), log.Repeated, log.Vague}
}

// Text is the report for people, one difference per line.
func (r Report) Text() string {
	var b strings.Builder
	for _, d := range r.Differences {
		if d.Position.Line > 0 {
			b.WriteString(d.Position.String() + ": ")
		}
		b.WriteString(d.String() + d.when() + "\n")
	}
	for _, s := range r.Stale {
		b.WriteString(s.String() + "\n")
	}
	b.WriteString(r.summary() + "\n")
	return b.String()
}

func (d Difference) when() string {
	if d.Since == "" {
		return ""
	}
	return ", since " + d.Since
}

// summary is one line that says how many differences there are, and why others do not
// count.
func (r Report) summary() string {
	name := r.Upstream + " (" + strings.TrimSpace(string(r.Format)+" "+oneLine(r.Version)) + ")"
	out := []string{r.Spec + " agrees with " + name}
	if len(r.Differences) > 0 {
		out[0] = r.Spec + " differs from " + name + ": " + r.byKind()
	}
	if r.Since != "" {
		out = append(out, "compared with "+r.Since)
	}
	for _, part := range []struct {
		n    int
		what string
	}{
		{r.Known, "not new"}, {r.Decided, "decided"}, {r.Confirmed, "left out, as the last snapshot has it like the spec"},
		{len(r.Stale), "decided about no difference"},
	} {
		if part.n > 0 {
			out = append(out, fmt.Sprintf("%d %s", part.n, part.what))
		}
	}
	if r.Log != nil {
		out = append(out, fmt.Sprintf("of the log, %d changes checked, %d lines repeated, %d that say nothing that can be checked",
			r.Log.Checked, r.Log.Repeated, r.Log.Vague))
	}
	return strings.Join(out, "; ")
}

func (r Report) byKind() string {
	var out []string
	for _, k := range kinds {
		n := 0
		for _, d := range r.Differences {
			if d.Kind == k {
				n++
			}
		}
		if n > 0 {
			out = append(out, fmt.Sprintf("%d %s", n, k))
		}
	}
	return strings.Join(out, ", ")
}

// Markdown is the report for a pull request.
func (r Report) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "## Differences between the spec and upstream\n\n%s.\n", Code(r.summary()))
	for _, k := range kinds {
		i := slices.IndexFunc(r.Differences, func(d Difference) bool { return d.Kind == k })
		if i < 0 {
			continue
		}
		fmt.Fprintf(&b, "\n### %s\n\n", k)
		for _, d := range r.Differences {
			if d.Kind == k {
				b.WriteString(d.bullet())
			}
		}
	}
	if len(r.Stale) > 0 {
		b.WriteString("\n### Decisions about no difference\n\n")
		for _, s := range r.Stale {
			fmt.Fprintf(&b, "- %s (%s)\n", Code(s.Difference), Code(s.Position.String()))
		}
	}
	return b.String()
}

func (d Difference) bullet() string {
	s := "- " + Code(strings.TrimPrefix(d.String(), string(d.Kind)+" ")) + d.when()
	if d.Position.Line > 0 {
		s += ", " + Code(d.Position.String())
	}
	return s + "\n"
}

// Code writes a text so that nothing in it is markup.
func Code(s string) string {
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if len(fence) > 1 {
		return fence + " " + s + " " + fence
	}
	return fence + s + fence
}
