package approval

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/generator/output"
	"github.com/ackgen/ackgen/internal/spell"
)

var keys = []string{"fingerprint", "role", "reason", "change"}

var fingerprintForm = regexp.MustCompile(`^[0-9a-f]{12}$`)

// head explains the file that the first approval makes.
const head = `# Breaking changes of the spec that were accepted, read by specgen review and specgen release.
# To add one: specgen review BASE HEAD --approve FINGERPRINT --role ROLE --reason TEXT
`

// Read returns the approvals of a file, and what is wrong with it. Findings call the
// file by name. A file that does not exist holds none.
func Read(path, name string) ([]Approval, []diag.Finding, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read approvals: %w", err)
	}
	approvals, findings := parse(name, data)
	return approvals, findings, nil
}

// parse returns the approvals that a text holds, and what is wrong with it.
func parse(name string, data []byte) ([]Approval, []diag.Finding) {
	if onlyComments(data) {
		return nil, nil
	}
	r := reader{files: yamlsrc.Files{}, seen: map[string]*yaml.Node{}}
	root := r.files.Parse(name, data, &r.list)
	if root != nil && root.Kind != yaml.SequenceNode {
		r.report(root, "the file must hold a list of approvals")
	}
	for _, entry := range yamlsrc.Items(root) {
		r.entry(entry)
	}
	return r.approvals, r.list.Sorted()
}

// onlyComments reports whether a text is YAML that says nothing.
func onlyComments(data []byte) bool {
	for line := range bytes.Lines(data) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			return false
		}
	}
	return true
}

// reader turns the entries of one file into approvals.
type reader struct {
	files     yamlsrc.Files
	list      diag.List
	seen      map[string]*yaml.Node // the fingerprints
	approvals []Approval
}

func (r *reader) report(n *yaml.Node, format string, args ...any) {
	r.list.Addf(r.files.Pos(n), codeForm, "", format, args...)
}

// entry reads one approval. An entry with a fault approves nothing.
func (r *reader) entry(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		r.report(n, "an approval must be a mapping with %s", strings.Join(keys, ", "))
		return
	}
	values, sound := map[string]string{}, true
	for key, value := range yamlsrc.Pairs(n) {
		sound = r.value(key, value) && sound
		values[key.Value] = value.Value
	}
	for _, key := range []string{"fingerprint", "role", "reason"} {
		if yamlsrc.Value(n, key) == nil {
			r.report(n, "the approval has no %s", key)
			sound = false
		}
	}
	if !sound {
		return
	}
	fingerprint := yamlsrc.Value(n, "fingerprint")
	if first := r.seen[fingerprint.Value]; first != nil {
		r.list.Add(diag.Finding{
			Pos: r.files.Pos(fingerprint), Code: codeTwice, Message: "the change " + fingerprint.Value + " is approved twice",
			Notes: []diag.Note{{Pos: r.files.Pos(first), Message: "first approved here"}},
		})
		return
	}
	r.seen[fingerprint.Value] = fingerprint
	r.approvals = append(r.approvals, Approval{
		Fingerprint: values["fingerprint"], Role: values["role"], Reason: values["reason"], Change: values["change"], Pos: r.files.Pos(fingerprint),
	})
}

// value reports what is wrong with one value, and whether nothing is.
func (r *reader) value(key, value *yaml.Node) bool {
	switch {
	case !slices.Contains(keys, key.Value):
		r.report(key, "an approval has no %q%s; it has %s", key.Value, spell.Hint(key.Value, keys), strings.Join(keys, ", "))
		return false
	case value.Kind != yaml.ScalarNode || value.ShortTag() == "!!null":
		r.report(value, "%s must be a text", key.Value)
		return false
	}
	if fault := faultOf(key.Value, value.Value); fault != "" {
		r.report(value, "%s", fault)
		return false
	}
	return true
}

// faultOf says what is wrong with the value of a key, or returns "".
func faultOf(key, value string) string {
	switch {
	case key == "fingerprint" && !fingerprintForm.MatchString(value):
		return fmt.Sprintf("%q is not a fingerprint: it has 12 hexadecimal digits in lower case, as specgen review prints it", value)
	case key == "role" && strings.TrimSpace(value) == "":
		return "role must say as what somebody approves the change, such as maintainer"
	case key == "reason" && len(strings.Fields(value)) < 2:
		return "reason must say in words why the change may break programs"
	default:
		return ""
	}
}

// Append adds approvals to a file, or makes it. What the file holds stays as it is,
// comments too. The file is replaced in one step. The findings say what is wrong with
// the file; with any, it is left alone.
func Append(path string, added ...Approval) ([]diag.Finding, error) {
	name := filepath.ToSlash(path)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		data = []byte(head)
	} else if err != nil {
		return nil, fmt.Errorf("read approvals: %w", err)
	}
	before, findings := parse(name, data)
	if len(findings) > 0 {
		return findings, nil
	}
	for _, a := range added {
		for i, value := range []string{a.Fingerprint, a.Role, a.Reason} {
			if fault := faultOf(keys[i], value); fault != "" {
				return nil, fmt.Errorf("approve %s: %s", a.Fingerprint, fault)
			}
		}
		if slices.ContainsFunc(before, func(b Approval) bool { return a.Fingerprint == b.Fingerprint }) {
			return nil, fmt.Errorf("write approvals: %s approves %s already", name, a.Fingerprint)
		}
	}
	text, err := extend(data, before, added)
	if err != nil {
		return nil, err
	}
	if after, findings := parse(name, text); len(findings) > 0 || len(after) != len(before)+len(added) {
		return nil, fmt.Errorf("write approvals: nothing can be added to %s: write it as a list with a line for each key, such as - fingerprint: 0123456789ab", name)
	}
	plan, err := output.PlanFile(path, "", text)
	if err != nil {
		return nil, fmt.Errorf("write approvals: %w", err)
	}
	if err := plan.Apply(); err != nil {
		return nil, fmt.Errorf("write approvals: %w", err)
	}
	return nil, nil
}

// extend writes approvals behind a text.
func extend(data []byte, before, added []Approval) ([]byte, error) {
	var b bytes.Buffer
	b.Write(data)
	if len(data) > 0 && data[len(data)-1] != '\n' {
		b.WriteByte('\n')
	}
	indent := ""
	if len(before) > 0 {
		indent = strings.Repeat(" ", listColumn(data)-1)
	}
	for _, a := range added {
		text, err := encode(a)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(text) {
			b.WriteString(indent + line)
		}
	}
	return b.Bytes(), nil
}

// listColumn returns the column at which the list of a file begins.
func listColumn(data []byte) int {
	var root yaml.Node
	if yaml.Unmarshal(data, &root) != nil || len(root.Content) == 0 {
		return 1
	}
	return max(root.Content[0].Column, 1)
}

// encode writes one approval as an entry of a list. Every value is one line in
// quotes: a fingerprint may look like a number, and a reason hold any text.
func encode(a Approval) (string, error) {
	entry := &yaml.Node{Kind: yaml.MappingNode}
	for i, value := range []string{a.Fingerprint, a.Role, a.Reason, a.Change} {
		if value == "" {
			continue
		}
		entry.Content = append(entry.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: keys[i]},
			&yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: strings.Join(strings.Fields(value), " "), Style: yaml.DoubleQuotedStyle})
	}
	text, err := yaml.Marshal(&yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{entry}})
	if err != nil {
		return "", fmt.Errorf("write approval: %w", err)
	}
	return string(text), nil
}
