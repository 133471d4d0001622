package client_test

import (
	"testing"

	"github.com/ackgen/ackgen/generator/emit/client"
	"github.com/ackgen/ackgen/generator/internal/emittest"
)

func TestPagers(t *testing.T) {
	t.Parallel()
	emittest.Run(t, client.Gen(api()), []emittest.Case{
		{Name: "pager by number", File: things, Decl: "pagerListThings", Want: `
var pagerListThings = roa.Pager[ListThingsRequest, ListThingsResponse, Thing]{
	Name:  "ListThings",
	Items: func(out *ListThingsResponse) []Thing { return out.Page.Things },
	Page:  func(in *ListThingsRequest) roa.NumberField { return roa.Number(&in.PageNumber) },
	Size:  func(in *ListThingsRequest) roa.NumberField { return roa.Number(&in.PageSize) },
	Total: func(out *ListThingsResponse) int64 {
		if out.Page == nil {
			return 0
		}
		return int64(out.Page.Total)
	},
	MaxSize: 100,
}
`},
		{Name: "method over items", File: things, Decl: "Client.ListThingsAll", Want: `
// ListThingsAll ranges over the items of all pages of [Client.ListThings]. It
// asks for a page when the items before it are used up, and ends with the first
// error, which it yields. The request is not changed; its page and size are
// where it begins.
func (c *Client) ListThingsAll(ctx context.Context, in *ListThingsRequest, opts ...roa.CallOption) iter.Seq2[Thing, error] {
	return pagerListThings.All(ctx, c.ListThings, in, opts...)
}
`},
		{Name: "method over pages", File: things, Decl: "Client.ListThingsPages", Want: `
// ListThingsPages is like [Client.ListThingsAll] and ranges over whole pages.
func (c *Client) ListThingsPages(ctx context.Context, in *ListThingsRequest, opts ...roa.CallOption) iter.Seq2[*ListThingsResponse, error] {
	return pagerListThings.Pages(ctx, c.ListThings, in, opts...)
}
`},
		{Name: "pager by token", File: things, Decl: "pagerWalkThings", Want: `
var pagerWalkThings = roa.Pager[WalkThingsRequest, WalkThingsResponse, Thing]{
	Name:  "WalkThings",
	Items: func(out *WalkThingsResponse) []Thing { return out.Things },
	Token: func(in *WalkThingsRequest) **string { return &in.NextToken },
	Next: func(out *WalkThingsResponse) string {
		if out.NextToken == nil {
			return ""
		}
		return *out.NextToken
	},
}
`},
		{Name: "method over items by token", File: things, Decl: "Client.WalkThingsAll", Want: `
// WalkThingsAll ranges over the items of all pages of [Client.WalkThings]. It
// asks for a page when the items before it are used up, and ends with the first
// error, which it yields. The request is not changed; its token is where it
// begins.
func (c *Client) WalkThingsAll(ctx context.Context, in *WalkThingsRequest, opts ...roa.CallOption) iter.Seq2[Thing, error] {
	return pagerWalkThings.All(ctx, c.WalkThings, in, opts...)
}
`},
	})
}
