package yamlsrc

import "go.yaml.in/yaml/v3"

// Places finds the nodes of a document by line and column, which is all that
// other readers keep of them.
type Places struct {
	root    *yaml.Node
	nodes   map[[2]int]*yaml.Node
	values  map[*yaml.Node]*yaml.Node // by key
	holders map[*yaml.Node]*yaml.Node // mappings, by their first key
}

// NewPlaces registers every node below root.
func NewPlaces(root *yaml.Node) *Places {
	p := &Places{root: root, nodes: map[[2]int]*yaml.Node{}, values: map[*yaml.Node]*yaml.Node{}, holders: map[*yaml.Node]*yaml.Node{}}
	p.add(root)
	return p
}

// Root returns the node that everything is below.
func (p *Places) Root() *yaml.Node { return p.root }

func (p *Places) add(n *yaml.Node) {
	at := [2]int{n.Line, n.Column}
	if p.nodes[at] == nil {
		p.nodes[at] = n
	}
	for _, c := range n.Content {
		p.add(c)
	}
	for key, value := range Pairs(n) {
		p.values[key] = value
		if key == n.Content[0] {
			p.holders[key] = n
		}
	}
}

// At returns the node at a place, or nil. A mapping without braces and its first
// key share a place: it is the key when that has the name.
func (p *Places) At(line, col int, name string) *yaml.Node {
	n := p.nodes[[2]int{line, col}]
	if n != nil && n.Kind == yaml.MappingNode && len(n.Content) > 0 && n.Content[0].Value == name {
		return n.Content[0]
	}
	return n
}

// ValueOf returns the value of a key, or nil for any other node.
func (p *Places) ValueOf(key *yaml.Node) *yaml.Node { return p.values[key] }

// Key returns a key of the object at a place, or an item of the list there, or nil
// when it has none of the name. The place of an object is that of the key that holds it, which is called
// own, or that of its own first key when it stands in a list.
func (p *Places) Key(line, col int, own, name string) *yaml.Node {
	n := p.At(line, col, own)
	for _, object := range []*yaml.Node{p.values[n], p.holders[n], n} {
		if object == nil {
			continue
		}
		if object.Kind == yaml.SequenceNode {
			return Child(object, name)
		}
		if key, _ := Get(object, name); key != nil {
			return key
		}
	}
	return nil
}
