package generator

import (
	"bytes"
	"errors"
	"fmt"

	"go.yaml.in/yaml/v3"
)

// multiply returns an OpenAPI document with n times the operations: each is there
// again below other paths, under other ids, and with the schemas that it has. The
// copies have no waiters, whose names only one operation of a document can have.
func multiply(document []byte, n int) ([]byte, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(document, &root); err != nil {
		return nil, err
	}
	if len(root.Content) != 1 {
		return nil, errors.New("the document is empty")
	}
	paths := value(root.Content[0], "paths")
	if paths == nil {
		return nil, errors.New("the document has no paths")
	}
	originals := paths.Content
	for i := 1; i < n; i++ {
		for at := 0; at+1 < len(originals); at += 2 {
			path := *originals[at]
			path.Value = fmt.Sprintf("/copy%d%s", i, path.Value)
			paths.Content = append(paths.Content, &path, copyItem(originals[at+1], i))
		}
	}
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	err := errors.Join(encoder.Encode(&root), encoder.Close())
	return out.Bytes(), err
}

// copyItem copies all that stands below a path.
func copyItem(item *yaml.Node, i int) *yaml.Node {
	copied := clone(item)
	for at := 1; at < len(copied.Content); at += 2 {
		operation := copied.Content[at]
		id := value(operation, "operationId")
		if id == nil {
			continue
		}
		id.Value = fmt.Sprintf("%sCopy%d", id.Value, i)
		remove(operation, "x-ack-waiter")
	}
	return copied
}

func clone(node *yaml.Node) *yaml.Node {
	copied := *node
	copied.Content = make([]*yaml.Node, len(node.Content))
	for i, child := range node.Content {
		copied.Content[i] = clone(child)
	}
	return &copied
}

// value returns the value of a key of a mapping, or nil.
func value(mapping *yaml.Node, key string) *yaml.Node {
	if at := index(mapping, key); at >= 0 {
		return mapping.Content[at+1]
	}
	return nil
}

func remove(mapping *yaml.Node, key string) {
	if at := index(mapping, key); at >= 0 {
		mapping.Content = append(mapping.Content[:at], mapping.Content[at+2:]...)
	}
}

// index returns where a key of a mapping is, or -1.
func index(mapping *yaml.Node, key string) int {
	if mapping.Kind != yaml.MappingNode {
		return -1
	}
	for at := 0; at+1 < len(mapping.Content); at += 2 {
		if mapping.Content[at].Value == key {
			return at
		}
	}
	return -1
}
