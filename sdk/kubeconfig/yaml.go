package kubeconfig

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxSize is far above every kubeconfig of ACK, which has about 10 KB.
const maxSize = 1 << 20

// fieldError names the field that is wrong.
type fieldError struct{ field, problem string }

func (e *fieldError) Error() string { return e.field + " " + e.problem }

func wrong(field, problem string) error { return &fieldError{field, problem} }

// refused are fields that are known to change what happens on this machine, or
// whom the API server is told one is.
var refused = map[string]string{ //nolint:gosec // names of fields
	"exec":                  "starts a program",
	"auth-provider":         "may start a program",
	"certificate-authority": "names a file",
	"client-certificate":    "names a file",
	"client-key":            "names a file",
	"tokenFile":             "names a file",
	"proxy-url":             "sends everything through a proxy",
	"username":              "is not used by ACK",
	"password":              "is not used by ACK",
	"as":                    "acts as somebody else",
	"as-uid":                "acts as somebody else",
	"as-groups":             "acts as somebody else",
	"as-user-extra":         "acts as somebody else",
}

// object is a mapping of strings to nodes, each of which has its field name.
type object struct {
	field string
	nodes map[string]*yaml.Node
}

// readDocument reads the only document of a text. Errors of the YAML package
// quote the text, so only their line is passed on.
func readDocument(data []byte) (*yaml.Node, error) {
	if len(data) > maxSize {
		return nil, errors.New("it is larger than 1 MiB")
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var doc, more yaml.Node
	if err := decoder.Decode(&doc); err != nil {
		return nil, yamlError(err)
	}
	if err := decoder.Decode(&more); !errors.Is(err, io.EOF) {
		return nil, errors.New("it has more than one YAML document")
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) != 1 {
		return nil, errors.New("it is empty")
	}
	return doc.Content[0], nil
}

func yamlError(err error) error {
	if errors.Is(err, io.EOF) {
		return errors.New("it is empty")
	}
	_, rest, found := strings.Cut(err.Error(), "line ")
	line, _, _ := strings.Cut(rest, ":")
	if n, convErr := strconv.Atoi(line); found && convErr == nil {
		return errors.New("it is not YAML from line " + strconv.Itoa(n) + " on")
	}
	return errors.New("it is not YAML")
}

// readObject checks that a node is a mapping with no other fields than these.
func readObject(field string, node *yaml.Node, allowed ...string) (object, error) {
	o := object{field: field, nodes: map[string]*yaml.Node{}}
	if node == nil || node.Kind != yaml.MappingNode {
		return o, wrong(nameOf(field), "is not a mapping")
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		name, err := o.checkKey(key, allowed)
		if err != nil {
			return o, err
		}
		if value.Kind == yaml.AliasNode {
			return o, wrong(o.path(name), "is a YAML alias")
		}
		o.nodes[name] = value
	}
	return o, nil
}

func (o object) checkKey(key *yaml.Node, allowed []string) (string, error) {
	if key.Kind != yaml.ScalarNode || key.ShortTag() != "!!str" {
		return "", wrong(nameOf(o.field), "has a key that is not a plain string")
	}
	name := key.Value
	if why := refused[name]; why != "" {
		return "", wrong(o.path(name), "is refused: it "+why)
	}
	for _, a := range allowed {
		switch {
		case name != a:
		case o.nodes[name] != nil:
			return "", wrong(o.path(name), "is given twice")
		default:
			return name, nil
		}
	}
	// The name may be content in the wrong place, so it is not shown.
	return "", wrong(nameOf(o.field), "has a field that is not accepted, in line "+strconv.Itoa(key.Line))
}

func (o object) path(name string) string {
	if o.field == "" {
		return name
	}
	return o.field + "." + name
}

// text returns a string; absent and null are "".
func (o object) text(name string) (string, error) {
	node := o.nodes[name]
	switch {
	case isNull(node):
		return "", nil
	case node.Kind != yaml.ScalarNode || node.ShortTag() != "!!str" && node.ShortTag() != "!!int": // names may be the number of a RAM user
		return "", wrong(o.path(name), "is not a string")
	}
	return node.Value, nil
}

// texts returns several strings.
func (o object) texts(names ...string) ([]string, error) {
	out := make([]string, len(names))
	for i, name := range names {
		text, err := o.text(name)
		if err != nil {
			return nil, err
		}
		out[i] = text
	}
	return out, nil
}

// mustBeFalse accepts a field only when it is absent, null or false.
func (o object) mustBeFalse(name string) error {
	node := o.nodes[name]
	if isNull(node) || node.Kind == yaml.ScalarNode && node.ShortTag() == "!!bool" && strings.EqualFold(node.Value, "false") {
		return nil
	}
	return wrong(o.path(name), "is refused: only false is accepted")
}

// entry is one of the named entries that clusters, contexts and users are lists of.
type entry struct {
	name string
	node *yaml.Node
	path string
}

// entries returns the entries of a list: pairs of a name and a node under the key inner.
func (o object) entries(list, inner string) ([]entry, error) {
	node := o.nodes[list]
	if node == nil || node.Kind != yaml.SequenceNode {
		return nil, wrong(o.path(list), "is not a list")
	}
	var out []entry
	seen := map[string]bool{}
	for i, item := range node.Content {
		path := list + "[" + strconv.Itoa(i) + "]"
		if item.Kind == yaml.AliasNode {
			return nil, wrong(path, "is a YAML alias")
		}
		pair, err := readObject(path, item, "name", inner)
		if err != nil {
			return nil, err
		}
		name, err := pair.text("name")
		switch {
		case err != nil:
			return nil, err
		case name == "":
			return nil, wrong(pair.path("name"), "is missing")
		case seen[name]:
			return nil, wrong(pair.path("name"), "is given twice")
		}
		seen[name] = true
		out = append(out, entry{name, pair.nodes[inner], pair.path(inner)})
	}
	return out, nil
}

// isNull tells whether a field is absent or null.
func isNull(node *yaml.Node) bool {
	return node == nil || node.Kind == yaml.ScalarNode && node.ShortTag() == "!!null"
}

func nameOf(field string) string {
	if field == "" {
		return "the document"
	}
	return field
}
