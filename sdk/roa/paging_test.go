package roa

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// pageIn has the paging fields of every style.
type pageIn struct {
	Page     *int64
	PageText *string
	Page32   *int32
	Size     *int64
	SizeText *string
	Token    *string
	Filter   []string
}

type pageItem struct {
	ID   string
	Tags []string
}

type pageOut struct {
	Items    []pageItem
	Total    int64
	Next     string
	Metadata Metadata
}

type testPager = Pager[pageIn, pageOut, pageItem]

func pageItems(out *pageOut) []pageItem { return out.Items }

// The pagers of the tests, written like generated ones.
var (
	numberPager = testPager{
		Items: pageItems,
		Page:  func(in *pageIn) NumberField { return Number(&in.Page) },
		Size:  func(in *pageIn) NumberField { return Number(&in.Size) },
	}
	totalPager = testPager{
		Items: pageItems,
		Page:  func(in *pageIn) NumberField { return Number(&in.Page) },
		Size:  func(in *pageIn) NumberField { return Number(&in.Size) },
		Total: func(out *pageOut) int64 { return out.Total },
	}
	textPager = testPager{
		Name:    "ListThings",
		Items:   pageItems,
		Page:    func(in *pageIn) NumberField { return Number(&in.PageText) },
		Size:    func(in *pageIn) NumberField { return Number(&in.SizeText) },
		MaxSize: 7,
	}
	smallPager = testPager{
		Items: pageItems,
		Page:  func(in *pageIn) NumberField { return Number(&in.Page32) },
	}
	tokenPager = testPager{
		Name:  "ListThings",
		Items: pageItems,
		Token: func(in *pageIn) **string { return &in.Token },
		Next:  func(out *pageOut) string { return out.Next },
	}
)

// pageServer answers with the pages it was given, and keeps the requests.
type pageServer struct {
	answer func(s *pageServer, in *pageIn) (*pageOut, error)
	calls  []*pageIn
	opts   [][]CallOption
}

func (s *pageServer) List(_ context.Context, in *pageIn, opts ...CallOption) (*pageOut, error) {
	s.calls = append(s.calls, in)
	s.opts = append(s.opts, opts)
	if len(s.calls) > 10_000 {
		return nil, errors.New("the pager does not stop")
	}
	return s.answer(s, in)
}

// number returns the page a request asks for, whatever the field.
func (in *pageIn) number() int64 {
	switch {
	case in.Page != nil:
		return *in.Page
	case in.Page32 != nil:
		return int64(*in.Page32)
	case in.PageText != nil && *in.PageText != "":
		n, _ := strconv.ParseInt(*in.PageText, 10, 64)
		return n
	}
	return 1
}

// splitServer serves pages that were cut before, by number or by token.
func splitServer(pages [][]pageItem, total int64) *pageServer {
	return &pageServer{answer: func(_ *pageServer, in *pageIn) (*pageOut, error) {
		n := in.number()
		if in.Token != nil {
			n, _ = strconv.ParseInt((*in.Token)[1:], 10, 64)
		}
		out := &pageOut{Total: total}
		n = max(n, 1) // as services take what is before the first page
		if n <= int64(len(pages)) {
			out.Items = pages[n-1]
		}
		if n < int64(len(pages)) {
			out.Next = "t" + strconv.FormatInt(n+1, 10)
		}
		return out, nil
	}}
}

func makeItems(n int) []pageItem {
	items := make([]pageItem, n)
	for i := range items {
		items[i] = pageItem{ID: "item-" + strconv.Itoa(i), Tags: []string{"all"}}
	}
	return items
}

// cut makes pages of one size.
func cut(items []pageItem, size int) [][]pageItem { return slices.Collect(slices.Chunk(items, size)) }

// collect returns what a list yields before its error.
func collect[T any](seq iter.Seq2[T, error]) (all []T, err error) {
	for item, itemErr := range seq {
		if err != nil {
			return all, errors.New("the list goes on after an error")
		}
		if itemErr != nil {
			err = itemErr
			continue
		}
		all = append(all, item)
	}
	return all, err
}

func TestPagerNumberCalls(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		pager *testPager
		in    pageIn
		items int
		size  int
		total int64
		want  int // calls
		first int // items that come before the first page
	}{
		"no item":                         {pager: &numberPager, size: 5, want: 1},
		"no item, with total":             {pager: &totalPager, size: 5, want: 1},
		"short only page, asked size":     {pager: &numberPager, in: pageIn{Size: new(int64(5))}, items: 4, size: 5, want: 1},
		"short last page, asked size":     {pager: &numberPager, in: pageIn{Size: new(int64(5))}, items: 14, size: 5, want: 3},
		"short last page, own size":       {pager: &numberPager, items: 14, size: 5, want: 3},
		"full last page needs a look":     {pager: &numberPager, in: pageIn{Size: new(int64(5))}, items: 15, size: 5, want: 4},
		"full last page, with total":      {pager: &totalPager, items: 15, size: 5, total: 15, want: 3},
		"only page, with total":           {pager: &totalPager, items: 5, size: 5, total: 5, want: 1},
		"short only page, with total":     {pager: &totalPager, items: 3, size: 5, total: 3, want: 1},
		"start, asked size":               {pager: &numberPager, in: pageIn{Page: new(int64(3)), Size: new(int64(5))}, items: 14, size: 5, want: 1, first: 10},
		"start on short page, with total": {pager: &totalPager, in: pageIn{Page: new(int64(3)), Size: new(int64(5))}, items: 14, size: 5, total: 14, want: 1, first: 10},
		"start on full page, with total":  {pager: &totalPager, in: pageIn{Page: new(int64(2))}, items: 15, size: 5, total: 15, want: 2, first: 5},
		"start before the first page":     {pager: &totalPager, in: pageIn{Page: new(int64(0))}, items: 3, size: 5, total: 3, want: 1},
		"start behind the end":            {pager: &totalPager, in: pageIn{Page: new(int64(9))}, items: 15, size: 5, total: 15, want: 1, first: 15},
		"start far behind the end":        {pager: &totalPager, in: pageIn{Page: new(int64(math.MaxInt64)), Size: new(int64(math.MaxInt64))}, items: 15, size: 5, total: 15, want: 1, first: 15},
		"size above the known cap":        {pager: &textPager, in: pageIn{SizeText: new("100")}, items: 20, size: 7, want: 3},
		"size below the cap":              {pager: &textPager, in: pageIn{SizeText: new("3"), PageText: new("2")}, items: 10, size: 3, want: 3, first: 3},
		"size above a cap, with total":    {pager: &totalPager, in: pageIn{Size: new(int64(100))}, items: 12, size: 5, total: 12, want: 3},
		"size ignored, larger":            {pager: &numberPager, in: pageIn{Size: new(int64(2))}, items: 12, size: 5, want: 3},
		"text that is empty":              {pager: &textPager, in: pageIn{SizeText: new(""), PageText: new("")}, items: 4, size: 3, want: 2},
		"size that is no number":          {pager: &textPager, in: pageIn{SizeText: new("all")}, items: 4, size: 3, want: 2},
		"32 bits":                         {pager: &smallPager, items: 4, size: 3, want: 2},
		"total too large":                 {pager: &totalPager, items: 9, size: 5, total: 1000, want: 3},
		"total too small for a page":      {pager: &totalPager, items: 9, size: 5, total: 1, want: 2},
		"total negative":                  {pager: &totalPager, items: 9, size: 5, total: -1, want: 2},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			items := makeItems(tt.items)
			srv := splitServer(cut(items, tt.size), tt.total)
			got, err := collect(tt.pager.All(t.Context(), srv.List, &tt.in))
			require.NoError(t, err)
			assert.Equal(t, items[tt.first:], append([]pageItem{}, got...))
			assert.Len(t, srv.calls, tt.want)
		})
	}
}

// Any split of items into pages yields each item once, in order, in every
// style.
func TestPagerSplits(t *testing.T) {
	t.Parallel()
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 3)) //nolint:gosec // tests must be repeatable
		items := makeItems(r.IntN(60))
		size := 1 + r.IntN(12)
		even := cut(items, size)
		uneven := func(empty int) (pages [][]pageItem) {
			for rest := items; len(rest) > 0 || empty > 0 && r.IntN(4) == 0; {
				n := 0
				if len(rest) > 0 && r.IntN(4) >= empty {
					n = 1 + r.IntN(min(len(rest), 9))
				}
				pages, rest = append(pages, rest[:n]), rest[n:]
			}
			return pages
		}
		total, tokens := uneven(0), uneven(1)
		tests := map[string]struct {
			pager *testPager
			in    pageIn
			pages [][]pageItem
			total int
			calls int // zero: do not care
		}{
			"number, asked size": {pager: &numberPager, in: pageIn{Size: new(int64(size))}, pages: even, calls: len(items)/size + 1},
			"number, own size":   {pager: &numberPager, pages: even},
			"number, total":      {pager: &totalPager, pages: even, total: len(items), calls: max(1, len(even))},
			"number, any split":  {pager: &totalPager, pages: total, total: len(items), calls: max(1, len(total))},
			"text":               {pager: &textPager, pages: even},
			"token":              {pager: &tokenPager, pages: even, calls: max(1, len(even))},
			"token, any split":   {pager: &tokenPager, pages: tokens, calls: max(1, len(tokens))},
		}
		for name, tt := range tests {
			label := fmt.Sprintf("seed %d, %s", seed, name)
			srv := splitServer(tt.pages, int64(tt.total))
			got, err := collect(tt.pager.All(t.Context(), srv.List, &tt.in))
			require.NoError(t, err, label)
			require.Equal(t, items, append([]pageItem{}, got...), label)
			if tt.calls > 0 {
				require.Len(t, srv.calls, tt.calls, label)
			}
			pages, err := collect(tt.pager.Pages(t.Context(), srv.List, &tt.in))
			require.NoError(t, err, label)
			require.GreaterOrEqual(t, len(pages), len(tt.pages), label)
		}
	}
}

func TestPagerRepeats(t *testing.T) {
	t.Parallel()
	pages := cut(makeItems(6), 2)
	always := func(page []pageItem, next func(*pageServer) string) *pageServer {
		return &pageServer{answer: func(s *pageServer, _ *pageIn) (*pageOut, error) {
			return &pageOut{Items: slices.Clone(page), Next: next(s)}, nil
		}}
	}
	modulo := func(at func(n int64) int64) *pageServer {
		return &pageServer{answer: func(_ *pageServer, in *pageIn) (*pageOut, error) {
			return &pageOut{Items: slices.Clone(pages[at(in.number()-1)])}, nil
		}}
	}
	fresh := func(s *pageServer) string { return "fresh-" + strconv.Itoa(len(s.calls)) }
	circle := &pageServer{answer: func(s *pageServer, _ *pageIn) (*pageOut, error) {
		return &pageOut{Items: []pageItem{{ID: strconv.Itoa(len(s.calls))}}, Next: "t" + strconv.Itoa(len(s.calls)%3)}, nil
	}}
	tests := map[string]struct {
		pager *testPager
		srv   *pageServer
		in    pageIn
		items int
		calls int
		text  string
	}{
		"ignores the page":    {&numberPager, modulo(func(int64) int64 { return 0 }), pageIn{}, 2, 2, "list page 2: page repeats an earlier one"},
		"stays on the last":   {&numberPager, modulo(func(n int64) int64 { return min(n, 2) }), pageIn{}, 6, 4, "list page 4: page repeats an earlier one"},
		"starts again":        {&numberPager, modulo(func(n int64) int64 { return n % 3 }), pageIn{}, 6, 4, "list page 4: page repeats an earlier one"},
		"circle in the end":   {&numberPager, modulo(func(n int64) int64 { return min(n, 1) + max(n-1, 0)%2 }), pageIn{}, 6, 4, "list page 4: page repeats an earlier one"},
		"same token":          {&tokenPager, always(pages[0], func(*pageServer) string { return "t1" }), pageIn{}, 2, 2, "ListThings: list page 2: page repeats an earlier one"},
		"token of the caller": {&tokenPager, always(pages[0], func(*pageServer) string { return "t1" }), pageIn{Token: new("t1")}, 2, 1, "ListThings: list page 2: page repeats an earlier one"},
		"circle of tokens":    {&tokenPager, circle, pageIn{}, 4, 4, "ListThings: list page 5: page repeats an earlier one"},
		"new token, same":     {&tokenPager, always(pages[0], fresh), pageIn{}, 2, 2, "ListThings: list page 2: page repeats an earlier one"},
		"new token, nothing":  {&tokenPager, always(nil, fresh), pageIn{}, 0, maxEmptyPages, "ListThings: list page 101: page repeats an earlier one"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := collect(tt.pager.All(t.Context(), tt.srv.List, &tt.in))
			require.ErrorIs(t, err, ErrRepeatedPage)
			require.EqualError(t, err, tt.text)
			assert.Len(t, got, tt.items)
			assert.Len(t, tt.srv.calls, tt.calls)
		})
	}
}

// TestPagerManyEmptyPages has long runs of empty pages, as a filter that the service
// applies after it cut the pages makes them; a single item ends a run.
func TestPagerManyEmptyPages(t *testing.T) {
	t.Parallel()
	items := makeItems(3)
	srv := &pageServer{answer: func(s *pageServer, _ *pageIn) (*pageOut, error) {
		n := len(s.calls)
		out := &pageOut{Next: strconv.Itoa(n)}
		if n%(maxEmptyPages/2) == 0 {
			out.Items = items[:1:1]
			items = items[1:]
		}
		if len(items) == 0 {
			out.Next = ""
		}
		return out, nil
	}}
	got, err := collect(tokenPager.All(t.Context(), srv.List, &pageIn{}))
	require.NoError(t, err)
	assert.Equal(t, makeItems(3), got)
}

// TestPagerThatIsCutOff has a page in the middle that says nothing at all, as a proxy
// may send it.
func TestPagerThatIsCutOff(t *testing.T) {
	t.Parallel()
	pages := cut(makeItems(6), 2)
	for name, tt := range map[string]struct {
		total int64 // that the second page tells
		cut   bool
	}{"no total": {0, true}, "a total": {3, false}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := &pageServer{answer: func(_ *pageServer, in *pageIn) (*pageOut, error) {
				if in.number() == 2 {
					return &pageOut{Total: tt.total}, nil
				}
				return &pageOut{Items: pages[in.number()-1], Total: 3}, nil
			}}
			got, err := collect(totalPager.All(t.Context(), srv.List, &pageIn{}))
			assert.Equal(t, makeItems(2), got)
			if !tt.cut {
				require.NoError(t, err)
				return
			}
			assert.ErrorContains(t, err, "page before it has no items and no total, and 1 more items were to come")
		})
	}
}

// TestPagerTotalOfTheFirstPage has a service that counts all items only once.
func TestPagerTotalOfTheFirstPage(t *testing.T) {
	t.Parallel()
	pages := cut(makeItems(5), 2)
	srv := &pageServer{answer: func(s *pageServer, in *pageIn) (*pageOut, error) {
		out := &pageOut{Items: pages[in.number()-1]}
		if len(s.calls) == 1 {
			out.Total = 5
		}
		return out, nil
	}}
	got, err := collect(totalPager.All(t.Context(), srv.List, &pageIn{}))
	require.NoError(t, err)
	assert.Equal(t, makeItems(5), got)
	assert.Len(t, srv.calls, 3)
}

// A total that is too large leads to one page too many; the response of a
// service that repeats its last page then is no error.
func TestPagerWrongTotalBeforeLastPage(t *testing.T) {
	t.Parallel()
	pages := cut(makeItems(5), 2)
	srv := &pageServer{answer: func(_ *pageServer, in *pageIn) (*pageOut, error) {
		return &pageOut{Items: slices.Clone(pages[min(in.number()-1, 2)]), Total: 99}, nil
	}}
	got, err := collect(totalPager.All(t.Context(), srv.List, &pageIn{}))
	require.NoError(t, err)
	assert.Equal(t, makeItems(5), got)
	assert.Len(t, srv.calls, 4)
}
