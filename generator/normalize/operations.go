package normalize

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/naming"
	"github.com/ackgen/ackgen/internal/goname"
)

// operations gives every operation an id and one tag, and normalizes its schemas.
func (n *normalizer) operations() {
	paths := n.Paths.Map()
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		item := paths[path]
		ops := item.Operations()
		for _, method := range slices.Sorted(maps.Keys(ops)) {
			n.operation(ops[method], item, method, path)
		}
	}
	n.untaggedOperations()
}

func (n *normalizer) operation(op *openapi3.Operation, item *openapi3.PathItem, method, path string) {
	n.id(op, method, path)
	n.tag(op)
	for _, list := range []openapi3.Parameters{item.Parameters, op.Parameters} {
		for _, p := range list {
			if p != nil && p.Value != nil {
				n.parameter(p, op.OperationID+naming.Exported(p.Value.Name))
			}
		}
	}
	if op.RequestBody != nil && op.RequestBody.Value != nil {
		n.content(op.RequestBody.Value.Content, op.OperationID+"Body")
	}
	responses := op.Responses.Map()
	for _, status := range slices.Sorted(maps.Keys(responses)) {
		if r := responses[status]; r != nil && r.Value != nil {
			n.content(r.Value.Content, op.OperationID+"Result"+errorStatus(status))
		}
	}
}

// errorStatus tells the bodies of errors from those of success.
func errorStatus(status string) string {
	if strings.HasPrefix(status, "2") {
		return ""
	}
	return naming.Exported(status)
}

// id names an operation that has no name after its method and path.
func (n *normalizer) id(op *openapi3.Operation, method, path string) {
	if op.OperationID != "" {
		return
	}
	op.OperationID = goname.OperationID(method, path)
	n.warn(n.Locate(op.Origin), CodeDerived, method+" "+path, "the operation has no operationId and is called "+op.OperationID,
		"name it: the name becomes the method name, and a new path would change the one that is made")
}

// defaultTag is the group of operations without a tag.
const defaultTag = "Default"

// tag leaves every operation the first of its tags, and declares it.
func (n *normalizer) tag(op *openapi3.Operation) {
	pos := n.Locate(op.Origin, "tags")
	switch len(op.Tags) {
	case 0:
		op.Tags = []string{defaultTag}
		n.untagged = append(n.untagged, op)
	case 1:
	default:
		n.warn(pos, CodeDerived, op.OperationID, "the operation has several tags and comes into the group of the first, "+op.Tags[0], "keep the tag of its group")
		op.Tags = op.Tags[:1]
	}
	name := op.Tags[0]
	if slices.ContainsFunc(n.Tags, func(t *openapi3.Tag) bool { return t.Name == name }) {
		return
	}
	if name != defaultTag {
		n.warn(pos, CodeDerived, op.OperationID, "the tag "+cmp.Or(name, `""`)+" is not declared", "add it to the document's tags, with a description of the group")
	}
	n.Tags = append(n.Tags, &openapi3.Tag{Name: name, Origin: op.Origin})
}

// untaggedOperations says once that operations have no tag: in many documents none
// has one.
func (n *normalizer) untaggedOperations() {
	if len(n.untagged) == 0 {
		return
	}
	first := n.untagged[0]
	who := "the operation has no tag and comes"
	if more := len(n.untagged) - 1; more > 0 {
		who = fmt.Sprintf("this operation and %d more have no tag and come", more)
	}
	n.warn(n.Locate(first.Origin), CodeDerived, first.OperationID, who+" into the group "+defaultTag, "name the group of each, with tags")
}
