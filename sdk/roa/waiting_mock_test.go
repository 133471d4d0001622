package roa_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/ackgen/ackgen/sdk/roa/roamock"
)

type listRequest struct{ Page, Size *int64 }

type listResponse struct{ Items []string }

// thingsMock is a mock as the generator writes it.
type thingsMock struct{ *roamock.Mock }

func (m thingsMock) ListThings(ctx context.Context, in *listRequest, opts ...roa.CallOption) (*listResponse, error) {
	return roamock.Invoke[*listResponse](ctx, m.Mock, "ListThings", in, opts)
}

func (m thingsMock) expect(in listRequest) *roamock.Call[*listRequest, *listResponse] {
	return roamock.On[*listRequest, *listResponse](m.Mock, "ListThings", mock.Anything, &in, mock.Anything)
}

// thingsAPI is what a program depends on.
type thingsAPI interface {
	ListThings(ctx context.Context, in *listRequest, opts ...roa.CallOption) (*listResponse, error)
}

var (
	listThingsPager = roa.Pager[listRequest, listResponse, string]{
		Items: func(out *listResponse) []string { return out.Items },
		Page:  func(in *listRequest) roa.NumberField { return roa.Number(&in.Page) },
		Size:  func(in *listRequest) roa.NumberField { return roa.Number(&in.Size) },
	}
	thingsReadyWaiter = roa.Waiter[listRequest, listResponse]{
		Name:    "ThingsReady",
		States:  func(out *listResponse) []string { return out.Items },
		Pages:   listThingsPager.Pages,
		Success: []string{"ready"},
		Pending: []string{"making"},
		Delay:   time.Second,
	}
)

func TestPagerOnMock(t *testing.T) {
	t.Parallel()
	m := thingsMock{roamock.New(t)}
	m.expect(listRequest{Size: new(int64(2))}).Return(&listResponse{Items: []string{"a", "b"}}, nil).Once()
	m.expect(listRequest{Size: new(int64(2)), Page: new(int64(2))}).Return(&listResponse{Items: []string{"c"}}, nil).Once()
	var api thingsAPI = m
	var got []string
	for item, err := range listThingsPager.All(t.Context(), api.ListThings, &listRequest{Size: new(int64(2))}) {
		require.NoError(t, err)
		got = append(got, item)
	}
	assert.Equal(t, []string{"a", "b", "c"}, got)
}

func TestWaiterOnMock(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := thingsMock{roamock.New(t)}
		in := listRequest{Size: new(int64(2))}
		m.expect(in).Return(&listResponse{Items: []string{"making"}}, nil).Once()
		m.expect(in).Return(&listResponse{Items: []string{"Ready", "making"}}, nil).Once()
		m.expect(listRequest{Size: new(int64(2)), Page: new(int64(2))}).Return(&listResponse{Items: []string{"READY"}}, nil).Once()
		var api thingsAPI = m
		out, err := thingsReadyWaiter.WaitCount(t.Context(), api.ListThings, &in, 2, roa.WaitTimeout(time.Minute))
		require.NoError(t, err)
		assert.Equal(t, []string{"READY"}, out.Items)
	})
}
