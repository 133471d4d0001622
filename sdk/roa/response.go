package roa

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"sync"
)

// ErrResponseTooLarge is the cause of errors about answers above the limit of
// [WithMaxResponseSize].
var ErrResponseTooLarge = errors.New("answer is too large")

const (
	// maxErrorBody is how much of an error's body is looked at.
	maxErrorBody = 64 << 10
	// maxPooledBuffer is the largest buffer that is kept for later answers.
	maxPooledBuffer = 1 << 20
	keyRequestID    = "X-Acs-Request-Id"
)

// receive turns an answer into a value or an error. Reading to the end lets the
// connection be used again.
func (c *Client) receive(ctx context.Context, msg *message, resp *http.Response, cred Credentials, out any, md *Metadata) error {
	buf := getBuffer()
	defer putBuffer(buf)
	if resp.StatusCode/100 != 2 {
		buf.readPrefix(resp.Body, maxErrorBody)
		msg.keepBody(buf.data)
		return newAPIError(&c.service, msg.op, resp, buf.data, cred)
	}
	if (out == nil || msg.op.Response == ResponseEmpty) && msg.capture == nil {
		// The operation succeeded whatever happens to a body nobody reads.
		buf.readPrefix(resp.Body, maxErrorBody)
		msg.keepBody(buf.data)
		fillMetadata(md, resp, buf.data)
		return nil
	}
	err := buf.read(resp.Body, resp.ContentLength, c.maxResponse)
	msg.keepBody(buf.data)
	if err != nil {
		return &readError{requestID: resp.Header.Get(keyRequestID), cause: contextError(ctx, err)}
	}
	if out == nil || msg.op.Response == ResponseEmpty {
		fillMetadata(md, resp, buf.data)
		return nil
	}
	dec := c.newDecoder()
	err = dec.bind(msg.op.Response, buf.data, out)
	c.reportDrifts(msg.op, dec, resp, buf.data)
	if err != nil {
		if decodeErr, ok := errors.AsType[*DecodeError](err); ok {
			fillMetadata(&decodeErr.Metadata, resp, buf.data)
		}
		return err
	}
	fillMetadata(md, resp, buf.data)
	return nil
}

// keepBody stores what was read of a body for the caller, and for a dump.
func (m *message) keepBody(body []byte) {
	if m.capture != nil {
		*m.capture = append([]byte{}, body...)
	}
	m.exchange.read(body)
}

// readError is a failure in the body of an answer that began well.
type readError struct {
	requestID string
	cause     error
}

func (e *readError) Error() string {
	return "read answer" + requestSuffix(e.requestID) + ": " + e.cause.Error()
}

func (e *readError) Unwrap() error { return e.cause }

// bind stores a body in out by its shape. An empty body leaves out as it is.
func (d decoder) bind(shape ResponseShape, body []byte, out any) error {
	switch raw, _ := out.(*[]byte); {
	case shape == ResponseText:
		return bindText(body, out)
	case shape == responseRaw && raw != nil:
		*raw = append([]byte{}, body...)
		return nil
	}
	if isBlank(body) {
		return nil
	}
	return d.decode(body, out)
}

// bindText stores plain text, or the value of a JSON string.
func bindText(body []byte, out any) error {
	text := string(body)
	if trimmed := bytes.TrimSpace(body); len(trimmed) > 1 && trimmed[0] == '"' && trimmed[len(trimmed)-1] == '"' {
		var decoded string
		// Text that only looks like a JSON string is kept as it is.
		if decodeStrict(trimmed, &decoded) == nil {
			text = decoded
		}
	}
	switch p := out.(type) {
	case *string:
		*p = text
	case *Secret:
		*p = Secret(text)
	default:
		rv := reflect.ValueOf(out)
		if rv.Kind() != reflect.Pointer || rv.IsNil() || rv.Elem().Kind() != reflect.String {
			return fmt.Errorf("cannot store text in a %T", out)
		}
		rv.Elem().SetString(text)
	}
	return nil
}

func isBlank(body []byte) bool {
	for _, c := range body {
		if c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}

func fillMetadata(md *Metadata, resp *http.Response, body []byte) {
	if md == nil {
		return
	}
	md.StatusCode, md.Header = resp.StatusCode, resp.Header
	md.RequestID = resp.Header.Get(keyRequestID)
	if trimmed := bytes.TrimSpace(body); md.RequestID == "" && len(trimmed) > 0 && trimmed[0] == '{' {
		md.RequestID = scanEnvelope(trimmed).requestID
	}
}

func requestSuffix(id string) string {
	if id == "" {
		return ""
	}
	return " (request " + oneLine(id, maxShownID) + ")"
}

// bodyBuffer reads bodies into memory that is used again.
type bodyBuffer struct{ data []byte }

var bufferPool sync.Pool

func getBuffer() *bodyBuffer {
	if b, ok := bufferPool.Get().(*bodyBuffer); ok {
		return b
	}
	return new(bodyBuffer)
}

// putBuffer gives a buffer back. Its content is wiped as answers hold secrets,
// and memory in a pool lives long.
func putBuffer(b *bodyBuffer) {
	if cap(b.data) > maxPooledBuffer {
		return
	}
	clear(b.data)
	b.data = b.data[:0]
	bufferPool.Put(b)
}

// read reads a body of at most limit bytes. A declared length is not trusted
// for more than a pooled buffer holds.
func (b *bodyBuffer) read(body io.Reader, declared, limit int64) error {
	if declared > limit {
		return fmt.Errorf("%w: it has %d bytes and the limit is %d", ErrResponseTooLarge, declared, limit)
	}
	// One byte more than declared, to see the end without growing.
	b.grow(min(declared+1, maxPooledBuffer))
	if err := b.readUpTo(body, limit+1); err != nil {
		return err
	}
	if int64(len(b.data)) > limit {
		return fmt.Errorf("%w: it has more than %d bytes", ErrResponseTooLarge, limit)
	}
	return nil
}

// readPrefix reads what there is of a body, up to a limit. A body that breaks off
// still tells more than the reason why it did.
func (b *bodyBuffer) readPrefix(body io.Reader, limit int64) { _ = b.readUpTo(body, limit) }

// readUpTo reads to the end or to maxLen bytes. It never reserves more memory
// than that.
func (b *bodyBuffer) readUpTo(body io.Reader, maxLen int64) error {
	for int64(len(b.data)) < maxLen {
		if len(b.data) == cap(b.data) {
			b.grow(min(maxLen, 2*int64(cap(b.data))+4096))
		}
		n, err := body.Read(b.data[len(b.data):min(int64(cap(b.data)), maxLen)])
		b.data = b.data[:len(b.data)+n]
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// grow makes room for size bytes in all.
func (b *bodyBuffer) grow(size int64) {
	if int64(cap(b.data)) >= size {
		return
	}
	data := make([]byte, len(b.data), size)
	copy(data, b.data)
	b.data = data
}

// htmlPage is what sniff calls a body that proxies and web servers send.
const htmlPage = "an HTML page"

// sniff names what a body is that should have been JSON.
func sniff(body []byte) string {
	head := strings.ToLower(string(body[:min(len(body), 256)]))
	head = strings.TrimLeft(strings.TrimPrefix(head, "\ufeff"), " \r\n\t")
	switch {
	case head == "":
		return "an empty body"
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"):
		return htmlPage
	case strings.HasPrefix(head, "<"):
		return "XML"
	case strings.HasPrefix(head, "{"), strings.HasPrefix(head, "["):
		return "JSON"
	default:
		return "plain text"
	}
}
