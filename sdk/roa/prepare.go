package roa

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// preparedRequest is a request that is ready to be signed. It is the same in every
// attempt of a call.
type preparedRequest struct {
	op          *Operation
	req         *Request
	opts        []CallOption
	scheme      string
	host        string
	escapedPath string // as signed and sent
	path        string // the same before escaping, for net/url
	query       []QueryParam
	rawQuery    string // as signed and sent
	body        []byte
	hasBody     bool
	source      bodySource // the body, in place of body
	size        int64      // and what is known of it
	hash        string
	reply       *ReadCloser // where the body of the response goes, unread
	header      []headerPair
	timeout     time.Duration // of the whole call; zero and less mean none
	retry       RetryPolicy   // nil: one attempt
	capture     *[]byte
	exchange    *exchange // nil: nothing is dumped
}

// prepare does what is done once per call.
func (c *Client) prepare(req *Request, out any, opts []CallOption) (p preparedRequest, err error) {
	// Validation goes first: it tells everything that is wrong.
	if c.validate != nil && !skipsValidation(opts) {
		if err := c.validate(req.op, req.in); err != nil {
			return p, err
		}
	}
	if req.err != nil {
		return p, req.err
	}
	call, err := applyCallOptions(req, opts)
	if err != nil {
		return p, err
	}
	p = preparedRequest{
		op: req.op, req: req, opts: opts, scheme: c.scheme, host: c.host, query: req.query, body: req.body, hasBody: req.hasBody,
		header: append(req.header, call.header...), timeout: call.timeout, retry: call.policy(c.retry), capture: call.capture,
	}
	if req.op.Endpoint != "" {
		if p.scheme, p.host, err = c.route.resolveOwn(req.op.Endpoint); err != nil {
			return p, err
		}
	}
	if err := p.streams(out); err != nil {
		return p, err
	}
	if req.form != nil && req.hasBody {
		if p.body, err = req.form(req.body); err != nil {
			return p, err
		}
	}
	if p.escapedPath, p.path, err = expandPath(req.op.Path, req.path); err != nil {
		return p, err
	}
	sortQuery(p.query)
	if len(p.query) > 0 {
		var arr [512]byte
		p.rawQuery = string(appendQuery(arr[:0], p.query))
	}
	if c.dump != nil {
		p.exchange = &exchange{req: req, opts: opts, out: out}
	}
	return p, nil
}

// limit returns the context of the call with its timeout.
func (p *preparedRequest) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	if p.timeout <= 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, p.timeout)
}

// contentType returns the media type of the body.
func (p *preparedRequest) contentType() string {
	switch {
	case p.op.ContentType != "" && !strings.Contains(p.op.ContentType, "*"):
		return p.op.ContentType
	case p.req.form != nil:
		return "application/x-www-form-urlencoded"
	case p.source != nil:
		return "application/octet-stream"
	default:
		return "application/json; charset=utf-8"
	}
}

// streams sets what bodies that are not in memory need.
func (p *preparedRequest) streams(out any) error {
	if p.op.Response == ResponseStream && out != nil {
		if p.reply, _ = out.(*ReadCloser); p.reply == nil {
			return fmt.Errorf("cannot store a stream in a %T", out)
		}
	}
	p.source = p.req.stream
	isSet := slices.ContainsFunc(p.header, func(h headerPair) bool { return h.name == keyContentType })
	if p.source != nil && !isSet && strings.HasPrefix(p.op.ContentType, "multipart/") && !strings.Contains(p.op.ContentType, "boundary=") {
		return errors.New(`body has parts and nothing says what separates them: set Content-Type by CallHeader, as with FormDataContentType of package mime/multipart`)
	}
	return nil
}

// load reads a body that is not in memory, for the signature.
func (p *preparedRequest) load(ctx context.Context) (err error) {
	if p.source != nil && ctx.Err() == nil {
		p.size, p.hash, err = p.source.load(ctx)
	}
	return err
}

// attachBody gives a request its body.
func (p *preparedRequest) attachBody(hreq *http.Request) (err error) {
	switch {
	case !p.hasBody:
		return nil
	case p.source == nil:
		hreq.ContentLength = int64(len(p.body))
		hreq.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(p.body)), nil }
	default:
		hreq.ContentLength, hreq.GetBody = p.size, p.source.open
	}
	if hreq.ContentLength == 0 {
		hreq.GetBody = func() (io.ReadCloser, error) { return http.NoBody, nil }
	}
	hreq.Body, err = hreq.GetBody()
	return err
}
