package roa

import "reflect"

// pageGuard notices when pages come again. It keeps three pages, however many
// there are: the one before finds services that ignore the page they are asked
// for, the first one those that start again, and one that is replaced at
// growing distances every other circle.
type pageGuard struct {
	first, last, mark any // slices of items
	count, nextMark   int
}

// repeats reports whether a page equals an earlier one, and remembers it.
// Pages without items are all the same and do not count.
func (g *pageGuard) repeats(items any, count int) bool {
	if count == 0 {
		return false
	}
	if g.count > 0 {
		for _, page := range [...]any{g.last, g.first, g.mark} {
			if reflect.DeepEqual(page, items) {
				return true
			}
		}
	}
	g.last = items
	if g.count == 0 {
		g.first, g.mark, g.nextMark = g.last, g.last, 2
	}
	if g.count++; g.count == g.nextMark {
		g.mark, g.nextMark = g.last, 2*g.nextMark
	}
	return false
}
