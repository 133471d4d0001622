package adopt

import (
	"errors"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/drift"
	"github.com/ackgen/ackgen/cmd/specgen/internal/edit"
	"github.com/ackgen/ackgen/cmd/specgen/internal/scaffold"
	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

const (
	keyDeprecated = "deprecated"
	keyStatus     = "x-ack-status"
	keyRemoved    = "x-ack-removed"
	legacy        = "legacy"
)

// window is how long the spec keeps an operation that upstream has removed.
const window = 2 // years

// removed marks an operation that upstream has no longer: it stays, for programs that
// name it.
func (w *writer) removed(d drift.Difference) (string, error) {
	f, op, err := w.in(d.Node)
	if err != nil {
		return "", err
	}
	if err := w.mark(f, op, legacy); err != nil {
		return "", err
	}
	since, until := w.Today.Format("2006-01"), w.Today.AddDate(window, 0, 0)
	version := w.version()
	if of, date, ok := strings.Cut(d.Since, " of "); ok {
		since, version = date, of
		until = w.until(date)
	}
	marks := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: yaml.FlowStyle}
	for _, pair := range [][2]string{{"since", since}, {"version", version}, {"until", until.Format(time.DateOnly)}} {
		if pair[1] != "" {
			value := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: pair[1], Style: yaml.DoubleQuotedStyle}
			marks.Content = append(marks.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: pair[0]}, value)
		}
	}
	return "", f.AddPair(op, keyRemoved, marks)
}

// until returns when the window of what was removed on a day is over: not before those
// who learn of it today had a year.
func (w *writer) until(removed string) time.Time {
	notice := w.Today.AddDate(1, 0, 0)
	day, err := time.Parse(time.DateOnly, removed)
	if end := day.AddDate(window, 0, 0); err == nil && end.After(notice) {
		return end
	}
	return notice
}

// version returns that of the provider's SDK. Documents name the one of the API, which
// stays the same, and the metadata of a tool a day.
func (w *writer) version() string {
	if w.Theirs == nil || w.Theirs.Format != upstream.Snapshot {
		return ""
	}
	return w.Theirs.Version
}

// legacy marks a parameter or a field that upstream has no longer.
func (w *writer) legacy(d drift.Difference) (string, error) {
	f, n, why, err := w.inline(d)
	if err != nil || why != "" {
		return why, err
	}
	if yamlsrc.Value(n, keyStatus) != nil {
		return "", f.SetValue(n, keyStatus, legacy)
	}
	return "", f.AddPair(n, keyStatus, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: legacy})
}

// deprecated marks what upstream deprecates.
func (w *writer) deprecated(d drift.Difference) (string, error) {
	if d.Upstream != "deprecated" {
		return "upstream no longer advises against it: find out why the spec does", nil
	}
	if d.Path == "" {
		f, op, err := w.in(d.Node)
		if err != nil {
			return "", err
		}
		return "", w.mark(f, op, "deprecated")
	}
	f, n, why, err := w.inline(d)
	if err != nil || why != "" {
		return why, err
	}
	return "", w.mark(f, n, "deprecated")
}

// inline returns the place in which a parameter or a field is described, or why it has
// none of its own.
func (w *writer) inline(d drift.Difference) (f *edit.File, n *yaml.Node, why string, err error) {
	f, n, err = w.in(d.Node)
	if err != nil {
		return nil, nil, "", err
	}
	if d.Ours.Owner != nil { // the node is the name of the property
		n = valueOf(f.Root(), n)
	}
	if n == nil || n.Kind != yaml.MappingNode || yamlsrc.Value(n, "$ref") != nil {
		return nil, nil, "others may refer to the same place: say it in their owner, by x-ack-deprecated or by a schema of its own", nil
	}
	if d.Ours.Parameter != nil && strings.HasPrefix(w.Locate(d.Node), "parameters/") {
		return nil, nil, "several operations share the parameter", nil
	}
	return f, n, "", nil
}

// valueOf returns the value of a key.
func valueOf(root, key *yaml.Node) *yaml.Node {
	for i, c := range root.Content {
		if c == key && root.Kind == yaml.MappingNode && i%2 == 0 {
			return root.Content[i+1]
		}
		if found := valueOf(c, key); found != nil {
			return found
		}
	}
	return nil
}

// mark says of a thing that it is deprecated in all ways that it has to be said, and
// leaves the words to a person.
func (w *writer) mark(f *edit.File, n *yaml.Node, status string) error {
	err := f.SetValue(n, keyStatus, status)
	if yamlsrc.Value(n, keyStatus) == nil {
		err = f.AddPair(n, keyStatus, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: status})
	}
	if err != nil || yamlsrc.Value(n, keyDeprecated) != nil {
		return err
	}
	yes := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: "true"}
	if err := f.AddPairBefore(n, keyDeprecated, yes, "parameters", "requestBody", "responses"); err != nil {
		return err
	}
	err = f.AddParagraph(n, "description", "Deprecated: "+scaffold.Mark+"what to use instead.")
	if errors.Is(err, edit.ErrPlace) {
		return nil // lint asks for the paragraph
	}
	return err
}
