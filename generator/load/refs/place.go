package refs

import (
	"errors"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/internal/spell"
)

// source is a file that references lead to.
type source struct {
	path string     // below the folder
	root *yaml.Node // nil when the file is broken, which is a finding of its own
	// kinds tells of an OpenAPI document what its nodes are. It is nil for other files.
	kinds map[*yaml.Node]oas.Kind
}

func newSource(file string, root *yaml.Node) *source {
	s := &source{path: file, root: root}
	for _, key := range []string{"openapi", "swagger", "paths", "components"} {
		if s.kinds == nil && yamlsrc.Value(root, key) != nil {
			s.kinds = map[*yaml.Node]oas.Kind{}
			for n := range oas.New(oas.Document, "", root).All() {
				s.kinds[n.Value] = n.Kind
			}
		}
	}
	return s
}

// place is a node in a file.
type place struct {
	source *source
	node   *yaml.Node
	steps  []string // of the JSON pointer
}

// isComponent reports whether the place is a component of a section.
func (p place) isComponent(section string) bool {
	return len(p.steps) == 3 && p.steps[0] == "components" && p.steps[1] == section
}

// failure reports what is wrong with a reference.
type failure func(code, fix, format string, args ...any)

// isPath reports whether a value of a discriminator is a reference and not the name of
// a schema.
func isPath(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && (strings.ContainsAny(n.Value, "/#") || slices.Contains(endings, path.Ext(n.Value)))
}

var endings = []string{".yaml", ".yml", ".json"}

// find returns the place that a reference leads to. It has no node after a failure.
func (r *resolver) find(from *source, kind oas.Kind, ref string, fail failure) place {
	u, err := url.Parse(ref)
	if err != nil {
		fail(CodeTarget, "write file#/path/to/it, and %25 for a percent sign", "cannot be read: %v", errors.Unwrap(err))
		return place{}
	}
	to := place{source: from}
	if u.Path != "" || u.Scheme != "" || u.Host != "" {
		to.source = r.open(from, u, kind, fail)
	}
	if to.source == nil || to.source.root == nil {
		return place{}
	}
	file, _, _ := strings.Cut(ref, "#")
	if u.Fragment != "" && u.Fragment[0] != '/' {
		fail(CodeTarget, "", "leads to nothing: a / must follow the #%s", to.suggest(file, u.Fragment, kind))
		return place{}
	}
	if !to.walk(u.Fragment) {
		fail(CodeTarget, "", "leads to nothing%s", to.suggest(file, u.Fragment, kind))
		return place{}
	}
	if what := to.isNot(kind); what != "" {
		fail(CodeTarget, "", "leads to %s where %s is expected", what, article(string(kind)))
		return place{}
	}
	return to
}

// walk follows a JSON pointer from the root of the file. It reports whether the
// pointer leads anywhere. The last step is the one that it could not take.
func (p *place) walk(pointer string) bool {
	p.node = p.source.root
	if pointer == "" {
		return true
	}
	for step := range strings.SplitSeq(pointer[1:], "/") {
		step = unescape(step)
		p.node = yamlsrc.Child(p.node, step)
		p.steps = append(p.steps, step)
		if p.node == nil {
			return false
		}
	}
	return true
}

func unescape(step string) string { return strings.NewReplacer("~1", "/", "~0", "~").Replace(step) }

// isNot says what a place is when it is not of a kind, as far as anything tells.
func (p *place) isNot(kind oas.Kind) string {
	is, known := p.source.kinds[p.node]
	structured := p.source.kinds != nil && len(p.steps) > 0 && (p.steps[0] == "components" || p.steps[0] == "paths") &&
		!slices.Contains(p.steps, "$defs") // has a finding of its own
	switch {
	case p.node.Kind == yaml.SequenceNode:
		return "a list"
	case p.node.Kind != yaml.MappingNode:
		return "a plain value"
	case known && is != kind:
		return article(string(is))
	case structured && !known && len(p.steps) < 3:
		return "a list of them"
	case structured && !known:
		return "no object of OpenAPI"
	}
	return ""
}

// suggest proposes a place of the file that was meant by a pointer.
func (p *place) suggest(file, pointer string, kind oas.Kind) string {
	meant := pointer[strings.LastIndex(pointer, "/")+1:]
	nearby := p.steps[:max(len(p.steps)-1, 0)]
	for _, steps := range [][]string{nearby, {"components", kind.Section()}, {"definitions"}, {}} {
		within := p.source.root
		for _, step := range steps {
			within = yamlsrc.Value(within, step)
		}
		if best := spell.Nearest(unescape(meant), keys(within)); best != "" {
			return spell.DidYouMean(file + "#" + oas.PointerTo(append(slices.Clip(steps), best)...))
		}
	}
	return ""
}

// open reads the file that a reference names.
func (r *resolver) open(from *source, u *url.URL, kind oas.Kind, fail failure) *source {
	rel := path.Join(path.Dir(from.path), u.Path)
	switch {
	case u.Scheme != "" || u.Host != "":
		fail(CodeFile, "save the file in the folder of the document and refer to it there", "leads out of the folder of the document: nothing is downloaded")
		return nil
	case strings.Contains(u.Path, `\`):
		fail(CodeFile, "write / between folders", "is not a path as OpenAPI has them%s", spell.DidYouMean(strings.ReplaceAll(u.Path, `\`, "/")))
		return nil
	case path.IsAbs(u.Path), !fs.ValidPath(rel):
		fail(CodeFile, "move the file into the folder, or the document to a folder that holds both", "leads out of the folder of the document, and nothing else is read")
		return nil
	case r.sources[rel] != nil:
		return r.sources[rel]
	case r.folder == nil:
		fail(CodeFile, "read the document from its folder, or put all into one file", "leads to another file, and the document was read without its folder")
		return nil
	}
	data, err := fs.ReadFile(r.folder, rel)
	if errors.Is(err, fs.ErrNotExist) {
		fail(CodeTarget, "", "leads to %s, which does not exist%s", path.Join(r.dir, rel), r.suggestFile(u.Path, rel, kind))
		return nil
	}
	if err != nil {
		fail(CodeFile, "refer to a file in the folder of the document", "leads to %s, which cannot be read: %s", path.Join(r.dir, rel), cause(err))
		return nil
	}
	s := newSource(rel, r.files.Parse(path.Join(r.dir, rel), data, r.diags))
	r.sources[rel] = s
	return s
}

// cause returns an error without the names of files in it.
func cause(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	return err
}

// suggestFile proposes a file beside one that does not exist, or a component.
func (r *resolver) suggestFile(written, rel string, kind oas.Kind) string {
	if components := yamlsrc.Value(yamlsrc.Value(r.main.root, "components"), kind.Section()); yamlsrc.Value(components, written) != nil {
		return spell.DidYouMean("#/components/" + kind.Section() + "/" + written)
	}
	entries, _ := fs.ReadDir(r.folder, path.Dir(rel)) // nothing to propose otherwise
	var names []string
	for _, e := range entries {
		if slices.Contains(endings, path.Ext(e.Name())) {
			names = append(names, e.Name())
		}
	}
	best := spell.Nearest(path.Base(rel), names)
	if best == "" {
		return ""
	}
	return spell.DidYouMean(written[:strings.LastIndex(written, "/")+1] + best)
}

func keys(m *yaml.Node) []string {
	var out []string
	for key := range yamlsrc.Pairs(m) {
		out = append(out, key.Value)
	}
	return out
}

// article puts a or an before a noun, and the before a word of several.
func article(noun string) string {
	if strings.HasSuffix(noun, "s") {
		return "the " + noun
	}
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}
