package peers

import (
	"fmt"
	"slices"
)

// Part is a piece of what calls do, alone and without a network.
type Part struct {
	Group string // parts of a group do the same; the first one is ours
	Name  string // who does it
	open  func() (once func() (string, error), err error)
}

// Title names a part among all.
func (p Part) Title() string { return p.Group + ": " + p.Name }

// Open prepares a part. It is done once by each call of the function, which returns what it
// came to: the same for all parts of a group that tell.
func (p Part) Open() (func() (string, error), error) { return p.open() }

// Parts are all that are measured.
func Parts() []Part { return slices.Concat(signParts(), bindParts(), decodeParts(), wholeParts()) }

// FindPart finds the part of a title.
func FindPart(title string) (Part, error) {
	all := Parts()
	i := slices.IndexFunc(all, func(p Part) bool { return p.Title() == title })
	if i < 0 {
		return Part{}, fmt.Errorf("%q is not a part", title)
	}
	return all[i], nil
}

// ready is the open of a part that needs no preparation.
func ready(once func() (string, error)) func() (func() (string, error), error) {
	return func() (func() (string, error), error) { return once, nil }
}
