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

// NewPositions registers every node below root at its own position.
func NewPositions(root *yaml.Node) *Positions {
	p := noPositions(root)
	p.addAll(root)
	return p
}

// Write writes a tree as YAML. The positions are those of the text, while the nodes
// are those of the tree and keep the lines of the files that they came from.
func Write(root *yaml.Node) ([]byte, *Positions, error) {
	p := noPositions(root)
	text, err := Encode(root, "", p.add)
	return text, p, err
}

func noPositions(root *yaml.Node) *Positions {
	return &Positions{root: root, nodes: map[[2]int]*yaml.Node{}, values: map[*yaml.Node]*yaml.Node{}, holders: map[*yaml.Node]*yaml.Node{}}
}

// Root returns the node that holds all others.
func (p *Positions) Root() *yaml.Node { return p.root }

func (p *Positions) addAll(n *yaml.Node) {
	p.add(n, n)
	for _, c := range n.Content {
		p.addAll(c)
	}
}

// add registers a node at the position that another has.
func (p *Positions) add(n, at *yaml.Node) {
	place := [2]int{at.Line, at.Column}
	if p.nodes[place] == nil {
		p.nodes[place] = n
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
	return p.Below(p.At(line, col, own), name)
}

// Below is Key for the object that a node found by At stands for.
func (p *Positions) Below(n *yaml.Node, name string) *yaml.Node {
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
