package roa

import (
	"context"
	"errors"
	"fmt"
	"math"
)

// ErrRepeatedPage is the cause of the error that ends a list whose pages do
// not get on: the service sent the items of an earlier page again, or a token
// that was used before, or a great many pages without an item.
var ErrRepeatedPage = errors.New("page repeats an earlier one")

// maxEmptyPages is how many pages in a row may have a token and no item.
// Services that filter after they cut pages send some; a broken one never
// ends.
const maxEmptyPages = 100

// pageWalk is one walk through the pages of a list. It knows no types, as a compiler
// would repeat it for those of each operation.
type pageWalk struct {
	name   string // of the operation
	calls  int
	done   bool
	broken error // ends the list in place of the next page
	guard  pageGuard

	// Numbered pages.
	page   NumberField // of the request of the next page
	number int64       // of the next page
	size   int64       // that full pages have; zero while it is not known
	passed int64       // items up to the end of the last page
	total  int64       // that the last page told
	short  bool        // the last page was not full

	// Pages with tokens.
	token  **string            // of the request of the next page; nil: pages are numbered
	tokens map[string]struct{} // all that were used
	empty  int                 // pages without items, in a row
}

// pageFacts is what a walk has to know of a page.
type pageFacts struct {
	items any // a slice of its own
	count int
	total int64  // zero and less: it does not tell
	next  string // the token
}

// beginNumber begins with the page that the request has the number of.
func (w *pageWalk) beginNumber(page, size NumberField, maxSize int64) error {
	number, ok, err := page.Get()
	if err != nil {
		return listError(w.name, "list pages: read page number: %w", err)
	}
	w.page, w.number = page, 1
	if ok {
		w.number = number
	}
	w.size = askedSize(size, maxSize)
	return nil
}

// askedSize returns the size that full pages will have, or zero when the
// request does not say. What is no number is for the service to refuse.
func askedSize(size NumberField, maxSize int64) int64 {
	asked, _, err := size.Get()
	if err != nil || asked < 0 {
		return 0
	}
	if maxSize > 0 {
		asked = min(asked, maxSize)
	}
	return asked
}

// beginToken begins with the page that the request has the token of.
func (w *pageWalk) beginToken(token **string) {
	w.token, w.tokens = token, map[string]struct{}{}
	if *token != nil {
		w.tokens[**token] = struct{}{}
	}
}

// ready returns an error when the next page must not be asked for.
func (w *pageWalk) ready(ctx context.Context) error {
	w.calls++
	if err := ctx.Err(); err != nil {
		return w.pageError(err)
	}
	if w.broken != nil {
		return w.pageError(w.broken)
	}
	return nil
}

// after takes note of a page that came. It tells when it is none, as the list has ended
// before.
func (w *pageWalk) after(page pageFacts) (ended bool, err error) {
	if w.guard.repeats(page.items, page.count) {
		if w.short {
			// Only a wrong total led here. Some services respond with the
			// last page when they are asked for one behind it.
			return true, nil
		}
		return false, w.pageError(ErrRepeatedPage)
	}
	if w.token == nil {
		w.afterNumber(int64(page.count), page.total)
	} else {
		w.afterToken(page.count, page.next)
	}
	return false, nil
}

// pageError names the page by its place in the list, not by its number.
func (w *pageWalk) pageError(err error) error {
	return listError(w.name, "list page %d: %w", w.calls, err)
}

// listError makes an error that begins with the name of the operation.
func listError(operation, format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	if operation == "" {
		return err
	}
	return fmt.Errorf("%s: %w", operation, err)
}

// afterNumber decides whether there is a page behind one with n items.
func (w *pageWalk) afterNumber(n, total int64) {
	full := max(w.size, n)
	if w.calls == 1 && w.number > 1 {
		const limit = 1 << 31 // keeps the product in range
		w.passed = min(w.number-1, limit) * min(full, limit)
	}
	w.passed += n
	w.short = n < w.size
	w.size = full
	promised := w.total - w.passed
	w.total = total
	switch {
	case n == 0 && total <= 0 && promised > 0:
		// The service would tell the total again: something else sent this page.
		w.broken = fmt.Errorf("page before it has no items and no total, and %d more items were to come", promised)
		return
	case n == 0:
		w.done = true
	case total >= n:
		// The total outranks a short page: services cap sizes, and leave out
		// what the caller may not see after they cut pages.
		w.done = w.passed >= total
	default:
		w.done = w.short // no total, or one that this page proves wrong
	}
	if w.done {
		return
	}
	if w.number == math.MaxInt64 {
		w.broken = errPageNumber
		return
	}
	w.number++
	w.broken = w.page.Set(w.number)
}

// afterToken decides whether there is a page behind one with n items.
func (w *pageWalk) afterToken(n int, token string) {
	if token == "" {
		w.done = true
		return
	}
	if n > 0 {
		w.empty = 0
	} else {
		w.empty++
	}
	if _, used := w.tokens[token]; used || w.empty >= maxEmptyPages {
		w.broken = ErrRepeatedPage
		return
	}
	w.tokens[token] = struct{}{}
	*w.token = &token
}
