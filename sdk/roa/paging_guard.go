package roa

import (
	"reflect"
	"slices"
)

// pageGuard notices when pages come again. It keeps three pages, however many
// there are: the one before finds services that ignore the page they are asked
// for, the first one those that start again, and one that is replaced at
// growing distances every other circle.
type pageGuard[Item any] struct {
	first, last, mark []Item
	count, nextMark   int
}

// repeats reports whether a page equals an earlier one, and remembers it.
// Pages without items are all the same and do not count.
func (g *pageGuard[Item]) repeats(items []Item) bool {
	if len(items) == 0 {
		return false
	}
	if g.count > 0 {
		for _, page := range [...][]Item{g.last, g.first, g.mark} {
			if reflect.DeepEqual(page, items) {
				return true
			}
		}
	}
	g.last = slices.Clone(items) // the caller may sort what it gets
	if g.count == 0 {
		g.first, g.mark, g.nextMark = g.last, g.last, 2
	}
	if g.count++; g.count == g.nextMark {
		g.mark, g.nextMark = g.last, 2*g.nextMark
	}
	return false
}
