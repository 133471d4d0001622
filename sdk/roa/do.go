package roa

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Do sends a request and stores the answer in out, a pointer to the value that
// the operation's shape asks for; nil ignores the body. md, unless nil, receives
// the metadata of a successful answer. Do sends nothing when the request has
// an error or the context has ended.
func (c *Client) Do(ctx context.Context, req *Request, out any, md *Metadata, opts []CallOption) error {
	if req == nil {
		return errors.New(c.service.Name + ": request is nil")
	}
	if err := c.do(ctx, req, out, md, opts); err != nil {
		return c.opError(req.op, err)
	}
	return nil
}

func (c *Client) do(ctx context.Context, req *Request, out any, md *Metadata, opts []CallOption) error {
	if ctx == nil {
		return errors.New("context is nil")
	}
	// Validation goes first: it tells everything that is wrong.
	if err := c.checkInput(req, opts); err != nil {
		return err
	}
	if req.err != nil {
		return req.err
	}
	call, err := applyCallOptions(req, opts)
	if err != nil {
		return err
	}
	msg := message{op: req.op, query: req.query, body: req.body, hasBody: req.hasBody, header: call.header}
	if msg.escapedPath, msg.path, err = expandPath(req.op.Path, req.path); err != nil {
		return err
	}
	sortQuery(msg.query)
	if len(msg.query) > 0 {
		var arr [512]byte
		msg.rawQuery = string(appendQuery(arr[:0], msg.query))
	}
	if call.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, call.timeout)
		defer cancel()
	}
	msg.capture = call.capture
	msg.retry = call.policy(c.retry)
	if c.dump != nil {
		msg.exchange = &exchange{req: req, opts: opts, out: out}
	}
	return c.send(ctx, &msg, out, md)
}

// message is a request that is ready to be signed. It is the same in every
// attempt of a call.
type message struct {
	op          *Operation
	escapedPath string // as signed and sent
	path        string // the same before escaping, for net/url
	query       []QueryParam
	rawQuery    string // as signed and sent
	body        []byte
	hasBody     bool
	header      []headerPair
	retry       RetryPolicy // nil: one attempt
	capture     *[]byte
	exchange    *exchange // nil: nothing is dumped
}

// httpRequest makes the signed request. Path and query are set in the very form
// that was signed.
func (c *Client) httpRequest(ctx context.Context, msg *message, cred Credentials, now time.Time) *http.Request {
	const baseFields = 16
	fields := newHeaderFields(nil, baseFields+len(msg.header))
	fields.set("Accept", "application/json")
	fields.set("User-Agent", c.userAgent)
	fields.set(keyAcsAction, msg.op.Name)
	fields.set(keyAcsVersion, c.service.Version)
	if c.route.region != "" {
		fields.set(keyAcsRegionID, c.route.region)
	}
	if msg.hasBody {
		fields.set("Content-Type", "application/json; charset=utf-8")
	}
	for _, h := range msg.header {
		fields.set(h.name, h.value)
	}
	signRequest(c.signature, &SignInput{
		Method:      msg.op.Method,
		EscapedPath: msg.escapedPath,
		Host:        c.host,
		Body:        msg.body,
		Time:        now,
		Nonce:       c.nonce(),
	}, msg.query, msg.rawQuery, cred, fields, nil)

	hreq := c.template.WithContext(ctx)
	hreq.Method = msg.op.Method
	hreq.URL = &url.URL{Scheme: c.scheme, Host: c.host, Path: msg.path, RawPath: msg.escapedPath, RawQuery: msg.rawQuery}
	hreq.Header = fields.header
	if msg.hasBody {
		hreq.ContentLength = int64(len(msg.body))
		hreq.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(msg.body)), nil }
		hreq.Body, _ = hreq.GetBody()
	}
	return hreq
}

// withoutURL removes what net/http puts around an error: its text holds the URL,
// and with it the query.
func withoutURL(err error) error {
	for {
		wrapped, ok := err.(*url.Error) //nolint:errorlint // peels one layer at a time
		if !ok || wrapped.Err == nil {
			return err
		}
		err = wrapped.Err
	}
}
