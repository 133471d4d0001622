package client_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/generator/emit/client"
	"github.com/ackgen/ackgen/generator/internal/emittest"
	"github.com/ackgen/ackgen/generator/model"
)

func TestVariables(t *testing.T) {
	t.Parallel()
	emittest.Run(t, client.Gen(api()), []emittest.Case{
		{Name: "pagers", File: "client_gen.go", Decl: "ListThingsPager", Want: `
// Pagers range over all pages, with any function like an operation.
var (
	// ListThingsPager is behind [Client.ListThingsAll].
	ListThingsPager *roa.Pager[ListThingsRequest, ListThingsResponse, Thing] = &pagerListThings
	// WalkThingsPager is behind [Client.WalkThingsAll].
	WalkThingsPager *roa.Pager[WalkThingsRequest, WalkThingsResponse, Thing] = &pagerWalkThings
)
`},
		{Name: "waiters", File: "client_gen.go", Decl: "ThingGoneWaiter", Want: `
// Waiters poll for a state, with any function like an operation.
var (
	// ThingGoneWaiter is behind [Client.WaitThingGone].
	ThingGoneWaiter *roa.Waiter[GetThingRequest, GetThingResponse] = &waiterThingGone
	// ThingsReadyWaiter is behind [Client.WaitThingsReady].
	ThingsReadyWaiter *roa.Waiter[ListThingsRequest, ListThingsResponse] = &waiterThingsReady
	// TaskWaiter is behind [Client.WaitTask].
	TaskWaiter *roa.Waiter[GetTaskRequest, GetTaskResponse] = &waiterTask
)
`},
		{Name: "tasks", File: "client_gen.go", Decl: "CreateThingTask", Want: `
// Tasks start something and wait, with any functions like operations.
var (
	// CreateThingTask is behind [Client.CreateThingAndWait].
	CreateThingTask *roa.Task[CreateThingRequest, CreateThingResponse, GetTaskRequest, GetTaskResponse] = &taskCreateThing
)
`},
	})
}

// TestOverview tells of lists, states and tasks only where there are some.
func TestOverview(t *testing.T) {
	t.Parallel()
	built := api()
	plain := api()
	plain.ErrorCodes = nil
	plain.Groups[0].Operations = []*model.Operation{operation("PutThings", model.Operation{})}
	for _, methods := range []string{"in All and Pages", "with Wait", "in AndWait"} {
		assert.Contains(t, overviewOf(t, built), methods)
		assert.NotContains(t, overviewOf(t, plain), methods)
	}
	assert.Contains(t, overviewOf(t, built), "[CodeThingNotFound]")
	assert.NotContains(t, overviewOf(t, plain), "such as [Code")
}

func overviewOf(t *testing.T, api *model.API) string {
	t.Helper()
	file := client.Gen(api)[0]
	require.Equal(t, "doc_gen.go", file.Name)
	src, err := file.Render()
	require.NoError(t, err)
	return string(src)
}
