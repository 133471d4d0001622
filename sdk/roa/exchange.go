package roa

import "net/http"

// dumper writes attempts down. It is an interface, so that only a program that
// names [WithDump] links what that needs.
type dumper interface {
	dump(service string, x *exchange, t try, attempt int)
}

// exchange is what an attempt sent and received, for a dumper.
type exchange struct {
	req  *Request
	opts []CallOption
	out  any // what the response is decoded into

	// The rest is of one attempt.
	cred Credentials
	sent *http.Request  // nil: not sent
	resp *http.Response // nil: no response
	body []byte         // what was read of the response
	// handedOn tells that the caller reads the response.
	handedOn bool
}

// begin forgets the attempt before. A nil exchange ignores it.
func (x *exchange) begin(sent *http.Request, cred Credentials) {
	if x != nil {
		*x = exchange{req: x.req, opts: x.opts, out: x.out, cred: cred, sent: sent}
	}
}

func (x *exchange) received(resp *http.Response) {
	if x != nil {
		x.resp = resp
	}
}

func (x *exchange) read(body []byte) {
	if x != nil {
		x.body = append([]byte{}, body...)
	}
}

func (x *exchange) notRead() {
	if x != nil {
		x.handedOn = true
	}
}
