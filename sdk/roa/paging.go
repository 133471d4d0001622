package roa

import (
	"context"
	"errors"
	"iter"
	"slices"
)

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
		request := first
		walk, err := p.begin(ctx, &request, in == nil)
		for !walk.done {
			var out *Out
			if err == nil {
				out, err = p.next(ctx, walk, call, request, opts)
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
					yield(none, listError(p.Name, "list items: %w", err))
					return
				}
				if !yield(item, nil) {
					return
				}
			}
		}
	}
}

// begin reads from the request of the first page where the caller wants to start. Later
// pages are asked for with the same request, which the walk changes.
func (p *Pager[In, Out, Item]) begin(ctx context.Context, in *In, isNil bool) (*pageWalk, error) {
	walk := &pageWalk{name: p.Name}
	switch {
	case ctx == nil:
		return walk, listError(p.Name, "list pages: context is nil")
	case isNil:
		return walk, listError(p.Name, "list pages: request is nil")
	case p.Items == nil || p.Page == nil && (p.Token == nil || p.Next == nil):
		return walk, listError(p.Name, "list pages: pager is incomplete")
	case p.Page == nil:
		walk.beginToken(p.Token(in))
		return walk, nil
	}
	var size NumberField
	if p.Size != nil {
		size = p.Size(in)
	}
	return walk, walk.beginNumber(p.Page(in), size, p.MaxSize)
}

// next asks for a page. It returns neither a page nor an error when the list
// turns out to have ended.
func (p *Pager[In, Out, Item]) next(ctx context.Context, walk *pageWalk, call OperationFunc[In, Out], in In, opts []CallOption) (*Out, error) {
	if err := walk.ready(ctx); err != nil {
		return nil, err
	}
	out, err := call(ctx, &in, opts...)
	if err != nil {
		return nil, err
	}
	if out == nil {
		return nil, walk.pageError(errors.New("response is nil"))
	}
	// Everything is read before the caller sees the page, and may change it.
	items := slices.Clone(p.Items(out)) // the caller may sort what it gets
	page := pageFacts{items: items, count: len(items)}
	if p.Page == nil {
		page.next = p.Next(out)
	} else if p.Total != nil {
		page.total = p.Total(out)
	}
	if ended, err := walk.after(page); ended || err != nil {
		return nil, err
	}
	return out, nil
}
