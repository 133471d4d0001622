// Package scaffold writes the fragments of operations that an upstream description
// can fill. What a person has to write is marked, so that lint finds it.
//
// It may import specgen's upstream, generator/output, go.yaml.in/yaml/v3 and the
// standard library. It touches no files.
package scaffold

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
	"github.com/ackgen/ackgen/generator/output"
)

// Mark begins every text that a person has to replace. Lint reports it.
const Mark = "TODO: "

// Citing is the rule that operations and objects cite their sources.
const Citing = "ACK205"

// Options are what the description does not know.
type Options struct {
	// Tag is the group of the operations.
	Tag string
	// Snapshot is the name by which x-ack-source cites the description. Specs that cite
	// nothing need none.
	Snapshot string
	// Fragments are the files that the spec has, by slash path below its folder.
	// What they describe is referred to and not written again.
	Fragments []string
	// LeavesOut reports whether the spec leaves out a rule, so that what it asks for
	// is not needed.
	LeavesOut func(code string) bool
}

// Files returns the fragments of operations: one for each of them, and one for every
// object that they hold and the spec lacks. Their names are slash paths below the
// folder of the spec.
func Files(ops []upstream.Operation, o Options) ([]output.File, error) {
	w := &writer{Options: o, folder: strings.ToLower(o.Tag)}
	for _, op := range ops {
		if err := w.add("operations", op.Name, w.operation(op)); err != nil {
			return nil, err
		}
	}
	return w.withObjects()
}

// withObjects returns the files with those of the objects that they refer to.
func (w *writer) withObjects() ([]output.File, error) {
	for i := 0; i < len(w.objects); i++ { // objects grow while they are written
		if err := w.add("schemas", w.objects[i].name, w.object(w.objects[i])); err != nil {
			return nil, err
		}
	}
	return w.files, nil
}

// Field returns what a property becomes in an object of the spec whose fragment lies in
// a folder of schemas, and the fragments of the objects that it holds and the spec
// lacks. The tag of the options is not needed.
func Field(object, folder string, p upstream.Property, o Options) (*yaml.Node, []output.File, error) {
	w := &writer{Options: o, folder: folder}
	n := w.property(object, p)
	files, err := w.withObjects()
	return n, files, err
}

// Parameter returns what a parameter becomes in an operation of the spec, as Field does
// for a property. The tag of the options is that of the operation.
func Parameter(operation string, p upstream.Parameter, o Options) (*yaml.Node, []output.File, error) {
	w := &writer{Options: o, folder: strings.ToLower(o.Tag)}
	n := w.parameter(upstream.Operation{Name: operation}, p)
	files, err := w.withObjects()
	return n, files, err
}

// object is an object that gets a fragment.
type object struct {
	name   string
	schema *upstream.Schema
}

type writer struct {
	Options
	folder  string // of the group
	objects []object
	files   []output.File
}

// fileName is what the name of a fragment may be: it comes from others, and must not
// lead out of its folder.
var fileName = regexp.MustCompile(`^[\pL\pN_][\pL\pN_.-]*$`)

func (w *writer) add(section, name string, content *yaml.Node) error {
	if !fileName.MatchString(name) {
		return fmt.Errorf("write fragment: %q cannot be the name of a file", name)
	}
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(content); err != nil {
		return fmt.Errorf("write fragment %s: %w", name, err)
	}
	w.files = append(w.files, output.File{Name: path.Join(section, w.folder, name+".yaml"), Content: b.Bytes()})
	return nil
}

func (w *writer) operation(op upstream.Operation) *yaml.Node {
	route, decisions := w.route(op)
	out := mapping(
		entry{"operationId", text(op.Name)},
		entry{"tags", flow(sequence(text(w.Tag)))},
		entry{"summary", todo("one sentence without its subject, such as: lists the nodes of a cluster.")},
	)
	describe(out, "what a caller has to know beyond the summary.", op.Deprecated)
	if params := w.parameters(op); len(params.Content) > 0 {
		put(out, "parameters", params)
	}
	if op.Body != nil {
		body := mapping()
		if !op.BodyOptional {
			put(body, "required", yes())
		}
		put(body, "content", w.content(op.BodyType, op.Body, op.Name+"Body", op.Name+"Body"))
		put(out, "requestBody", body)
	}
	put(out, "responses", w.responses(op))
	if !w.LeavesOut("ACK203") {
		put(out, "x-ack-ram-action", todo("the action that a page names; it never follows from the name of the operation."))
	}
	if !w.LeavesOut("ACK204") {
		put(out, "x-ack-cluster-scoped", todo("true if a RAM policy can limit the action to a cluster, otherwise false."))
	}
	put(out, "x-ack-retry", retry(op.Method))
	w.cite(out, decisions...)
	return mapping(entry{route, mapping(entry{strings.ToLower(op.Method), out})})
}

func retry(method string) *yaml.Node {
	if method == "GET" {
		return text("idempotent")
	}
	return todo("idempotent, token or unsafe, by what a second request does.")
}

// route spells the placeholders as the shared parameters do. Every other spelling is
// a decision.
func (w *writer) route(op upstream.Operation) (route string, decisions []string) {
	route = op.Path
	for _, p := range op.Parameters {
		shared := w.shared(p)
		if shared == "" || shared == p.Name {
			continue
		}
		route = strings.ReplaceAll(route, "{"+p.Name+"}", "{"+shared+"}")
		decisions = append(decisions, fmt.Sprintf(
			"%s is spelled as elsewhere in this spec; the snapshot writes %s. The name is not on the wire.", shared, p.Name))
	}
	return route, decisions
}

// shared returns the name of the shared parameter that a parameter of the path is.
func (w *writer) shared(p upstream.Parameter) string {
	for _, f := range w.Fragments {
		name := strings.TrimSuffix(path.Base(f), ".yaml")
		if p.In == "path" && path.Dir(f) == "parameters" && strings.EqualFold(letters(name), letters(p.Name)) {
			return name
		}
	}
	return ""
}

// letters is a name without what separates its words.
func letters(name string) string { return strings.ReplaceAll(name, "_", "") }

func (w *writer) parameters(op upstream.Operation) *yaml.Node {
	out := sequence()
	for _, p := range op.Parameters {
		out.Content = append(out.Content, w.parameter(op, p))
	}
	return out
}

func (w *writer) parameter(op upstream.Operation, p upstream.Parameter) *yaml.Node {
	if shared := w.shared(p); shared != "" {
		return reference("../../parameters/" + shared + ".yaml")
	}
	out := mapping(entry{"name", text(p.Name)}, entry{"in", text(p.In)})
	if p.Required {
		put(out, "required", yes())
	}
	describe(out, "what the parameter is for, its unit, and what its absence means."+values(p.Schema), p.Deprecated || p.Schema.Deprecated)
	if p.JSON {
		put(out, "content", w.content("", p.Schema, op.Name+title(p.Name), ""))
		return out
	}
	if p.In == "query" && p.Schema.Type == "array" && !p.Exploded {
		put(out, "style", text("form"))
		put(out, "explode", scalar("!!bool", "false"))
	} else if p.Style == "deepObject" {
		put(out, "style", text(p.Style))
		put(out, "explode", yes())
	}
	put(out, "schema", w.typeOf(mapping(), p.Schema, op.Name, "operations"))
	if example := exampleOf(p.Schema, nil); example != nil {
		put(out, "example", example)
	}
	return out
}

func (w *writer) responses(op upstream.Operation) *yaml.Node {
	success := mapping(entry{"description", todo("what it means that the request succeeded.")})
	if op.Response != nil {
		put(success, "content", w.content(op.ResponseType, op.Response, op.Name+"Response", ""))
	}
	out := mapping(entry{op.Status, success})
	if slices.Contains(w.Fragments, "responses/Error.yaml") {
		put(out, "default", reference("../../responses/Error.yaml"))
	}
	return out
}

// content returns the content of a body, of JSON without a media type. An object gets
// the name, or the one of the source where no name is given, or else the fallback.
func (w *writer) content(mediaType string, s *upstream.Schema, fallback, name string) *yaml.Node {
	if name != "" {
		renamed := *s
		renamed.Name = name
		s = &renamed
	}
	media := mapping(entry{"schema", w.use(s, fallback, "operations")})
	if example := exampleOf(s, nil); example != nil {
		put(media, "example", example)
	}
	return mapping(entry{cmp.Or(mediaType, "application/json"), media})
}

// cite adds the sources of an operation or an object, where the spec cites any.
func (w *writer) cite(to *yaml.Node, decisions ...string) {
	if w.LeavesOut(Citing) {
		return
	}
	out := sequence(
		flow(mapping(entry{"snapshot", text(w.Snapshot)})),
		mapping(entry{"document", todo("a document that tells what this is for, and its section.")}),
	)
	for _, d := range decisions {
		out.Content = append(out.Content, mapping(entry{"decision", text(d)}))
	}
	put(to, "x-ack-source", out)
}
