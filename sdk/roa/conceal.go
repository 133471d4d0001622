package roa

import (
	"bytes"
	"net/http"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// This file takes out of errors what they must not hold. What a server sends can be in
// any of them: in what it says, in its header, and in what net/http quotes of a response
// that it cannot read.

// secrets returns what must not be quoted back: the credentials of an attempt and all
// that the request declares as secret.
func (p *preparedRequest) secrets(cred Credentials) *masker {
	m := new(masker)
	m.keep(string(cred.SecurityToken))
	m.keep(string(cred.AccessKeySecret))
	for _, s := range p.req.secrets {
		_, _ = m.encode(s.value) // it was encoded before
	}
	if text, err := m.encode(p.req.bodyValue); err == nil && p.req.bodyValue != nil {
		_, _ = m.json(text, p.bodyType()) // what the names in free and in raw JSON tell
	}
	for _, o := range p.opts {
		m.keepAll(o.secrets)
	}
	p.namedSecrets(m)
	return m
}

// bodyType returns the type that tells what is secret in the body, or nil: a type of the
// caller does not.
func (p *preparedRequest) bodyType() reflect.Type {
	if p.op.Response == responseRaw {
		return nil
	}
	return reflect.TypeOf(p.req.bodyValue)
}

// namedSecrets keeps what parameters without a type hold that is a secret by its name, or
// by those in its JSON.
func (p *preparedRequest) namedSecrets(m *masker) {
	for _, params := range [][]QueryParam{p.req.path, p.query} {
		for _, param := range params {
			m.named(param.Name, param.Value)
		}
	}
	for _, field := range p.header {
		m.named(field.name, field.value)
	}
}

// conceal takes secrets out of what is known of a response. Only one that says no was
// cleaned before, as its body is cut.
func (p *preparedRequest) conceal(t *try, md *Metadata, cred Credentials) {
	switch err := t.err.(type) { //nolint:errorlint // made by receive, which does not wrap them
	case *APIError:
		t.requestID = err.RequestID
		return
	case *readError:
		m := p.secrets(cred)
		err.requestID, err.cause = m.clean(err.requestID), m.cleanError(err.cause)
	case *DecodeError:
		m := p.secrets(cred)
		err.Path, err.code = m.cleanPath(err.Path, err.broken), m.clean(err.code)
		m.cleanMetadata(&err.Metadata)
	}
	if !isPlainID(t.requestID) {
		t.requestID = p.secrets(cred).clean(t.requestID)
	}
	if t.err == nil && md != nil && (md.Lost != nil || !isPlainID(md.RequestID)) {
		p.secrets(cred).cleanMetadata(md)
	}
}

// fillMetadata tells the caller what a response holds beside its value.
func (p *preparedRequest) fillMetadata(md *Metadata, resp *http.Response, body []byte, cred Credentials) {
	if md == nil {
		return
	}
	md.StatusCode, md.Header, md.RequestID = resp.StatusCode, resp.Header, p.requestIDIn(resp, body, cred)
}

// requestIDIn returns the request id of a response, which the body has when the
// header does not.
func (p *preparedRequest) requestIDIn(resp *http.Response, body []byte, cred Credentials) string {
	if id := resp.Header.Get(keyRequestID); id != "" {
		return id
	}
	body = bytes.TrimSpace(withoutMark(body))
	if len(body) == 0 || body[0] != '{' {
		return ""
	}
	id := scanEnvelope(body).requestID
	if id == "" || isPlainID(id) || jsontext.Value(body).IsValid(syntaxOptions) {
		return id
	}
	// A quotation mark in a secret may have ended the id: half a secret is not found in it.
	return scanEnvelope(p.secrets(cred).withoutFound(body)).requestID
}

// isPlainID reports whether a request id is like those of the service, a UUID, and so
// holds nothing else. A secret of hexadecimal digits has not its hyphens.
func isPlainID(id string) bool {
	const like = "687C5BAA-D103-4993-884B-C35E4314A1E1"
	if len(id) != len(like) {
		return false
	}
	for i := range len(id) {
		if (id[i] == '-') != (like[i] == '-') || !strings.ContainsRune("0123456789ABCDEFabcdef-", rune(id[i])) {
			return false
		}
	}
	return true
}
