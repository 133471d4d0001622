// Package validate checks a document against OpenAPI 3.0 with kin-openapi. It turns
// the errors of kin-openapi into findings with positions and short messages.
//
// It may import kin-openapi, go.yaml.in/yaml/v3, generator/diag, oas, spell,
// yamlsrc and the standard library. It touches no files.
package validate

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

const (
	codeType  = "ACK050"
	codeRef   = "ACK051"
	codeRule  = "ACK052"
	codeValue = "ACK053"
	codeLoad  = "ACK054"
	codeField = "ACK055"
)

// run is the state of one validation.
type run struct {
	files     yamlsrc.Files
	root      *yaml.Node
	list      diag.List
	positions *yamlsrc.Positions
	tree      *oas.Node
	owners    map[*yaml.Node]*oas.Node // the innermost object that holds a node; made when there is something to report
	// wrongValues counts the wrong values in examples and defaults.
	wrongValues int
	// unknown holds the keys that are not fields of their objects.
	unknown map[*yaml.Node]bool
}

// Document validates a document whose text was parsed into a tree. It returns the
// document as kin-openapi read it, with positions, and all findings, sorted, each
// once. The document is nil when kin-openapi was not reached, as it is without text,
// which a document lacks whose references lead nowhere.
func Document(ctx context.Context, text []byte, tree *oas.Node, files yamlsrc.Files, positions *yamlsrc.Positions) (*openapi3.T, []diag.Finding) {
	r := &run{files: files, root: tree.Value, positions: positions, tree: tree, unknown: map[*yaml.Node]bool{}}
	r.types(tree)
	if c := tree.Child("components"); c != nil {
		r.circles(c)
	}
	loadable := text != nil && r.list.Sound()
	r.fields(tree)
	r.paths(tree)
	var loaded *openapi3.T
	if loadable {
		loaded = r.kin(ctx, text, tree)
	}
	return loaded, r.list.Sorted()
}

// subject names the operation or component that holds a node.
func (r *run) subject(n *yaml.Node) string {
	if o := r.owner(n); o != nil {
		return o.Subject()
	}
	return ""
}

// owner returns the innermost object that holds a node.
func (r *run) owner(n *yaml.Node) *oas.Node {
	if r.owners == nil {
		r.owners = map[*yaml.Node]*oas.Node{}
		r.own(r.tree, r.tree.Value, nil)
	}
	return r.owners[n]
}

// own records for every node the innermost object that holds it.
func (r *run) own(o *oas.Node, n *yaml.Node, by map[*yaml.Node]*oas.Node) {
	if by == nil {
		by = map[*yaml.Node]*oas.Node{}
		for c := range o.All() {
			by[c.Value] = c
			if c.Key != nil {
				r.owners[c.Key] = c
			}
		}
	}
	if c := by[n]; c != nil {
		o = c
	}
	if r.owners[n] == nil {
		r.owners[n] = o
	}
	for _, c := range n.Content {
		r.own(o, c, by)
	}
}

// warnings are the codes of what does not make a document unusable: a wrong example,
// and a key that nothing reads.
var warnings = []string{codeValue, codeField}

func (r *run) add(n *yaml.Node, code, format string, args ...any) {
	n = cmp.Or(n, r.root)
	r.list.Add(diag.Finding{
		Pos: r.files.Pos(n), Code: code, Warning: slices.Contains(warnings, code), Subject: r.subject(n), Message: fmt.Sprintf(format, args...),
	})
}

// warn adds a finding that stops nothing.
func (r *run) warn(n *yaml.Node, code, format string, args ...any) {
	n = cmp.Or(n, r.root)
	r.list.Add(diag.Finding{
		Pos: r.files.Pos(n), Code: code, Warning: true, Subject: r.subject(n), Message: fmt.Sprintf(format, args...),
	})
}

// kin loads and validates with kin-openapi: first the document as a whole, then
// every schema and value by itself, because a schema reports only the first of
// its problems.
func (r *run) kin(ctx context.Context, data []byte, tree *oas.Node) *openapi3.T {
	loader := openapi3.NewLoader()
	loader.Context = ctx
	loader.IncludeOrigin = true
	// JSON is YAML, too, and only the YAML reader records positions: a comment at the end leads to it.
	doc, err := loader.LoadFromData(append(slices.Clip(data), "\n#\n"...))
	if err != nil {
		r.add(culprit(tree), codeLoad, "%s", loadProblem(err))
		return nil
	}
	w := &walker{run: r, ctx: openapi3.WithValidationOptions(ctx, withoutValues...), seen: map[*openapi3.Schema]bool{}}
	w.loops = w.findLoops(doc)
	if !r.list.Sound() && w.loops {
		return nil
	}
	w.document(doc)
	if w.loops {
		r.report(doc.Validate(ctx, withoutValues...))
	} else {
		r.report(doc.Validate(ctx, options...))
	}
	return doc
}

// Formats are not checked: kin-openapi reports an unknown one without a position.
// Lint and the generator say it with one.

// withoutValues checks a schema itself: its values are checked elsewhere, and a
// bad one would hide what is wrong with the schema.
var withoutValues = []openapi3.ValidationOption{
	openapi3.EnableMultiError(), openapi3.DisableExamplesValidation(), openapi3.DisableSchemaDefaultsValidation(),
	openapi3.EnableSchemaPatternValidation(),
}

// options leave examples to the walker, too, which reports all of them and knows
// that one with an externalValue has no value.
var options = []openapi3.ValidationOption{
	openapi3.EnableMultiError(), openapi3.DisableExamplesValidation(), openapi3.EnableSchemaDefaultsValidation(),
	openapi3.EnableSchemaPatternValidation(),
}

var wrongTypeRE = regexp.MustCompile(`cannot unmarshal (\w+) into`)

// loadProblem returns the error of the loader without its list of attempts and the
// names of Go types.
func loadProblem(err error) string {
	s := firstLine(err.Error())
	if found := wrongTypeRE.FindStringSubmatch(s); found != nil {
		return article(found[1]) + " stands in it where OpenAPI has something else"
	}
	for _, noise := range []string{"yaml error: ", "error unmarshaling JSON: ", "while decoding JSON: ", "json: "} {
		if _, rest, ok := strings.Cut(s, noise); ok {
			s = rest
		}
	}
	return s
}

// firstLine returns the first line of a text that is not empty, with single
// spaces.
func firstLine(s string) string {
	first, rest, _ := strings.Cut(s, "\n")
	if strings.TrimSpace(first) == "" {
		first = rest
	}
	return strings.Join(strings.Fields(first), " ")
}
