package roa

import (
	"context"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPagerKeepsRequest(t *testing.T) {
	t.Parallel()
	page, size, token := int64(2), int64(2), "t2"
	tests := map[string]struct {
		pager *testPager
		in    pageIn
	}{
		"number": {&numberPager, pageIn{Page: &page, Size: &size, Filter: []string{"a"}}},
		"token":  {&tokenPager, pageIn{Token: &token, Size: &size, Filter: []string{"a"}}},
	}
	for name, tt := range tests {
		srv, before := splitServer(cut(makeItems(7), 2), 0), tt.in
		list := tt.pager.All(t.Context(), srv.List, &tt.in, CallQuery("a", "1"), CallTimeout(time.Second))
		for range 2 { // ranging again starts again
			got, err := collect(list)
			require.NoError(t, err, name)
			assert.Equal(t, makeItems(7)[2:], got, name)
		}
		require.Len(t, srv.calls, 6, name)
		assert.Equal(t, before, tt.in, name)
		assert.Equal(t, []any{int64(2), int64(2), "t2"}, []any{page, size, token}, name)
		assert.Equal(t, tt.in, *srv.calls[0], "%s: the first call is the caller's", name)
		for i, call := range srv.calls {
			assert.NotSame(t, &tt.in, call, name)
			assert.Equal(t, tt.in.Filter, call.Filter, name)
			assert.Equal(t, size, *call.Size, name)
			assert.Equal(t, []CallOption{CallQuery("a", "1"), CallTimeout(time.Second)}, srv.opts[i], name)
		}
		assert.NotSame(t, srv.calls[0], srv.calls[1], "%s: a mock may keep what it got", name)
	}
}

func TestPagerCopiesRequestAtOnce(t *testing.T) {
	t.Parallel()
	in := pageIn{Page: new(int64(2)), Size: new(int64(2))}
	srv := splitServer(cut(makeItems(3), 2), 0)
	list := numberPager.All(t.Context(), srv.List, &in)
	in.Page = new(int64(1))
	got, err := collect(list)
	require.NoError(t, err)
	assert.Equal(t, makeItems(3)[2:], got)
}

// The caller may do with a page what it wants.
func TestPagerPageBelongsToCaller(t *testing.T) {
	t.Parallel()
	for name, pager := range map[string]*testPager{"number": &totalPager, "token": &tokenPager} {
		srv := splitServer(cut(makeItems(6), 2), 6)
		n := 0
		for out, err := range pager.Pages(t.Context(), srv.List, &pageIn{}) {
			require.NoError(t, err, name)
			n += len(out.Items)
			*out = pageOut{}
		}
		assert.Equal(t, 6, n, name)
		assert.Len(t, srv.calls, 3, name)
	}
}

func TestPagerBreak(t *testing.T) {
	t.Parallel()
	srv := splitServer(cut(makeItems(6), 2), 0)
	var got []pageItem
	for item, err := range numberPager.All(t.Context(), srv.List, &pageIn{}) {
		require.NoError(t, err)
		if got = append(got, item); len(got) == 3 {
			break
		}
	}
	for out, err := range numberPager.Pages(t.Context(), srv.List, &pageIn{}) {
		require.NoError(t, err)
		assert.Len(t, out.Items, 2)
		break
	}
	assert.Len(t, srv.calls, 3)
}

func TestPagerErrors(t *testing.T) {
	t.Parallel()
	failure := &APIError{Service: "ack", Operation: "ListThings", StatusCode: 403, Code: "Forbidden"}
	answers := func(s *pageServer, _ *pageIn) (*pageOut, error) {
		if len(s.calls) == 2 {
			return nil, failure
		}
		return &pageOut{Items: makeItems(2), Next: "t2"}, nil
	}
	nothing := func(*pageServer, *pageIn) (*pageOut, error) { return nil, nil }
	tests := map[string]struct {
		pager  *testPager
		answer func(*pageServer, *pageIn) (*pageOut, error)
		in     *pageIn
		items  int
		calls  int
		text   string
	}{
		"call, number":     {&numberPager, answers, &pageIn{}, 2, 2, failure.Error()},
		"call, token":      {&tokenPager, answers, &pageIn{}, 2, 2, failure.Error()},
		"nil response":     {&numberPager, nothing, &pageIn{}, 0, 1, "list page 1: response is nil"},
		"nil request":      {&numberPager, nothing, nil, 0, 0, "list pages: request is nil"},
		"no number":        {&textPager, nothing, &pageIn{PageText: new("last")}, 0, 0, `ListThings: list pages: read page number: "last" is no number`},
		"largest number":   {&numberPager, answers, &pageIn{Page: new(int64(math.MaxInt64))}, 2, 1, "list page 2: page number is out of range"},
		"largest 32 bits":  {&smallPager, answers, &pageIn{Page32: new(int32(math.MaxInt32))}, 2, 1, "list page 2: page number is out of range"},
		"incomplete pager": {&testPager{Items: pageItems}, answers, &pageIn{}, 0, 0, "list pages: pager is incomplete"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := &pageServer{answer: tt.answer}
			got, err := collect(tt.pager.All(t.Context(), srv.List, tt.in))
			require.EqualError(t, err, tt.text)
			assert.Len(t, got, tt.items)
			assert.Len(t, srv.calls, tt.calls)
		})
	}
	t.Run("nil context", func(t *testing.T) {
		t.Parallel()
		_, err := collect(numberPager.Pages(nil, splitServer(nil, 0).List, &pageIn{})) //nolint:staticcheck // a mistake that must not panic
		require.EqualError(t, err, "list pages: context is nil")
	})
}

func TestPagerContextEnds(t *testing.T) {
	t.Parallel()
	for _, at := range []int{0, 1, 2} { // between items, and between pages
		ctx, cancel := context.WithCancel(t.Context())
		srv := splitServer(cut(makeItems(6), 2), 0)
		if at == 0 {
			cancel()
		}
		n := 0
		var last error
		for _, err := range numberPager.All(ctx, srv.List, &pageIn{}) {
			if last = err; err != nil {
				continue
			}
			if n++; n == at {
				cancel()
			}
		}
		require.ErrorIs(t, last, context.Canceled)
		assert.Equal(t, at, n)
		assert.Len(t, srv.calls, min(at, 1))
		cancel()
	}
}

func TestNumberField(t *testing.T) {
	t.Parallel()
	in := pageIn{Page: new(int64(4)), PageText: new("5"), Page32: new(int32(6))}
	before := in
	for i, f := range []NumberField{Number(&in.Page), Number(&in.PageText), Number(&in.Page32)} {
		n, ok, err := f.Get()
		require.NoError(t, err)
		assert.True(t, ok)
		assert.Equal(t, int64(i)+4, n)
		require.NoError(t, f.Set(42))
		n, _, _ = f.Get()
		assert.Equal(t, int64(42), n)
	}
	assert.Equal(t, []any{int64(4), "5", int32(6)}, []any{*before.Page, *before.PageText, *before.Page32}, "values are replaced")
	_, ok, err := NumberField{}.Get()
	require.NoError(t, err)
	assert.False(t, ok)
	require.Error(t, NumberField{}.Set(1))
}

// TestRequiredNumberField has fields that are not pointers: zero is not set.
func TestRequiredNumberField(t *testing.T) {
	t.Parallel()
	var in struct {
		Page   int64
		Text   string
		Page32 int32
	}
	for _, f := range []NumberField{Number(&in.Page), Number(&in.Text), Number(&in.Page32)} {
		_, ok, err := f.Get()
		require.NoError(t, err)
		assert.False(t, ok)
		require.NoError(t, f.Set(7))
		n, ok, err := f.Get()
		require.NoError(t, err)
		assert.True(t, ok)
		assert.Equal(t, int64(7), n)
	}
	assert.Equal(t, []any{int64(7), "7", int32(7)}, []any{in.Page, in.Text, in.Page32})
	require.ErrorIs(t, Number(&in.Page32).Set(1<<31), errPageNumber)
	assert.Equal(t, int32(7), in.Page32, "it stays what it was")
}

// TestPagerGuardKeepsItsOwnPages has a caller that changes what it gets.
func TestPagerGuardKeepsItsOwnPages(t *testing.T) {
	t.Parallel()
	srv := &pageServer{answer: func(*pageServer, *pageIn) (*pageOut, error) { return &pageOut{Items: makeItems(3)}, nil }}
	var last error
	for out, err := range numberPager.Pages(t.Context(), srv.List, &pageIn{}) {
		if last = err; err == nil {
			slices.Reverse(out.Items)
		}
	}
	require.ErrorIs(t, last, ErrRepeatedPage)
	assert.Len(t, srv.calls, 2)
}
