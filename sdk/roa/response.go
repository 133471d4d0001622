package roa

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
)

// receive turns a response into a value or an error. Reading to the end lets the
// connection be used again.
func (c *Client) receive(ctx context.Context, p *preparedRequest, resp *http.Response, cred Credentials, out any, md *Metadata) error {
	buf := getBuffer()
	defer putBuffer(buf)
	if resp.StatusCode/100 != 2 {
		if resp.StatusCode != http.StatusSwitchingProtocols {
			buf.readPrefix(resp.Body, maxErrorBody)
		} // else it would be what follows on the connection, and no context would end that
		p.keepBody(buf.data)
		return newAPIError(&c.service, p.op, resp, buf.data, p.secrets(cred))
	}
	if (out == nil || p.op.Response == ResponseEmpty) && p.capture == nil {
		// The operation succeeded whatever happens to a body nobody reads.
		buf.readPrefix(resp.Body, maxErrorBody)
		p.keepBody(buf.data)
		p.fillMetadata(md, resp, buf.data, cred)
		return nil
	}
	err := buf.read(resp.Body, resp.ContentLength, c.maxResponse)
	p.keepBody(buf.data)
	if err != nil {
		return &readError{requestID: resp.Header.Get(keyRequestID), cause: contextError(ctx, err)}
	}
	if out == nil || p.op.Response == ResponseEmpty {
		p.fillMetadata(md, resp, buf.data, cred)
		return nil
	}
	return c.decode(p, resp, cred, buf.data, out, md)
}

// decode stores the body of a response in out, and tells where it is not as declared.
func (c *Client) decode(p *preparedRequest, resp *http.Response, cred Credentials, body []byte, out any, md *Metadata) error {
	op := p.op
	if op.Response != responseRaw {
		body = withoutMark(body)
	}
	dec := decoder{always: op.Always, needed: op.Needed, room: c.maxResponse}
	if c.newDrifts != nil {
		dec.drifts = c.newDrifts()
	}
	lost, err := dec.bind(op, body, out)
	if dec.drifts != nil {
		dec.drifts.report(op.Name, p.requestIDIn(resp, body, cred), func() *masker { return p.secrets(cred) })
	}
	if err == nil {
		p.fillMetadata(md, resp, body, cred)
		if md != nil {
			md.Lost = lost
		}
		return nil
	}
	if errors.Is(err, ErrResponseTooLarge) {
		return &readError{requestID: p.requestIDIn(resp, body, cred), cause: err}
	}
	if decodeErr, ok := errors.AsType[*DecodeError](err); ok {
		p.fillMetadata(&decodeErr.Metadata, resp, body, cred)
	}
	return err
}

// keepBody stores what was read of a body for the caller, and for a dump.
func (p *preparedRequest) keepBody(body []byte) {
	if p.capture != nil {
		*p.capture = append([]byte{}, body...)
	}
	p.exchange.read(body)
}

// bind stores a body in out by its shape. A body that says nothing leaves out as it
// is, unless the operation always has a value.
func (d decoder) bind(op *Operation, body []byte, out any) (lost []string, err error) {
	raw, _ := out.(*[]byte)
	switch {
	case op.Response == ResponseText:
		err = bindText(body, out)
	case op.Response == responseRaw && raw != nil:
		*raw = append([]byte{}, body...)
		return nil, nil
	case !saysNothing(body):
		lost, err = d.decode(body, out)
	}
	if err == nil {
		err = checkPresent(op, body, out)
	}
	if err != nil {
		clearTarget(out)
	}
	return lost, err
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
