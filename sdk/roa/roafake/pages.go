package roafake

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/sdk/roa"
)

// usualSize is how many items a page has when neither the request nor the spec says it:
// what most operations document. No source tells for the others.
const usualSize = 10

// Pages responds to an operation with the pages of a list, in the way in which the
// operation has pages: by number or by token, in the size that the request asks for.
// Generated code has one value for each such operation; it is shared and must not be
// changed.
//
//	srv.Override(ackfake.Overrides{
//		DescribeClusterNodes: ackfake.DescribeClusterNodesPages.Of(nodes...),
//	})
type Pages[In, Out, Item any] struct {
	// Pager says how requests ask for a page, and how large one is at most.
	Pager *roa.Pager[In, Out, Item]
	// DefaultSize is the size of a page when the request asks for none. Zero means that
	// the spec does not tell; then it is 10.
	DefaultSize int64
	// Items returns the field of a response that holds the items of the page.
	Items func(*Out) *[]Item
	// Total returns the field that holds how many items all pages have. It is nil when
	// there is none.
	Total func(*Out) roa.NumberField
	// Next returns the field that holds the token of the next page. It is nil when pages
	// have numbers.
	Next func(*Out) *string
	// Number and Size return the fields that repeat the number and the size of the page.
	// They are nil when there are none.
	Number, Size func(*Out) roa.NumberField

	failAt  int64
	failure error
}

// FailAt returns pages of which page n is an error in place of a response. The first is
// 1; with tokens, pages are counted in the size that the request asks for. A
// [*roa.APIError] is the error of the service.
func (p Pages[In, Out, Item]) FailAt(n int, err error) Pages[In, Out, Item] {
	p.failAt, p.failure = int64(n), err
	return p
}

// Of returns a function that responds with the page of the items that a request asks for.
// It keeps nothing between requests, so that any number of lists can be read at once. A
// page behind the last one is empty.
func (p Pages[In, Out, Item]) Of(items ...Item) func(context.Context, *In) (*Out, error) {
	items = slices.Clone(items)
	return func(_ context.Context, in *In) (*Out, error) {
		page, err := p.asked(in)
		if err != nil {
			return nil, err
		}
		if p.failure != nil && page.number == p.failAt {
			return nil, p.failure
		}
		return p.respond(page, items)
	}
}

// page is the page that a request asks for. start is the number of items before it.
type page struct{ number, size, start int64 }

// asked reads a request.
func (p *Pages[In, Out, Item]) asked(in *In) (page, error) {
	out := page{number: 1, size: p.DefaultSize}
	if out.size <= 0 {
		out.size = usualSize
	}
	if p.Pager.Size != nil {
		size, ok, err := p.Pager.Size(in).Get()
		if err != nil {
			return page{}, refuse("the size of the page is not a number")
		}
		if ok && size > 0 {
			out.size = size
		}
	}
	if p.Pager.MaxSize > 0 {
		out.size = min(out.size, p.Pager.MaxSize)
	}
	if p.Pager.Page == nil {
		return p.byToken(in, out)
	}
	number, ok, err := p.Pager.Page(in).Get()
	if err != nil {
		return page{}, refuse("the number of the page is not a number")
	}
	if ok && number > 0 {
		out.number = number
	}
	out.start = product(out.number-1, out.size)
	return out, nil
}

// tokenMark begins the tokens of pages. After it stands how many items are before the page.
const tokenMark = "after-"

// byToken reads the token of a request.
func (p *Pages[In, Out, Item]) byToken(in *In, out page) (page, error) {
	token := *p.Pager.Token(in)
	if token == nil || *token == "" {
		return out, nil
	}
	start, err := strconv.ParseInt(strings.TrimPrefix(*token, tokenMark), 10, 64)
	if err != nil || start < 0 || !strings.HasPrefix(*token, tokenMark) {
		return page{}, refuse("the token is not one of a page")
	}
	out.start = start
	out.number = start/out.size + 1
	return out, nil
}

// refuse returns the error of the service for a page that nobody can ask for. No source
// tells its code.
func refuse(why string) error {
	return &roa.APIError{StatusCode: http.StatusBadRequest, Code: "InvalidParameter", Message: why}
}

// respond makes the response with a page.
func (p *Pages[In, Out, Item]) respond(asked page, items []Item) (*Out, error) {
	total := int64(len(items))
	start := min(asked.start, total)
	end := start + min(asked.size, total-start)
	out := new(Out)
	*p.Items(out) = slices.Clone(items[start:end])
	if p.Next != nil && end < total {
		*p.Next(out) = tokenMark + strconv.FormatInt(end, 10)
	}
	return out, errors.Join(store(p.Total, out, total), store(p.Number, out, asked.number), store(p.Size, out, asked.size))
}

// store stores a number in a field, if there is one.
func store[Out any](field func(*Out) roa.NumberField, out *Out, n int64) error {
	if field == nil {
		return nil
	}
	return field(out).Set(n)
}

// product returns a*b for numbers that are not negative, or the largest one.
func product(a, b int64) int64 {
	const largest = 1<<63 - 1
	if b > 0 && a > largest/b {
		return largest
	}
	return a * b
}
