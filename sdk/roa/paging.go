package roa

import (
	"context"
	"errors"
	"fmt"
	"iter"
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

// OperationFunc is an operation: a method of a client, of an interface, or of a mock,
// written as client.ListThings.
type OperationFunc[In, Out any] func(ctx context.Context, in *In, opts ...CallOption) (*Out, error)

// Pager knows how the pages of one operation are asked for and told apart.
// Either Page, or Token and Next, must be set. Generated code has one value
// for each operation that has pages; it is shared and must not be changed.
type Pager[In, Out, Item any] struct {
	// Name is that of the operation, for errors; it may be empty.
	Name string
	// Items returns the items of a page.
	Items func(*Out) []Item
	// Page returns the field of the request that holds the number of a page,
	// for operations that count pages. The first page is 1.
	Page func(*In) NumberField
	// Size returns the field of the request that holds the size of a page. It
	// is nil when there is none.
	Size func(*In) NumberField
	// Total returns how many items all pages hold together; zero and less
	// mean that the response does not tell. It is nil when no response tells.
	Total func(*Out) int64
	// Token returns the field of the request that holds the token of a page,
	// for operations that hand out tokens.
	Token func(*In) **string
	// Next returns the token of the page after this one, and nothing when
	// there is none.
	Next func(*Out) string
	// MaxSize is the largest size of a page that the service heeds. Zero
	// means that it is not known.
	MaxSize int64
}

// Pages ranges over the responses of call. The pages start with the one that in
// asks for, which is the first when it names none, and have the size that in
// asks for. in is copied now and never changed; every call gets a copy of its
// own, and all of opts.
//
// The list ends after the page that the total or the missing token says is the
// last. Without a total it ends after a page with fewer items than were asked
// for, or, when no size was asked for, than the first page had. A response
// without items ends a list of numbered pages whatever the total is; one that
// lacks the total, too, is an error if earlier pages told of more items.
//
// The first error is yielded with a nil page and ends the list: that of a
// call, that of the context once it has ended, or one that wraps
// [ErrRepeatedPage]. Ranging again starts again.
func (p *Pager[In, Out, Item]) Pages(ctx context.Context, call OperationFunc[In, Out], in *In, opts ...CallOption) iter.Seq2[*Out, error] {
	var first In
	if in != nil {
		first = *in
	}
	return func(yield func(*Out, error) bool) {
		walk := pageWalk[In, Out, Item]{pager: p, in: first}
		err := walk.begin(ctx, in == nil)
		for !walk.done {
			var out *Out
			if err == nil {
				out, err = walk.next(ctx, call, opts)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if out == nil || !yield(out, nil) {
				return
			}
		}
	}
}

// All ranges over the items of all pages, in the order of the service. It is
// like [Pager.Pages] otherwise, and also looks at the context before each
// item. An error is yielded with the zero value of an item.
func (p *Pager[In, Out, Item]) All(ctx context.Context, call OperationFunc[In, Out], in *In, opts ...CallOption) iter.Seq2[Item, error] {
	pages := p.Pages(ctx, call, in, opts...)
	return func(yield func(Item, error) bool) {
		var none Item
		for out, err := range pages {
			if err != nil {
				yield(none, err)
				return
			}
			for _, item := range p.Items(out) {
				if err := ctx.Err(); err != nil {
					yield(none, p.listError("list items: %w", err))
					return
				}
				if !yield(item, nil) {
					return
				}
			}
		}
	}
}

// pageWalk is one walk through the pages of a list.
type pageWalk[In, Out, Item any] struct {
	pager  *Pager[In, Out, Item]
	in     In // the request of the next page
	calls  int
	done   bool
	broken error // ends the list in place of the next page
	guard  pageGuard[Item]

	// Numbered pages.
	number int64 // of the next page
	size   int64 // that full pages have; zero while it is not known
	passed int64 // items up to the end of the last page
	total  int64 // that the last page told
	short  bool  // the last page was not full

	// Pages with tokens.
	tokens map[string]struct{} // all that were used
	empty  int                 // pages without items, in a row
}

// begin reads where the caller wants to start.
func (w *pageWalk[In, Out, Item]) begin(ctx context.Context, isNil bool) error {
	p := w.pager
	switch {
	case ctx == nil:
		return p.listError("list pages: context is nil")
	case isNil:
		return p.listError("list pages: request is nil")
	case p.Items == nil || p.Page == nil && (p.Token == nil || p.Next == nil):
		return p.listError("list pages: pager is incomplete")
	case p.Page == nil:
		w.tokens = map[string]struct{}{}
		if token := *p.Token(&w.in); token != nil {
			w.tokens[*token] = struct{}{}
		}
		return nil
	}
	number, ok, err := p.Page(&w.in).Get()
	if err != nil {
		return p.listError("list pages: read page number: %w", err)
	}
	w.number = 1
	if ok {
		w.number = number
	}
	w.size = p.askedSize(&w.in)
	return nil
}

// askedSize returns the size that full pages will have, or zero when the
// request does not say. What is no number is for the service to refuse.
func (p *Pager[In, Out, Item]) askedSize(in *In) int64 {
	if p.Size == nil {
		return 0
	}
	size, _, err := p.Size(in).Get()
	if err != nil || size < 0 {
		return 0
	}
	if p.MaxSize > 0 {
		size = min(size, p.MaxSize)
	}
	return size
}

// next asks for a page. It returns neither a page nor an error when the list
// turns out to have ended.
func (w *pageWalk[In, Out, Item]) next(ctx context.Context, call OperationFunc[In, Out], opts []CallOption) (*Out, error) {
	w.calls++
	if err := ctx.Err(); err != nil {
		return nil, w.pageError(err)
	}
	if w.broken != nil {
		return nil, w.pageError(w.broken)
	}
	in := w.in
	out, err := call(ctx, &in, opts...)
	if err != nil {
		return nil, err
	}
	if out == nil {
		return nil, w.pageError(errors.New("response is nil"))
	}
	// Everything is read before the caller sees the page, and may change it.
	items := w.pager.Items(out)
	if w.guard.repeats(items) {
		if w.short {
			// Only a wrong total led here. Some services respond with the
			// last page when they are asked for one behind it.
			return nil, nil
		}
		return nil, w.pageError(ErrRepeatedPage)
	}
	if w.pager.Page != nil {
		w.afterNumber(out, int64(len(items)))
	} else {
		w.afterToken(out, len(items))
	}
	return out, nil
}

// pageError names the page by its place in the list, not by its number.
func (w *pageWalk[In, Out, Item]) pageError(err error) error {
	return w.pager.listError("list page %d: %w", w.calls, err)
}

// listError makes an error that begins with the name of the operation.
func (p *Pager[In, Out, Item]) listError(format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	if p.Name == "" {
		return err
	}
	return fmt.Errorf("%s: %w", p.Name, err)
}

// afterNumber decides whether there is a page behind one with n items.
func (w *pageWalk[In, Out, Item]) afterNumber(out *Out, n int64) {
	full := max(w.size, n)
	if w.calls == 1 && w.number > 1 {
		const limit = 1 << 31 // keeps the product in range
		w.passed = min(w.number-1, limit) * min(full, limit)
	}
	w.passed += n
	w.short = n < w.size
	w.size = full
	var total int64
	if w.pager.Total != nil {
		total = w.pager.Total(out)
	}
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
	w.broken = w.pager.Page(&w.in).Set(w.number)
}

// afterToken decides whether there is a page behind one with n items.
func (w *pageWalk[In, Out, Item]) afterToken(out *Out, n int) {
	token := w.pager.Next(out)
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
	*w.pager.Token(&w.in) = &token
}
