package roa

import (
	"context"
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
	case p.op.ContentType != "":
		return p.op.ContentType
	case p.req.form != nil:
		return "application/x-www-form-urlencoded"
	default:
		return "application/json; charset=utf-8"
	}
}
