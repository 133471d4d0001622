package client_test

import (
	"testing"

	"github.com/ackgen/ackgen/generator/emit/client"
	"github.com/ackgen/ackgen/generator/internal/emittest"
)

func TestOperations(t *testing.T) {
	t.Parallel()
	emittest.Run(t, client.Gen(api()), []emittest.Case{
		{Name: "interface of a group", File: things, Decl: "ThingsAPI", Want: `
// ThingsAPI holds the operations of the group Things. It grows with the
// service, as [API] does.
//
// Things are small.
type ThingsAPI interface {
	GetThingCaller
	CreateThingCaller
	PutThingsCaller
	ListThingsCaller
	WalkThingsCaller
	GetTaskCaller
	// WaitThingGone polls GetThing. See [Client.WaitThingGone].
	WaitThingGone(ctx context.Context, in *GetThingRequest, opts ...roa.WaitOption) (*GetThingResponse, error)
	// CreateThingAndWait calls CreateThing and waits for its task.
	CreateThingAndWait(ctx context.Context, in *CreateThingRequest, opts ...roa.WaitOption) (*CreateThingResponse, error)
	// ListThingsAll ranges over the items of all pages of ListThings.
	ListThingsAll(ctx context.Context, in *ListThingsRequest, opts ...roa.CallOption) iter.Seq2[Thing, error]
	// ListThingsPages ranges over the pages of ListThings.
	ListThingsPages(ctx context.Context, in *ListThingsRequest, opts ...roa.CallOption) iter.Seq2[*ListThingsResponse, error]
	// WaitThingsReady polls ListThings. See [Client.WaitThingsReady].
	WaitThingsReady(ctx context.Context, in *ListThingsRequest, count int, opts ...roa.WaitOption) (*ListThingsResponse, error)
	// WalkThingsAll ranges over the items of all pages of WalkThings.
	WalkThingsAll(ctx context.Context, in *WalkThingsRequest, opts ...roa.CallOption) iter.Seq2[Thing, error]
	// WalkThingsPages ranges over the pages of WalkThings.
	WalkThingsPages(ctx context.Context, in *WalkThingsRequest, opts ...roa.CallOption) iter.Seq2[*WalkThingsResponse, error]
	// WaitTask polls GetTask. See [Client.WaitTask].
	WaitTask(ctx context.Context, in *GetTaskRequest, opts ...roa.WaitOption) (*GetTaskResponse, error)
}
`},
		{Name: "interface of an operation", File: things, Decl: "GetThingCaller", Want: `
// GetThingCaller has the operation GetThing and no other.
type GetThingCaller interface {
	// GetThing does it.
	GetThing(ctx context.Context, in *GetThingRequest, opts ...roa.CallOption) (*GetThingResponse, error)
}
`},
		{Name: "descriptor", File: things, Decl: "opGetThing", Want: `
var opGetThing = roa.Operation{
	Name:     "GetThing",
	Method:   "GET",
	Path:     "/things",
	Response: roa.ResponseObject,
	Retry:    roa.RetryIdempotent,
}
`},
		{Name: "method with path and query", File: things, Decl: "Client.GetThing", Want: `
// GetThing does it.
func (c *Client) GetThing(ctx context.Context, in *GetThingRequest, opts ...roa.CallOption) (*GetThingResponse, error) {
	if in == nil {
		return nil, c.core.NilRequest(&opGetThing)
	}
	req := roa.NewRequest(&opGetThing, in)
	req.Path("ThingId", in.ThingID)
	req.Query("size", in.Size)
	req.QueryJSON("tags", in.Tags)
	out := new(GetThingResponse)
	if err := c.core.Do(ctx, req, out, &out.Metadata, opts); err != nil {
		return nil, err
	}
	return out, nil
}
`},
		{Name: "method with body and token", File: things, Decl: "Client.CreateThing", Want: `
// CreateThing does it.
func (c *Client) CreateThing(ctx context.Context, in *CreateThingRequest, opts ...roa.CallOption) (*CreateThingResponse, error) {
	if in == nil {
		return nil, c.core.NilRequest(&opCreateThing)
	}
	if in.ClientToken == nil || *in.ClientToken == "" {
		filled := *in
		filled.ClientToken = new(c.core.NewToken())
		in = &filled
	}
	req := roa.NewRequest(&opCreateThing, in)
	req.Body(in)
	out := new(CreateThingResponse)
	if err := c.core.Do(ctx, req, out, &out.Metadata, opts); err != nil {
		return nil, err
	}
	return out, nil
}
`},
		{Name: "method with a field as body and no result", File: things, Decl: "Client.PutThings", Want: `
// PutThings does it.
func (c *Client) PutThings(ctx context.Context, in *PutThingsRequest, opts ...roa.CallOption) (*PutThingsResponse, error) {
	if in == nil {
		return nil, c.core.NilRequest(&opPutThings)
	}
	req := roa.NewRequest(&opPutThings, in)
	req.Body(in.Items)
	out := new(PutThingsResponse)
	if err := c.core.Do(ctx, req, nil, &out.Metadata, opts); err != nil {
		return nil, err
	}
	return out, nil
}
`},
		{Name: "method with a field as result", File: things, Decl: "Client.ListThings", Want: `
// ListThings does it.
func (c *Client) ListThings(ctx context.Context, in *ListThingsRequest, opts ...roa.CallOption) (*ListThingsResponse, error) {
	if in == nil {
		return nil, c.core.NilRequest(&opListThings)
	}
	req := roa.NewRequest(&opListThings, in)
	out := new(ListThingsResponse)
	if err := c.core.Do(ctx, req, &out.Items, &out.Metadata, opts); err != nil {
		return nil, err
	}
	return out, nil
}
`},
	})
}
