package bundle

import (
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/internal/spell"
)

// target follows a reference of a fragment to the fragment it names.
func (b *builder) target(from *fragment, n *oas.Node) *fragment {
	ref := n.Ref()
	file, _, _ := strings.Cut(ref, "#")
	rel := path.Join(path.Dir(from.rel), file)
	for _, f := range b.fragments {
		if f.rel == rel && f.kind == n.Kind {
			return f
		}
	}
	return nil
}

// unused lists the shared fragments that no operation reaches. It has to run
// before references are rewritten.
func (b *builder) unused() []*fragment {
	used := map[*fragment]bool{}
	var visit func(f *fragment)
	visit = func(f *fragment) {
		if used[f] {
			return
		}
		used[f] = true
		for n := range f.tree.All() {
			if !n.IsRef() {
				continue
			}
			if t := b.target(f, n); t != nil {
				visit(t)
			}
		}
	}
	for _, f := range b.fragments {
		if f.kind == oas.Paths {
			visit(f)
		}
	}
	var out []*fragment
	for _, f := range b.fragments {
		if !used[f] && f.kind != oas.Paths {
			out = append(out, f)
		}
	}
	return out
}

func (b *builder) reportUnused(fragments []*fragment) {
	for _, f := range fragments {
		b.add(f.tree.Value, codeUnused, f.name, "no operation uses this %s", f.noun)
	}
}

// resolve rewrites the references between fragments into references inside the
// bundle.
func (b *builder) resolve() {
	for _, f := range b.fragments {
		for n := range f.tree.All() {
			if v := n.RefNode(); v != nil {
				b.rewrite(f, n, v)
			}
		}
	}
}

func (b *builder) rewrite(f *fragment, n *oas.Node, v *yaml.Node) {
	subject := f.name
	file, pointer, hasPointer := strings.Cut(v.Value, "#")
	if strings.Contains(file, "://") || path.IsAbs(file) {
		b.add(v, codeOutside, subject, "reference %q leads outside the spec folder", v.Value)
		return
	}
	rel := path.Join(path.Dir(f.rel), file)
	if rel == ".." || strings.HasPrefix(rel, "../") {
		b.add(v, codeOutside, subject, "reference %q leads outside the spec folder", v.Value)
		return
	}
	if hasPointer {
		b.add(v, codeRefKind, subject, "reference %q points inside a file (#%s): only whole fragments can be referred to", v.Value, pointer)
		return
	}
	sec, ok := b.known[rel]
	switch {
	case !ok:
		b.add(v, codeDangling, subject, "reference %q leads to %s, which does not exist%s", v.Value,
			path.Join(filepath.ToSlash(b.dir), rel), b.suggestFile(f, rel))
	case sec.kind != n.Kind || sec.pointer == "":
		b.add(v, codeRefKind, subject, "reference %q leads to a %s where a %s is expected", v.Value, sec.noun, n.Kind)
	default:
		v.Value = "#/components/" + sec.pointer + "/" + strings.TrimSuffix(path.Base(rel), ".yaml")
	}
}

// suggestFile proposes an existing fragment of the same or a similar name.
func (b *builder) suggestFile(from *fragment, rel string) string {
	byBase := map[string]string{}
	for _, known := range slices.Sorted(maps.Keys(b.known)) {
		byBase[strings.TrimSuffix(path.Base(known), ".yaml")] = known
	}
	best := spell.Nearest(strings.TrimSuffix(path.Base(rel), ".yaml"), slices.Sorted(maps.Keys(byBase)))
	if best == "" {
		return ""
	}
	return spell.DidYouMean(relativeTo(from.rel, byBase[best]))
}

func relativeTo(from, to string) string {
	r, err := filepath.Rel(filepath.FromSlash(path.Dir(from)), filepath.FromSlash(to))
	if err != nil {
		return to
	}
	return filepath.ToSlash(r)
}
