package roa

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What a call may take from a server that means harm.
const (
	hostileLimit  = 256 << 10                                       // of a response
	hostileWire   = maxErrorBody + 6*maxResponseHeader + 64<<10     // bytes from the network for each request
	hostileMemory = maxExpansion*hostileLimit + 8*maxResponseHeader // bytes that are allocated for each request, freed ones included
	hostileTime   = 10 * time.Minute                                // of each call, as the context says
)

// hostileShape is one way to use a response, with a body that fits.
type hostileShape struct {
	name string
	fit  string
	call func(ctx context.Context, c *Client) error
}

func hostileShapes() []hostileShape {
	decoded := func(op Operation, out func() any, always ...string) func(context.Context, *Client) error {
		op.Always = always
		return func(ctx context.Context, c *Client) error {
			req := NewRequest(&op, nil)
			if strings.Contains(op.Path, "{ThingId}") {
				req.Path("ThingId", "t1")
			}
			if op.Method == http.MethodPost {
				req.Body(&thing{ID: "x", Password: "CANARY-password"})
			}
			return c.Do(ctx, req, out(), new(Metadata), nil)
		}
	}
	const object = `{"id":"x","count":1,"size":1,"created":"2026-01-02T03:04:05Z","main":{},"parts":[{}]}`
	return []hostileShape{
		{"object", object, decoded(opGet, func() any { return new(thing) }, "id")},
		{"unsafe", object, decoded(opCreate, func() any { return new(thing) }, "id")},
		{"list", `[{"id":"x"}]`, decoded(opList, func() any { return new([]thing) }, "")},
		{"map", `{"a":{"id":"x"}}`, decoded(opMap, func() any { return new(map[string]thing) }, "")},
		{"text", `echo hi`, decoded(opText, func() any { return new(Secret) }, "")},
		{"empty", ``, decoded(opDelete, func() any { return nil })},
		{"raw", `any`, func(ctx context.Context, c *Client) error {
			_, err := c.Call(ctx, RawRequest{Operation: "Any", Method: http.MethodGet, Path: "/any"})
			return err
		}},
		{"stream", `bytes`, readHostileStream},
		{"pages", `{"items":[{"name":"a"}]}`, func(ctx context.Context, c *Client) error {
			_, err := collect(hostilePager.All(ctx, hostilePages(c), new(pageIn)))
			return err
		}},
		{"wait", `{"state":"success"}`, func(ctx context.Context, c *Client) error {
			_, err := hostileWaiter.Wait(ctx, hostileJob(c), new(jobIn), WaitTimeout(time.Minute))
			return err
		}},
		{"deleted", `{"state":"deleting"}`, func(ctx context.Context, c *Client) error {
			_, err := hostileGone.Wait(ctx, hostileJob(c), new(jobIn), WaitTimeout(time.Minute))
			return err
		}},
	}
}

// readHostileStream reads as much of a stream as the program wants, and closes it.
func readHostileStream(ctx context.Context, c *Client) error {
	body, _, err := download(ctx, c)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, io.LimitReader(body, hostileLimit))
	_ = body.Close()
	return err
}

// hostileExchange is a request that a server got, and what is written in response.
type hostileExchange struct {
	io.Writer

	reader  io.Reader
	request *http.Request
	body    string // of the request
	fit     string // a body for the response that the call could use
}

// say writes text until the client has gone.
func (x *hostileExchange) say(text string) { _, _ = io.WriteString(x, text) }

// ok responds with a body of known length.
func (x *hostileExchange) ok(body string) { x.status("200 OK", "", body) }

// status responds with any status; the header fields end with a line break each.
func (x *hostileExchange) status(status, header, body string) {
	x.say(fmt.Sprintf("HTTP/1.1 %s\r\n%sContent-Length: %d\r\n\r\n%s", status, header, len(body), body))
}

// forever writes a start, and then the same far above all limits.
func (x *hostileExchange) forever(start, more string) {
	const enough = 64 << 20
	more = strings.Repeat(more, 1+(16<<10)/len(more)) // fewer writes
	_, err := io.WriteString(x, start)
	for n := 0; err == nil && n < enough; n += len(more) {
		_, err = io.WriteString(x, more)
	}
}

// silence waits for the client to go.
func (x *hostileExchange) silence() { _, _ = io.Copy(io.Discard, x.reader) }

// drip writes a start and then single bytes, for much longer than a call may take.
func (x *hostileExchange) drip(start string) {
	const pause = 30 * time.Second
	_, err := io.WriteString(x, start)
	for n := time.Duration(0); err == nil && n < 10*hostileTime; n += pause {
		_ = sleep(context.Background(), pause)
		_, err = io.WriteString(x, " ")
	}
}

// hostileResult is what became of a call.
type hostileResult struct {
	err      error
	requests int
	cookies  int   // requests with one
	read     int64 // bytes
	memory   int64 // bytes allocated, by the server, too
	took     time.Duration
}

// countedConn counts what is read.
type countedConn struct {
	net.Conn

	read *atomic.Int64
}

func (c countedConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.read.Add(int64(n))
	return n, err
}

// callHostile makes one call in fake time, where nothing but the server and the client runs.
// The test does not end before all goroutines have.
func callHostile(t *testing.T, shape hostileShape, write func(*hostileExchange)) (res hostileResult) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var read, requests, cookies atomic.Int64 // servers of several connections count
		serve := func(conn net.Conn) {
			defer func() { _ = conn.Close() }()
			req, err := http.ReadRequest(bufio.NewReader(conn))
			if err != nil {
				return
			}
			body, _ := io.ReadAll(req.Body)
			requests.Add(1)
			cookies.Add(int64(len(req.Cookies())))
			write(&hostileExchange{conn, conn, req, string(body), shape.fit})
		}
		c, err := NewClient(&fixtureService, WithEndpoint("http://cs.example.com"), WithPlainHTTP(), WithMaxResponseSize(hostileLimit),
			WithCredentials(StaticCredentials(testKeyID, testSecret, testToken)))
		require.NoError(t, err)
		transport := baseTransport(t, c.http)
		transport.Proxy = nil
		transport.DialContext = limitConnecting(func(context.Context, string, string) (net.Conn, error) {
			near, far := net.Pipe()
			go serve(far)
			return countedConn{near, &read}, nil
		}, DefaultConnectTimeout)
		ctx, cancel := context.WithTimeout(t.Context(), hostileTime)
		defer cancel()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		res.err = shape.call(ctx, c)
		res.took = time.Since(start)
		c.CloseIdleConnections()
		_ = sleep(t.Context(), 20*hostileTime) // the other side sees the end, too
		runtime.ReadMemStats(&after)
		res.memory = int64(after.TotalAlloc - before.TotalAlloc) //nolint:gosec // no test allocates that much
		res.read, res.requests, res.cookies = read.Load(), int(requests.Load()), int(cookies.Load())
	})
	return res
}

// checkHostile holds for every server and every shape.
func checkHostile(t *testing.T, shape hostileShape, res hostileResult) {
	t.Helper()
	assert.LessOrEqual(t, res.took, hostileTime)
	assert.LessOrEqual(t, res.read, int64(max(res.requests, 1)*hostileWire))
	assert.LessOrEqual(t, res.memory, int64(max(res.requests, 1)*hostileMemory))
	assert.Zero(t, res.cookies)
	apiErr, _ := errors.AsType[*APIError](res.err)
	refused := errors.Is(res.err, ErrThrottled) || apiErr != nil && apiErr.clock()
	if shape.name == "unsafe" && !refused {
		assert.Equal(t, 1, res.requests, "what may have been done is not sent again")
	}
	if res.err == nil {
		return
	}
	checkHidden(t, res.err)
	assertPrintable(t, res.err.Error())
}

// assertPrintable looks for what would change a terminal.
func assertPrintable(t *testing.T, text string) {
	t.Helper()
	for _, r := range text {
		if !unicode.IsPrint(r) {
			t.Errorf("the text holds the character %q", r)
			return
		}
	}
}

// cell describes a result in the table. How often a wait asks until its time is over is not
// always the same.
func (r hostileResult) cell() string {
	class := ErrorClass(r.err)
	if r.err == nil {
		class = "ok"
	}
	_, waited := errors.AsType[*WaitError](r.err)
	if r.requests == 1 || waited {
		return class
	}
	return fmt.Sprintf("%s %d", class, r.requests)
}

const hostileFile = "testdata/hostile.txt"

// TestHostileServer lets every shape of response come from every server that means harm. The
// class of each error, and the number of requests if it is not one, stand in
// testdata/hostile.txt.
func TestHostileServer(t *testing.T) { //nolint:paralleltest // measures allocations of the process
	shapes := hostileShapes()
	table := [][]string{{"server"}}
	for _, shape := range shapes {
		table[0] = append(table[0], shape.name)
	}
	for _, server := range hostileServers() { //nolint:paralleltest // see above
		row := []string{server.name}
		for _, shape := range shapes {
			t.Run(server.name+"/"+shape.name, func(t *testing.T) {
				res := callHostile(t, shape, server.write)
				checkHostile(t, shape, res)
				row = append(row, res.cell())
			})
		}
		table = append(table, row)
	}
	checkTable(t, table)
}

// checkTable compares a table with the file, or writes it with -update.
func checkTable(t *testing.T, table [][]string) {
	t.Helper()
	widths := make([]int, len(table[0]))
	for _, row := range table {
		require.Len(t, row, len(widths), "run the whole test")
		for i, cell := range row {
			widths[i] = max(widths[i], len(cell))
		}
	}
	var text strings.Builder
	for _, row := range table {
		var line strings.Builder
		for i, cell := range row {
			_, _ = fmt.Fprintf(&line, "%-*s", widths[i]+2, cell)
		}
		text.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	if *update {
		require.NoError(t, os.WriteFile(hostileFile, []byte(text.String()), 0o600))
		return
	}
	want, err := os.ReadFile(hostileFile)
	require.NoError(t, err)
	checkLines(t, string(want), text.String())
}
