package bundle

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
)

// checkNames reports two files of one name in different groups.
func (b *builder) checkNames() {
	type id struct{ folder, name string }
	seen := map[id]*fragment{}
	for _, f := range b.fragments {
		if f.kind == oas.Paths {
			continue
		}
		k := id{f.folder, f.name}
		if first := seen[k]; first != nil {
			b.addTwice(f.tree.Value, first.tree.Value, codeName, f.name, "%s %q is declared twice", f.noun, f.name)
			continue
		}
		seen[k] = f
	}
}

// checkOperations looks at every operation file by itself and at all of them
// together.
func (b *builder) checkOperations() {
	routes := map[string]*yaml.Node{}
	for _, f := range b.fragments {
		if f.kind != oas.Paths {
			continue
		}
		op := b.operationForm(f)
		if op == nil {
			continue
		}
		route := strings.ToUpper(op.Name) + " " + op.Parent.Name
		if first := routes[route]; first != nil {
			b.addTwice(op.Key, first, codeRoute, op.Subject(), "%s is defined twice", route)
		} else {
			routes[route] = op.Key
		}
		b.operationName(f, op)
		b.operationFolder(f, op)
	}
}

// operationForm returns the one operation of a file, or nil after a finding.
func (b *builder) operationForm(f *fragment) *oas.Node {
	paths := f.tree.Value.Content
	if len(paths) != 2 || len(f.tree.Children) != 1 || !strings.HasPrefix(paths[0].Value, "/") {
		b.add(f.tree.Value, codeFragmentForm, f.name, "an operation file must hold exactly one path, which starts with /")
		f.tree.Children = nil
		return nil
	}
	item := f.tree.Children[0]
	if len(item.Value.Content) != 2 || len(item.Children) != 1 || item.Children[0].Kind != oas.Operation {
		at := item.Key
		for i := 0; i < len(item.Value.Content); i += 2 {
			if key := item.Value.Content[i]; i > 0 || !slices.Contains(oas.Methods, key.Value) {
				at = key
				break
			}
		}
		b.add(at, codeFragmentForm, f.name, "the path of an operation file must hold exactly one method and nothing else")
		f.tree.Children = nil
		return nil
	}
	return item.Children[0]
}

// operationName reports a file that is not called like its operation. An operation
// without a name is the generator's to find.
func (b *builder) operationName(f *fragment, op *oas.Node) {
	if id := op.Text("operationId"); id != "" && id != f.name {
		b.add(op.Get("operationId"), codeFileName, id, "the file is named %s.yaml but its operationId is %s", f.name, id)
	}
}

// operationFolder reports a file that does not lie in the folder of its tag. An
// operation without one is the generator's to find.
func (b *builder) operationFolder(f *fragment, op *oas.Node) {
	list := op.Get("tags")
	if list == nil || list.Kind != yaml.SequenceNode || len(list.Content) != 1 {
		return
	}
	if tag := list.Content[0]; f.group != strings.ToLower(tag.Value) {
		b.add(tag, codeFileName, op.Subject(), "the file lies in operations/%s but its tag %s belongs in operations/%s",
			f.group, tag.Value, strings.ToLower(tag.Value))
	}
}
