package roa

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type jobIn struct{ TaskID string }

type jobOut struct {
	State    string
	Stage    string
	Code     string
	Message  string
	Nodes    []jobNode
	Next     string
	Metadata Metadata
}

type jobNode struct{ State, ID string }

// The waiters of the tests, written like generated ones.
var (
	taskWaiter = Waiter[jobIn, jobOut]{
		Name:     "Task",
		State:    func(out *jobOut) string { return out.State },
		TaskID:   func(in *jobIn) string { return in.TaskID },
		Success:  []string{"success"},
		Failure:  []string{"fail", "failed", "3"},
		Pending:  []string{"running", "initial"},
		Delay:    10 * time.Second,
		MaxDelay: time.Minute,
		Explain: func(out *jobOut) TaskFailure {
			return TaskFailure{Stage: out.Stage, Code: out.Code, Message: out.Message}
		},
	}
	goneWaiter = Waiter[jobIn, jobOut]{
		Name:     "ClusterDeleted",
		State:    func(out *jobOut) string { return out.State },
		Failure:  []string{"delete_failed"},
		Pending:  []string{"deleting"},
		Gone:     []Code{"ErrorClusterNotFound", "ClusterNotFound"},
		Delay:    10 * time.Second,
		MaxDelay: time.Minute,
	}
	resultWaiter = Waiter[jobIn, jobOut]{
		Name:          "DiagnosisFinished",
		State:         func(out *jobOut) string { return out.State },
		Success:       []string{"over"},
		Pending:       []string{"running"},
		Result:        func(out *jobOut) string { return out.Code },
		FailedResults: []string{"1", "Broken"},
		Delay:         10 * time.Second,
		MaxDelay:      time.Minute,
		Explain:       func(out *jobOut) TaskFailure { return TaskFailure{Code: out.Code, Message: out.Message} },
	}
	nodesWaiter = Waiter[jobIn, jobOut]{
		Name: "NodesRunning",
		States: func(out *jobOut) []string {
			return TextsOf(out.Nodes, func(n *jobNode) string { return n.State })
		},
		Success:  []string{"running"},
		Failure:  []string{"failed"},
		Pending:  []string{"pending", "initial"},
		Delay:    10 * time.Second,
		MaxDelay: 30 * time.Second,
	}
)

// poll is one response of a jobServer: a state, or an error.
type poll any

// jobServer gives its answers one after the other, and then the last one for
// ever.
type jobServer struct {
	answers []poll
	calls   int
	times   []time.Time
	opts    [][]CallOption
}

func (s *jobServer) Get(_ context.Context, _ *jobIn, opts ...CallOption) (*jobOut, error) {
	s.calls++
	s.times = append(s.times, time.Now())
	s.opts = append(s.opts, opts)
	switch a := s.answers[min(s.calls, len(s.answers))-1].(type) {
	case error:
		return nil, a
	case *jobOut:
		return a, nil
	case []string:
		out := new(jobOut)
		for _, state := range a {
			out.Nodes = append(out.Nodes, jobNode{State: state})
		}
		return out, nil
	default:
		return &jobOut{State: fmt.Sprint(a), Metadata: Metadata{RequestID: fmt.Sprintf("R-%d", s.calls)}}, nil
	}
}

func apiError(status int, code string) *APIError {
	return &APIError{Service: "ack", Operation: "DescribeJob", StatusCode: status, Code: code, Attempts: 1}
}

func TestWaitSucceeds(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		waiter  *Waiter[jobIn, jobOut]
		answers []poll
		polls   int
		state   string // of the response
	}{
		"at once":                   {&taskWaiter, []poll{"success"}, 1, "success"},
		"later":                     {&taskWaiter, []poll{"initial", "running", "success"}, 3, "success"},
		"without case":              {&taskWaiter, []poll{"RUNNING", "Success"}, 2, "Success"},
		"result":                    {&resultWaiter, []poll{&jobOut{State: "running", Code: "1"}, &jobOut{State: "over", Code: "0"}}, 2, "over"},
		"unknown result":            {&resultWaiter, []poll{&jobOut{State: "over", Code: "2"}}, 1, "over"},
		"unknown states":            {&taskWaiter, []poll{"", "warming_up", "success"}, 3, "success"},
		"throttled":                 {&taskWaiter, []poll{apiError(400, "Throttling.User"), "success"}, 2, "success"},
		"passing statuses":          {&taskWaiter, []poll{apiError(408, ""), apiError(425, ""), apiError(499, ""), apiError(400, "SignatureNonceUsed"), "success"}, 5, "success"},
		"cut-off JSON":              {&taskWaiter, []poll{&DecodeError{cause: io.ErrUnexpectedEOF}, "success"}, 2, "success"},
		"server errors":             {&taskWaiter, []poll{apiError(503, ""), apiError(500, "InternalError"), "success"}, 3, "success"},
		"connection refused":        {&taskWaiter, []poll{fmt.Errorf("ack: %w", &net.OpError{Op: "dial", Err: errors.New("refused")}), "success"}, 2, "success"},
		"time limit of a call":      {&taskWaiter, []poll{fmt.Errorf("ack: %w", context.DeadlineExceeded), "success"}, 2, "success"},
		"cut-off response":          {&taskWaiter, []poll{fmt.Errorf("ack: read response: %w", io.ErrUnexpectedEOF), "success"}, 2, "success"},
		"reset after a refusal":     {&taskWaiter, []poll{&RetryError{Attempts: 2, Err: net.ErrClosed, Last: apiError(400, "InvalidTimeStamp.Expired")}, "success"}, 2, "success"},
		"too large, meanwhile":      {&taskWaiter, []poll{"running", fmt.Errorf("ack: %w", ErrResponseTooLarge), "success"}, 3, "success"},
		"credentials, meanwhile":    {&taskWaiter, []poll{"running", errors.New("ack: get credentials: no response"), "success"}, 3, "success"},
		"gone":                      {&goneWaiter, []poll{"deleting", apiError(404, "ErrorClusterNotFound")}, 2, "deleting"},
		"gone at once":              {&goneWaiter, []poll{apiError(400, "ClusterNotFound")}, 1, ""},
		"gone after a server error": {&goneWaiter, []poll{"running", apiError(500, ""), apiError(404, "errorclusternotfound")}, 3, "running"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				srv := &jobServer{answers: tt.answers}
				out, err := tt.waiter.Wait(t.Context(), srv.Get, &jobIn{})
				require.NoError(t, err)
				assert.Equal(t, tt.polls, srv.calls)
				assert.Equal(t, tt.state, out.State)
			})
		})
	}
}

func TestWaitStopsAtOnce(t *testing.T) {
	t.Parallel()
	unsent := errors.New("ack: DescribeJob: path parameter TaskId is empty")
	tests := map[string]struct {
		waiter  *Waiter[jobIn, jobOut]
		answers []poll
		is      error
		text    string
	}{
		"permission":           {&taskWaiter, []poll{apiError(403, "Forbidden.RAM")}, ErrForbidden, "wait for Task: ack: DescribeJob: 403 Forbidden.RAM: responded with an empty body after 0s and 1 poll"},
		"permission, later":    {&taskWaiter, []poll{"running", apiError(403, "Forbidden")}, ErrForbidden, ""},
		"permission, gone":     {&goneWaiter, []poll{apiError(403, "Forbidden")}, ErrForbidden, ""},
		"credentials":          {&taskWaiter, []poll{"running", apiError(400, "InvalidAccessKeyId.NotFound")}, ErrUnauthenticated, ""},
		"credentials, gone":    {&goneWaiter, []poll{apiError(404, "InvalidAccessKeyId.NotFound")}, ErrUnauthenticated, ""},
		"invalid":              {&taskWaiter, []poll{"running", apiError(400, "InvalidParameter")}, ErrInvalid, ""},
		"not found":            {&taskWaiter, []poll{"running", apiError(404, "TaskNotFound")}, ErrNotFound, ""},
		"conflict":             {&taskWaiter, []poll{apiError(409, "")}, ErrConflict, ""},
		"page of a proxy":      {&goneWaiter, []poll{&APIError{StatusCode: 404, Body: []byte("<html>")}}, nil, ""},
		"proxy asks":           {&taskWaiter, []poll{apiError(407, "X")}, nil, "wait for Task: ack: DescribeJob: 407 X (a proxy asked for credentials) after 0s and 1 poll"},
		"proxy refuses":        {&taskWaiter, []poll{&transportError{&proxyError{407}}}, nil, ""},
		"proxy, gone":          {&goneWaiter, []poll{"running", apiError(407, "ErrorClusterNotFound")}, nil, ""},
		"499 with a code":      {&taskWaiter, []poll{apiError(499, "Forbidden.RAM")}, ErrForbidden, ""},
		"redirect":             {&taskWaiter, []poll{"running", apiError(302, "")}, nil, ""},
		"unsent":               {&taskWaiter, []poll{unsent}, unsent, "wait for Task: " + unsent.Error() + " after 0s and 1 poll"},
		"untrusted server":     {&taskWaiter, []poll{fmt.Errorf("ack: %w", x509.UnknownAuthorityError{})}, nil, ""},
		"too large":            {&taskWaiter, []poll{fmt.Errorf("ack: %w", ErrResponseTooLarge)}, ErrResponseTooLarge, ""},
		"canceled by the call": {&taskWaiter, []poll{"running", context.Canceled}, context.Canceled, ""},
		"nil response":         {&taskWaiter, []poll{(*jobOut)(nil)}, errNilResponse, "wait for Task: response is nil after 0s and 1 poll"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				srv := &jobServer{answers: tt.answers}
				out, err := tt.waiter.Wait(t.Context(), srv.Get, &jobIn{}, WaitTimeout(time.Hour))
				require.Error(t, err)
				assert.Equal(t, len(tt.answers), srv.calls)
				assert.Equal(t, len(tt.answers) > 1, out != nil, "the last response comes with the error")
				if tt.is != nil {
					require.ErrorIs(t, err, tt.is)
				}
				require.NotErrorIs(t, err, ErrWaitTimeout)
				waitErr, ok := errors.AsType[*WaitError](err)
				require.True(t, ok)
				assert.Equal(t, tt.waiter.Name, waitErr.Waiter)
				assert.Equal(t, srv.calls, waitErr.Attempts)
				assert.NoError(t, waitErr.LastErr)
				_, isAPI := tt.answers[srv.calls-1].(*APIError)
				_, asAPI := errors.AsType[*APIError](err)
				assert.Equal(t, isAPI, asAPI)
				if tt.text != "" {
					assert.EqualError(t, err, strings.Replace(tt.text, ": responded with an empty body", "", 1))
				}
			})
		})
	}
}

func TestWaitFails(t *testing.T) {
	t.Parallel()
	failed := &jobOut{State: "FAILED", Stage: "DrainNodes", Code: "Timeout", Message: "node a\n is busy", Metadata: Metadata{RequestID: "R-9"}}
	for name, tt := range map[string]struct {
		waiter *Waiter[jobIn, jobOut]
		answer poll
		in     jobIn
		want   TaskError
		text   string
	}{
		"explained": {&taskWaiter, failed, jobIn{"T-1"},
			TaskError{Waiter: "Task", TaskID: "T-1", State: "FAILED", Stage: "DrainNodes", Code: "Timeout", Message: "node a\n is busy", RequestID: "R-9"},
			`wait for Task T-1: failed with state "FAILED" in stage DrainNodes: Timeout: node a is busy (request R-9)`},
		"number": {&taskWaiter, 3, jobIn{}, TaskError{Waiter: "Task", State: "3", RequestID: "R-2"},
			`wait for Task: failed with state "3" (request R-2)`},
		"result": {&resultWaiter, &jobOut{State: "over", Code: "1", Message: "no response"}, jobIn{},
			TaskError{Waiter: "DiagnosisFinished", State: "over", Code: "1", Message: "no response"},
			`wait for DiagnosisFinished: failed with state "over": 1: no response`},
		"result without case": {&resultWaiter, &jobOut{State: "OVER", Code: "broken"}, jobIn{},
			TaskError{Waiter: "DiagnosisFinished", State: "OVER", Code: "broken"},
			`wait for DiagnosisFinished: failed with state "OVER": broken`},
		"unexplained": {&goneWaiter, "delete_failed", jobIn{"T-1"}, TaskError{Waiter: "ClusterDeleted", State: "delete_failed", RequestID: "R-2"},
			`wait for ClusterDeleted: failed with state "delete_failed" (request R-2)`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				srv := &jobServer{answers: []poll{"running", tt.answer}}
				out, err := tt.waiter.Wait(t.Context(), srv.Get, &tt.in)
				require.EqualError(t, err, tt.text)
				assert.Equal(t, tt.want.State, out.State, "the response comes with the error")
				got, ok := errors.AsType[*TaskError](err)
				require.True(t, ok)
				tt.want.Attempts, tt.want.Elapsed = 2, time.Since(srv.times[0])
				assert.Equal(t, tt.want, *got)
				assert.GreaterOrEqual(t, got.Elapsed, 10*time.Second)
			})
		})
	}
}

func TestWaitTaskIDOfAnswer(t *testing.T) {
	t.Parallel()
	w := taskWaiter
	w.TaskID, w.Explain = nil, func(*jobOut) TaskFailure { return TaskFailure{TaskID: "T-2"} }
	_, err := w.Wait(t.Context(), (&jobServer{answers: []poll{"fail"}}).Get, &jobIn{})
	got, ok := errors.AsType[*TaskError](err)
	require.True(t, ok)
	assert.Equal(t, "T-2", got.TaskID)
}

func TestWaitDelays(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		opts         []WaitOption
		waiter       Waiter[jobIn, jobOut]
		first, upper time.Duration
	}{
		"of the waiter":    {nil, taskWaiter, 10 * time.Second, time.Minute},
		"of an option":     {[]WaitOption{WaitDelay(time.Second, 4*time.Second)}, taskWaiter, time.Second, 4 * time.Second},
		"fixed":            {[]WaitOption{WaitDelay(3*time.Second, 3*time.Second)}, taskWaiter, 3 * time.Second, 3 * time.Second},
		"maximum too low":  {[]WaitOption{WaitDelay(3*time.Minute, 0)}, taskWaiter, 3 * time.Minute, 3 * time.Minute},
		"kept by zero":     {[]WaitOption{nil, WaitDelay(0, -1)}, taskWaiter, 10 * time.Second, time.Minute},
		"waiter has none":  {nil, Waiter[jobIn, jobOut]{Name: "Any", State: taskWaiter.State}, 10 * time.Second, time.Minute},
		"nearly no growth": {[]WaitOption{WaitDelay(10, 11)}, taskWaiter, 10, 11},
		"very long":        {[]WaitOption{WaitDelay(time.Hour, 1<<63-1)}, taskWaiter, time.Hour, 1<<63 - 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				srv := &jobServer{answers: append(make([]poll, 20), apiError(403, ""))}
				start := time.Now()
				_, err := tt.waiter.Wait(t.Context(), srv.Get, &jobIn{}, tt.opts...)
				require.ErrorIs(t, err, ErrForbidden)
				require.Len(t, srv.times, 21)
				assert.Equal(t, start, srv.times[0], "the first poll does not wait")
				low, distinct := tt.first, map[time.Duration]bool{}
				for i := range 20 {
					d := srv.times[i+1].Sub(srv.times[i])
					distinct[d] = true
					assert.GreaterOrEqual(t, d, min(low, tt.upper/4*3), "delay %d", i)
					assert.LessOrEqual(t, d, tt.upper, "delay %d", i)
					if i == 0 {
						assert.LessOrEqual(t, d, tt.first+tt.first/2)
					}
					low = min(low+low/2, tt.upper/4*3)
				}
				if tt.upper > tt.first+time.Second {
					assert.Greater(t, len(distinct), 15, "delays must vary")
				}
			})
		})
	}
}

func TestWaitDelaysGrowFromNearlyNothing(t *testing.T) {
	t.Parallel()
	for _, initial := range []time.Duration{1, 2, 3} {
		synctest.Test(t, func(t *testing.T) {
			srv := &jobServer{answers: append(make([]poll, 80), apiError(403, ""))}
			_, err := taskWaiter.Wait(t.Context(), srv.Get, &jobIn{}, WaitDelay(initial, time.Second))
			require.ErrorIs(t, err, ErrForbidden)
			require.Len(t, srv.times, 81)
			assert.GreaterOrEqual(t, srv.times[80].Sub(srv.times[79]), 750*time.Millisecond, "the service must not be polled without a pause")
		})
	}
}

func TestWaitProgress(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		busy := apiError(503, "")
		srv := &jobServer{answers: []poll{busy, "running", "odd", busy, "success"}}
		var got []Progress
		_, err := taskWaiter.Wait(t.Context(), srv.Get, &jobIn{"T-1"}, WaitDelay(time.Second, time.Second),
			WaitProgress(func(p Progress) { got = append(got, p) }),
			WaitCallOptions(CallTimeout(time.Second)), WaitCallOptions(CallQuery("a", "1")))
		require.NoError(t, err)
		p := Progress{Waiter: "Task", TaskID: "T-1"}
		step := func(state string, known bool, err error, next time.Duration) Progress {
			p.Attempt++
			p.Elapsed = time.Duration(p.Attempt-1) * time.Second
			p.State, p.Known, p.Err, p.Next = state, known, err, next
			return p
		}
		assert.Equal(t, []Progress{
			step("", false, busy, time.Second),
			step("running", true, nil, time.Second),
			step("odd", false, nil, time.Second),
			step("odd", false, busy, time.Second),
			step("success", true, nil, 0),
		}, got)
		for _, opts := range srv.opts {
			assert.Equal(t, []CallOption{CallTimeout(time.Second), CallQuery("a", "1")}, opts)
		}
	})
}

// The last poll is reported however the wait ends.
func TestWaitProgressOfLastPoll(t *testing.T) {
	t.Parallel()
	gone, denied := apiError(404, "ClusterNotFound"), apiError(403, "")
	for name, tt := range map[string]struct {
		answer poll
		want   Progress
	}{
		"failed":  {"delete_failed", Progress{State: "delete_failed", Known: true}},
		"gone":    {gone, Progress{Known: true}},
		"refused": {denied, Progress{State: "deleting", Known: true, Err: denied}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var last Progress
				srv := &jobServer{answers: []poll{"deleting", tt.answer}}
				_, _ = goneWaiter.Wait(t.Context(), srv.Get, &jobIn{}, WaitProgress(func(p Progress) { last = p }))
				tt.want.Waiter, tt.want.Attempt, tt.want.Elapsed = "ClusterDeleted", 2, time.Since(srv.times[0])
				assert.Equal(t, tt.want, last)
			})
		})
	}
}
