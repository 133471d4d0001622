package roa

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hostilePage is a page of a list.
type hostilePage struct {
	Items []part `json:"items,omitzero"`
	Next  string `json:"next,omitzero"`
	Total int64  `json:"total,omitzero"`
}

// hostileState is what a wait looks at.
type hostileState struct {
	State   string `json:"state,omitzero"`
	Code    string `json:"code,omitzero"`
	Message string `json:"message,omitzero"`
}

var (
	opPages = Operation{Name: "ListParts", Method: "GET", Path: "/parts", Response: ResponseObject, Retry: RetryIdempotent, Always: []string{"items"}}
	opJob   = Operation{Name: "DescribeJob", Method: "GET", Path: "/job", Response: ResponseObject, Retry: RetryIdempotent, Always: []string{"state"}}

	hostilePager = Pager[pageIn, hostilePage, part]{
		Name:  "ListParts",
		Items: func(out *hostilePage) []part { return out.Items },
		Token: func(in *pageIn) **string { return &in.Token },
		Next:  func(out *hostilePage) string { return out.Next },
	}
	hostileNumbers = Pager[pageIn, hostilePage, part]{
		Name:  "ListParts",
		Items: func(out *hostilePage) []part { return out.Items },
		Page:  func(in *pageIn) NumberField { return Number(&in.Page) },
		Total: func(out *hostilePage) int64 { return out.Total },
	}
	hostileWaiter = Waiter[jobIn, hostileState]{
		Name: "Job", State: func(out *hostileState) string { return out.State },
		Success: []string{"success"}, Failure: []string{"failed"}, Pending: []string{"running"},
		Delay: 10 * time.Second, MaxDelay: time.Minute,
		Explain: func(out *hostileState) TaskFailure { return TaskFailure{Code: out.Code, Message: out.Message} },
	}
	hostileGone = Waiter[jobIn, hostileState]{
		Name: "JobDeleted", State: func(out *hostileState) string { return out.State },
		Pending: []string{"deleting"}, Gone: []Code{"ErrorJobNotFound"}, Delay: 10 * time.Second, MaxDelay: time.Minute,
	}
)

// hostilePages is the method of a client that lists.
func hostilePages(c *Client) OperationFunc[pageIn, hostilePage] {
	return func(ctx context.Context, in *pageIn, opts ...CallOption) (*hostilePage, error) {
		req := NewRequest(&opPages, nil)
		if in.Token != nil {
			req.Query("token", *in.Token)
		}
		req.Query("page", in.Page)
		out := new(hostilePage)
		if err := c.Do(ctx, req, out, nil, opts); err != nil {
			return nil, err
		}
		return out, nil
	}
}

// hostileJob is the method of a client that a wait calls.
func hostileJob(c *Client) OperationFunc[jobIn, hostileState] {
	return func(ctx context.Context, _ *jobIn, opts ...CallOption) (*hostileState, error) {
		out := new(hostileState)
		if err := c.Do(ctx, NewRequest(&opJob, nil), out, nil, opts); err != nil {
			return nil, err
		}
		return out, nil
	}
}

// TestHostileServerLists has lists that do not end by themselves. Those that send what they sent
// before, or nothing, end with an error; one that has new items for ever ends with the context.
func TestHostileServerLists(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		numbers  bool
		respond  func(n int) string
		requests int
		class    string
	}{
		"one token":             {false, func(n int) string { return fmt.Sprintf(`{"items":[{"num":%d}],"next":"t"}`, n) }, 2, "other"},
		"tokens in a circle":    {false, func(n int) string { return fmt.Sprintf(`{"items":[{"num":%d}],"next":"t%d"}`, n, n%7) }, 8, "other"},
		"the same items":        {false, func(n int) string { return fmt.Sprintf(`{"items":[{"num":1}],"next":"t%d"}`, n) }, 2, "other"},
		"no items":              {false, func(n int) string { return fmt.Sprintf(`{"items":[],"next":"t%d"}`, n) }, maxEmptyPages, "other"},
		"new items for ever":    {false, func(n int) string { return fmt.Sprintf(`{"items":[{"num":%d}],"next":"t%d"}`, n, n) }, 600, "timeout"},
		"pages in a circle":     {true, func(n int) string { return fmt.Sprintf(`{"items":[{"num":%d}],"total":%d}`, n%7, 1<<60) }, 8, "other"},
		"one page":              {true, func(int) string { return fmt.Sprintf(`{"items":[{"num":1}],"total":%d}`, 1<<60) }, 2, "other"},
		"total that shrinks":    {true, func(n int) string { return fmt.Sprintf(`{"items":[{"num":%d}],"total":%d}`, n, 3-n) }, 2, ""},
		"total below zero":      {true, func(n int) string { return fmt.Sprintf(`{"items":[{"num":%d}],"total":-5}`, n) }, 600, "timeout"},
		"nothing, of very much": {true, func(n int) string { return fmt.Sprintf(`{"items":[],"total":%d}`, 1<<60) }, 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pager := &hostilePager
			if tt.numbers {
				pager = &hostileNumbers
			}
			n := 0
			res := callHostile(t, hostileShape{name, "", func(ctx context.Context, c *Client) error {
				_, err := collect(pager.All(ctx, hostilePages(c), new(pageIn)))
				return err
			}}, func(x *hostileExchange) {
				n++
				_ = sleep(x.request.Context(), time.Second)
				x.ok(tt.respond(n))
			})
			assert.Equal(t, tt.class, ErrorClass(res.err), "%v", res.err)
			assert.Equal(t, tt.requests, res.requests)
			if tt.class == "other" {
				require.ErrorIs(t, res.err, ErrRepeatedPage)
			}
		})
	}
}

// TestHostileServerWaits has states that never come to an end, and a deletion that something on
// the way seems to confirm.
func TestHostileServerWaits(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		waiter *Waiter[jobIn, hostileState]
		status string
		body   string
		err    bool
	}{
		"running for ever":        {&hostileWaiter, "200 OK", `{"state":"running"}`, true},
		"state that nobody knows": {&hostileWaiter, "200 OK", `{"state":"\u001b[2Jbogus\n"}`, true},
		"state of 200 KB":         {&hostileWaiter, "200 OK", `{"state":"` + longText + `"}`, true},
		"failed, at length":       {&hostileWaiter, "200 OK", `{"state":"failed","code":"` + longText + `","message":"a\u001b[2Jb"}`, true},
		"404 of a web server":     {&hostileGone, "404 Not Found", "404 page not found\n", true},
		"404 of an API gateway":   {&hostileGone, "404 Not Found", `{"message":"no Route matched"}`, true},
		"404 of another thing":    {&hostileGone, "404 Not Found", `{"code":"InvalidRegionId.NotFound"}`, true},
		"empty 404":               {&hostileGone, "404 Not Found", "", true},
		"404 of a portal":         {&hostileGone, "404 Not Found", "<html>ErrorJobNotFound</html>", true},
		"empty 200":               {&hostileGone, "200 OK", "", true},
		"410":                     {&hostileGone, "410 Gone", "", true},
		"404 of the service":      {&hostileGone, "404 Not Found", `{"code":"ErrorJobNotFound"}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			res := callHostile(t, hostileShape{name, "", func(ctx context.Context, c *Client) error {
				_, err := tt.waiter.Wait(ctx, hostileJob(c), new(jobIn), WaitTimeout(5*time.Minute))
				return err
			}}, func(x *hostileExchange) { x.status(tt.status, "", tt.body) })
			assert.Equal(t, tt.err, res.err != nil, "%v", res.err)
			assert.LessOrEqual(t, res.took, 5*time.Minute)
			if res.err != nil {
				checkHidden(t, res.err)
				assertPrintable(t, res.err.Error())
			}
		})
	}
}

// longText is more than a line should show.
var longText = strings.Repeat("x", 200<<10)

// TestHostileServerRedirects has redirects that would take the signature, or the body, to another
// place. Nothing but the one connection is made.
func TestHostileServerRedirects(t *testing.T) {
	t.Parallel()
	for _, status := range []int{300, 301, 302, 303, 304, 305, 307, 308, 399} {
		for _, location := range []string{
			"http://cs.example.com/job", "http://attacker.example.com/", "//attacker.example.com/x", "/job", "https://user:pw@cs.example.com/",
			"file:///etc/passwd", "javascript:1", "http://[::1", "\x1b]8;;x", "http://127.0.0.1:1/" + testToken,
		} {
			for _, shape := range hostileShapes() {
				if shape.name != "object" && shape.name != "unsafe" && shape.name != "stream" {
					continue
				}
				res := callHostile(t, shape, func(x *hostileExchange) {
					assert.Equal(t, "cs.example.com", x.request.Host)
					x.status(fmt.Sprint(status, " X"), "Location: "+location+"\r\n", "")
				})
				require.Error(t, res.err)
				assert.Contains(t, []string{"status", "connection"}, ErrorClass(res.err), "%d %q: %v", status, location, res.err)
				assert.LessOrEqual(t, res.requests, 3)
				if shape.name == "unsafe" {
					assert.Equal(t, 1, res.requests)
				}
				checkHidden(t, res.err)
				assertPrintable(t, res.err.Error())
			}
		}
	}
}
