package roa_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/internal/canary"
	"github.com/ackgen/ackgen/sdk/roa"
)

type (
	startRequest  struct{}
	startResponse struct{ Task string }
	pollRequest   struct{ ID string }
	pollResponse  struct{ State string }
)

var startTask = roa.Task[startRequest, startResponse, pollRequest, pollResponse]{
	ID:   func(out *startResponse) string { return out.Task },
	Poll: func(id string) *pollRequest { return &pollRequest{ID: id} },
	Waiter: &roa.Waiter[pollRequest, pollResponse]{
		Name: "Task", State: func(out *pollResponse) string { return out.State }, Success: []string{"done"}, Failure: []string{"failed"},
	},
}

func TestCallAndWait(t *testing.T) {
	t.Parallel()
	refused := errors.New("refused")
	for name, tt := range map[string]struct {
		started *startResponse
		err     error
		state   string
		want    *startResponse
		wantErr string
		polls   int
	}{
		"done":          {started: &startResponse{"t1"}, state: "done", want: &startResponse{"t1"}, polls: 1},
		"failed":        {started: &startResponse{"t1"}, state: "failed", want: &startResponse{"t1"}, wantErr: `failed with state "failed"`, polls: 1},
		"without task":  {started: &startResponse{}, want: &startResponse{}, wantErr: roa.ErrNoTask.Error()},
		"refused":       {err: refused, wantErr: "refused"},
		"partly failed": {started: &startResponse{"t1"}, err: refused, want: &startResponse{"t1"}, wantErr: "refused"},
		"nothing":       {wantErr: "nil"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			polls := 0
			call := func(context.Context, *startRequest, ...roa.CallOption) (*startResponse, error) {
				return tt.started, tt.err
			}
			poll := func(_ context.Context, in *pollRequest, _ ...roa.CallOption) (*pollResponse, error) {
				polls++
				assert.Equal(t, "t1", in.ID)
				return &pollResponse{tt.state}, nil
			}
			out, err := startTask.CallAndWait(t.Context(), call, poll, &startRequest{})
			assert.Equal(t, tt.want, out)
			assert.Equal(t, tt.polls, polls)
			if tt.wantErr == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, tt.wantErr)
		})
	}
}

// TestErrorsNameTheOperation has a task and a pager with a name.
func TestErrorsNameTheOperation(t *testing.T) {
	t.Parallel()
	named := startTask
	named.Name = "Start"
	call := func(context.Context, *startRequest, ...roa.CallOption) (*startResponse, error) {
		return &startResponse{}, nil
	}
	out, err := named.CallAndWait(t.Context(), call, nil, &startRequest{})
	require.ErrorIs(t, err, roa.ErrNoTask)
	require.EqualError(t, err, "Start: response names no task to wait for")
	assert.NotNil(t, out)

	_, err = startTask.CallAndWait(t.Context(), call, nil, &startRequest{})
	require.EqualError(t, err, "response names no task to wait for", "a task without a name")

	pager := roa.Pager[startRequest, startResponse, string]{Name: "ListStarts"}
	for _, err := range pager.All(t.Context(), call, &startRequest{}) {
		require.EqualError(t, err, "ListStarts: list pages: pager is incomplete")
	}
}

// TestCallAndWaitPassesOptions asks for progress, which only the wait can report.
func TestCallAndWaitPassesOptions(t *testing.T) {
	t.Parallel()
	var states []string
	call := func(context.Context, *startRequest, ...roa.CallOption) (*startResponse, error) {
		return &startResponse{"t1"}, nil
	}
	poll := func(context.Context, *pollRequest, ...roa.CallOption) (*pollResponse, error) {
		return &pollResponse{"done"}, nil
	}
	_, err := startTask.CallAndWait(t.Context(), call, poll, &startRequest{}, roa.WaitProgress(func(p roa.Progress) { states = append(states, p.State) }))
	require.NoError(t, err)
	assert.Equal(t, []string{"done"}, states)
}

// secretRequest starts a task of a service that says secrets back.
type secretRequest struct {
	Name string
	Body *secretBody
}

type secretBody struct {
	Password roa.Secret        `json:"password"`
	Free     map[string]any    `json:"free"`
	Raw      roa.JSON          `json:"raw"`
	Labels   map[string]string `json:"labels"`
	Channel  chan int          `json:"zzz,omitzero"` // that JSON does not have
}

// TestErrorsHoldNoSecretsOfTasks has a task whose failure quotes what is secret in the request that started it.
func TestErrorsHoldNoSecretsOfTasks(t *testing.T) {
	t.Parallel()
	password, free, raw := canary.Word("password"), canary.Word("free"), canary.Word("raw")
	for name, said := range map[string]roa.TaskFailure{
		"message": {Message: "The password " + password + " is too short.\n" + free + raw},
		"stage":   {Stage: "set " + password, Message: "Quotes: " + url.QueryEscape(free)},
		"code":    {Code: "Invalid." + password, Message: strings.ToUpper("a")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			task := roa.Task[secretRequest, startResponse, pollRequest, pollResponse]{
				ID: startTask.ID, Poll: startTask.Poll,
				Waiter: &roa.Waiter[pollRequest, pollResponse]{
					Name: "Task", State: startTask.Waiter.State, Success: []string{"done"}, Failure: []string{"failed " + password},
					Explain: func(*pollResponse) roa.TaskFailure { return said },
				},
			}
			call := func(context.Context, *secretRequest, ...roa.CallOption) (*startResponse, error) {
				return &startResponse{"t1"}, nil
			}
			poll := func(context.Context, *pollRequest, ...roa.CallOption) (*pollResponse, error) {
				return &pollResponse{"failed " + password}, nil
			}
			for _, channel := range []chan int{nil, make(chan int)} {
				in := &secretRequest{"n", &secretBody{
					Password: roa.Secret(password), Free: map[string]any{"secret_key": free}, Raw: roa.JSON(`{"password":"` + raw + `"}`), Channel: channel,
				}}
				out, err := task.CallAndWait(t.Context(), call, poll, in)
				assert.Equal(t, &startResponse{"t1"}, out)
				failed, ok := errors.AsType[*roa.TaskError](err)
				require.True(t, ok)
				assert.Contains(t, err.Error(), "[REDACTED]")
				secrets := []string{password, free, raw}
				if channel != nil { // the rest of the request is not known
					secrets = secrets[:1]
				}
				assert.Empty(t, canary.Find(canary.Print(err)+canary.Print(*failed), secrets...))
			}
		})
	}
}
