package yamlsrc

import "go.yaml.in/yaml/v3"

// Positions finds the nodes of a document by line and column, which is all that
// other readers keep of them.
type Positions struct {
	root    *yaml.Node
	nodes   map[[2]int]*yaml.Node
	values  map[*yaml.Node]*yaml.Node // by key
	holders map[*yaml.Node]*yaml.Node // mappings, by their first key
}

// NewPositions registers every node below root.
func NewPositions(root *yaml.Node) *Positions {
	p := &Positions{root: root, nodes: map[[2]int]*yaml.Node{}, values: map[*yaml.Node]*yaml.Node{}, holders: map[*yaml.Node]*yaml.Node{}}
	p.add(root)
	return p
}

// Root returns the node that holds all others.
func (p *Positions) Root() *yaml.Node { return p.root }

func (p *Positions) add(n *yaml.Node) {
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

// At returns the node at a position, or nil. A mapping without braces begins where
// its first key does: At returns the key when it is called name, else the mapping.
func (p *Positions) At(line, col int, name string) *yaml.Node {
	n := p.nodes[[2]int{line, col}]
	if n != nil && n.Kind == yaml.MappingNode && len(n.Content) > 0 && n.Content[0].Value == name {
		return n.Content[0]
	}
	return n
}

// ValueOf returns the value of a key, or nil for any other node.
func (p *Positions) ValueOf(key *yaml.Node) *yaml.Node { return p.values[key] }

// Key returns the key called name of the object at a position, or the item with
// that index of the list there. It returns nil when there is none. The position of
// an object is that of the key that holds it, which is called own. For an object in
// a list it is that of its first key.
func (p *Positions) Key(line, col int, own, name string) *yaml.Node {
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
