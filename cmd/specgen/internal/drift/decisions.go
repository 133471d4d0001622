package drift

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// Decisions are the differences that stay, each with the reason.
type Decisions struct{ list []decision }

type decision struct {
	node       *yaml.Node
	difference string
	sources    []upstream.Format
	reason     string
}

var formats = []upstream.Format{upstream.OpenAPI, upstream.Snapshot, upstream.CommandLine, upstream.ChangeLog}

// ReadDecisions reads a list of decisions. Each has the sources that it is about, the
// reason, and the differences as they are printed. A nil tree holds none. The error
// says all that is wrong with them.
func ReadDecisions(root *yaml.Node, files yamlsrc.Files) (Decisions, error) {
	r := decisionReader{files: files, seen: map[string]bool{}}
	if root != nil && root.Kind != yaml.SequenceNode {
		r.add(root, "the file must hold a list of decisions")
	}
	for _, n := range yamlsrc.Items(root) {
		r.read(n)
	}
	return r.out, errors.Join(r.wrong...)
}

type decisionReader struct {
	files yamlsrc.Files
	wrong []error
	seen  map[string]bool
	out   Decisions
}

func (r *decisionReader) add(n *yaml.Node, format string, args ...any) {
	r.wrong = append(r.wrong, fmt.Errorf("%s: "+format, append([]any{r.files.Pos(n)}, args...)...))
}

func (r *decisionReader) read(n *yaml.Node) {
	for key := range yamlsrc.Pairs(n) {
		if !slices.Contains([]string{"sources", "reason", "differences"}, key.Value) {
			r.add(key, "a decision has sources, reason and differences, and no %s", key.Value)
		}
	}
	reason := strings.TrimSpace(yamlsrc.Text(n, "reason"))
	if reason == "" {
		r.add(n, "the decision has no reason")
	}
	var sources []upstream.Format
	for _, s := range yamlsrc.Items(yamlsrc.Value(n, "sources")) {
		if !slices.Contains(formats, upstream.Format(s.Value)) {
			r.add(s, "%q is not a form of a source: there are %s", s.Value, words(formats))
		}
		sources = append(sources, upstream.Format(s.Value))
	}
	if len(sources) == 0 {
		r.add(n, "the decision names no sources: there are %s", words(formats))
	}
	differences := yamlsrc.Items(yamlsrc.Value(n, "differences"))
	if len(differences) == 0 {
		r.add(n, "the decision names no differences")
	}
	for _, d := range differences {
		r.difference(decision{node: d, difference: d.Value, sources: sources, reason: reason})
	}
}

func (r *decisionReader) difference(d decision) {
	for _, s := range d.sources {
		if r.seen[string(s)+" "+d.difference] {
			r.add(d.node, "the difference is decided twice for %s: %s", s, d.difference)
		}
		r.seen[string(s)+" "+d.difference] = true
	}
	r.out.list = append(r.out.list, d)
}

func words(list []upstream.Format) string {
	var out []string
	for _, f := range list {
		out = append(out, string(f))
	}
	return strings.Join(out, ", ")
}

// Apply returns the differences that are not decided, and the number of those that are.
func (d Decisions) Apply(source upstream.Format, list []Difference) (left []Difference, decided int) {
	left = []Difference{}
	for _, found := range list {
		if slices.ContainsFunc(d.list, func(e decision) bool { return e.difference == found.String() && slices.Contains(e.sources, source) }) {
			decided++
			continue
		}
		left = append(left, found)
	}
	return left, decided
}

// Stale is a decision about what is no difference any more.
type Stale struct {
	Position   diag.Pos `json:"position"`
	Difference string   `json:"difference"`
}

// Stale returns the decisions about a source that its differences do not need.
func (d Decisions) Stale(source upstream.Format, list []Difference, files yamlsrc.Files) []Stale {
	var out []Stale
	for _, e := range d.list {
		needed := slices.ContainsFunc(list, func(found Difference) bool { return e.difference == found.String() })
		if slices.Contains(e.sources, source) && !needed {
			out = append(out, Stale{files.Pos(e.node), e.difference})
		}
	}
	return out
}

// String names the stale decision with its place.
func (s Stale) String() string {
	return fmt.Sprintf("%s: the decision is about no difference: %s", s.Position, s.Difference)
}
