package roa

import (
	"errors"
	"strconv"
	"testing"
)

// FuzzPager checks that no service keeps a pager busy for ever: not with any
// order of pages it has already sent, any total, or any token, as long as what
// it can say is finite. Each pair of bytes is one response; they come round
// again and again.
func FuzzPager(f *testing.F) {
	f.Add([]byte{1, 10, 2, 10, 3, 10}, uint8(0), int64(2), int64(0))
	f.Add([]byte{1, 10, 2, 0}, uint8(1), int64(0), int64(3))
	f.Add([]byte{0, 7, 0, 8, 0, 9}, uint8(2), int64(0), int64(0))
	f.Add([]byte{5, 255, 9, 255, 7, 255, 9, 255}, uint8(3), int64(-1), int64(-1))
	f.Add([]byte{1, 1, 17, 200, 1, 3, 33, 9}, uint8(4), int64(1), int64(1<<62))
	f.Add([]byte{}, uint8(0), int64(0), int64(1<<63-1))
	f.Fuzz(func(t *testing.T, script []byte, style uint8, size, page int64) {
		script = script[:min(len(script), 64)]
		pagers := []*testPager{&numberPager, &totalPager, &textPager, &tokenPager}
		pager := pagers[int(style)%len(pagers)]
		freshTokens := style >= 128
		srv := &pageServer{answer: func(s *pageServer, _ *pageIn) (*pageOut, error) {
			if len(script) < 2 {
				return &pageOut{}, nil
			}
			i := (len(s.calls) - 1) % (len(script) / 2) * 2
			return scriptedPage(script[i], script[i+1], len(s.calls), freshTokens)
		}}
		in := pageIn{Page: &page, Size: &size, SizeText: new(strconv.FormatInt(size, 10))}
		seen := 0
		for out, err := range pager.Pages(t.Context(), srv.List, &in) {
			if (out == nil) == (err == nil) {
				t.Fatalf("yields %v and %v", out, err)
			}
			seen++
		}
		// The mark of the guard is found in the second round behind the
		// power of two above the length of the script. Empty pages end by
		// their own limit.
		if limit := 8*len(script) + maxEmptyPages + 8; len(srv.calls) > limit {
			t.Fatalf("%d calls for a script of %d bytes", len(srv.calls), len(script))
		}
		if seen > len(srv.calls)+1 {
			t.Fatalf("%d pages of %d calls", seen, len(srv.calls))
		}
		if *in.Page != page || *in.Size != size || in.Token != nil || in.PageText != nil {
			t.Fatal("the request was changed")
		}
	})
}

// scriptedPage makes a response of two bytes: which items it has, and what it
// says about the rest of the list.
func scriptedPage(items, rest byte, call int, freshTokens bool) (*pageOut, error) {
	if items == 255 {
		return nil, errors.New("out of order")
	}
	out := &pageOut{Total: int64(rest)*3 - 9}
	for i := range int(items) % 16 {
		out.Items = append(out.Items, pageItem{ID: strconv.Itoa(int(items)/16*100 + i)})
	}
	switch {
	case rest == 0:
	case freshTokens:
		out.Next = "call-" + strconv.Itoa(call)
	default:
		out.Next = "t" + strconv.Itoa(int(rest))
	}
	return out, nil
}
