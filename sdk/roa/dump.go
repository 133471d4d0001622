package roa

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// WithDump writes every attempt to w, for debugging: the request with its header
// and body, and what came back. An attempt is written when it is over, in one call
// of Write; clients that share the option do not write at the same time. Errors of w
// are ignored, and nil means no dump.
//
// [REDACTED] stands for credentials, signatures and every [Secret]. Where no type is
// known, as in errors and in [Client.Call], it stands for all that is named like a
// secret or looks like a key. Bodies that are not JSON are shown only where their type
// says that they hold no secret, and of streams the length. A secret that the program passes as a plain string
// under another name is not recognized, nor one that the service quotes in another
// encoding, such as base64. All other data is in the dump.
func WithDump(w io.Writer) Option {
	if w == nil {
		return func(s *settings) { s.dump = nil }
	}
	d := &textDumper{w: w}
	return func(s *settings) { s.dump = d }
}

// textDumper writes attempts in the manner of curl -v: lines of the request
// start with ">", those of the response with "<".
type textDumper struct {
	mu sync.Mutex
	w  io.Writer
}

func (d *textDumper) dump(service string, x *exchange, t try, attempt int) {
	e := dumpEntry{x: x}
	e.credentials()
	e.text.WriteString("* " + service + " " + x.req.op.Name + ", attempt " + strconv.Itoa(attempt) + "\n")
	if x.sent != nil {
		e.request()
	}
	if x.resp != nil {
		e.response()
	}
	if t.err != nil && (x.resp == nil || t.status/100 == 2) {
		e.line("*", t.err.Error())
	}
	text := e.mask.withoutFound(e.text.Bytes())
	d.mu.Lock()
	defer d.mu.Unlock()
	_, _ = d.w.Write(text)
}

// dumpEntry is the text about one attempt.
type dumpEntry struct {
	x    *exchange
	text bytes.Buffer
	mask masker
}

// credentials makes sure that nothing quotes them, such as the service's message
// about a wrong signature.
func (e *dumpEntry) credentials() {
	e.mask.keep(e.x.cred.AccessKeyID)
	e.mask.keep(e.x.cred.AccessKeySecret.Reveal())
	e.mask.keep(e.x.cred.SecurityToken.Reveal())
}

// line writes one line, in which nothing can begin another one.
func (e *dumpEntry) line(mark, text string) {
	e.text.WriteString(strings.TrimRight(mark+" "+strings.NewReplacer("\n", `\n`, "\r", `\r`).Replace(text), " ") + "\n")
}

func (e *dumpEntry) request() {
	e.line(">", e.x.sent.Method+" "+e.url())
	e.header(">", e.x.sent.Header, e.x.req.secrets)
	switch {
	case e.x.req.stream != nil:
		e.line(">", "")
		e.line(">", streamText(e.x.sent.ContentLength))
	case e.x.req.hasBody:
		e.line(">", "")
		e.line(">", e.requestBody())
	}
}

func (e *dumpEntry) response() {
	resp := e.x.resp
	e.line("<", strconv.Itoa(resp.StatusCode)+" "+http.StatusText(resp.StatusCode))
	e.header("<", resp.Header, nil)
	switch {
	case e.x.handedOn:
		e.line("<", "")
		e.line("<", streamText(resp.ContentLength))
	case len(e.x.body) > 0:
		e.line("<", "")
		e.line("<", e.responseBody())
	}
}

// streamText stands for a body that is not kept.
func streamText(size int64) string {
	if size < 0 {
		return "[stream]"
	}
	return "[stream of " + strconv.FormatInt(size, 10) + " bytes]"
}

// hashHeaders are masked although their names do not tell: with the hash of a body,
// a secret in it can be guessed.
var hashHeaders = []string{"Content-Md5", keyAcsContentSHA256}

func (e *dumpEntry) header(mark string, header http.Header, secrets []secretValue) {
	for _, name := range slices.Sorted(maps.Keys(header)) {
		declared := slices.ContainsFunc(secrets, func(s secretValue) bool { return s.place == inHeader && s.name == name })
		for _, value := range header[name] {
			shown := e.mask.named(name, value)
			if declared || slices.Contains(hashHeaders, name) {
				e.mask.keep(value)
				shown = redacted
			}
			e.line(mark, name+": "+shown)
		}
	}
}

// url returns the address that the request went to.
func (e *dumpEntry) url() string {
	req, sent := e.x.req, e.x.sent.URL
	escaped, _, err := expandPath(req.op.Path, e.params(req.path, inPath))
	if err != nil {
		escaped = sent.EscapedPath()
	}
	text := sent.Scheme + "://" + sent.Host + escaped
	if query := e.params(req.query, inQuery); len(query) > 0 {
		text += "?" + string(appendQuery(nil, query))
	}
	return showRedacted([]byte(text))
}

// params returns what can be shown of the parameters of the path or of the query.
func (e *dumpEntry) params(params []QueryParam, place paramPlace) []QueryParam {
	shown := slices.Clone(params)
	hidden := e.hiddenParams()
	for i, p := range params {
		at := slices.IndexFunc(e.x.req.secrets, func(s secretValue) bool { return s.place == place && s.name == p.Name && s.params == nil })
		switch {
		case place == inQuery && hidden[p.Name]:
			e.mask.keep(p.Value)
			shown[i].Value = redacted
		case at < 0:
			shown[i].Value = e.mask.named(p.Name, p.Value)
		case isSecret(e.x.req.secrets[at].value):
			e.mask.keep(p.Value)
			shown[i].Value = redacted
		default:
			shown[i].Value = e.json([]byte(p.Value), reflect.TypeOf(e.x.req.secrets[at].value))
		}
	}
	return shown
}

// hiddenParams returns the names of parameters that were made of secrets in a value.
func (e *dumpEntry) hiddenParams() map[string]bool {
	hidden := make(map[string]bool)
	for _, s := range e.x.req.secrets {
		if s.params == nil {
			continue
		}
		masked, err := e.mask.encode(s.value)
		if err != nil {
			continue // it could not be sent either
		}
		made, _ := s.params(masked)
		for _, p := range made {
			hidden[p.Name] = hidden[p.Name] || p.Value == redacted
		}
	}
	return hidden
}

// requestBody encodes the request again, without its secrets: their places are
// known in the values, and no longer in what was sent.
func (e *dumpEntry) requestBody() string {
	req := e.x.req
	var shown Request
	if req.bodyValue != nil {
		body, err := e.mask.encode(req.bodyValue)
		if err != nil {
			return unshown(req.body)
		}
		shown.body = body
	}
	for _, o := range e.x.opts {
		if o.kind != callBodyField {
			continue
		}
		e.mask.keepAll(o.secrets)
		if err := shown.setBodyField(o.name, o.shown); err != nil {
			return unshown(req.body)
		}
	}
	var declared reflect.Type
	if req.op.Response != responseRaw {
		declared = reflect.TypeOf(req.bodyValue)
	}
	text := e.json(shown.body, declared)
	if req.form == nil {
		return text
	}
	form, err := req.form([]byte(text))
	if err != nil {
		return unshown(req.body)
	}
	return showRedacted(form)
}

// showRedacted returns a text without the escapes in what stands for secrets.
func showRedacted(escaped []byte) string {
	return strings.ReplaceAll(string(escaped), string(appendEscaped(nil, redacted)), redacted)
}

// responseBody shows text only where the type says that it is none of the secret
// ones.
func (e *dumpEntry) responseBody() string {
	var declared reflect.Type
	if e.x.resp.StatusCode/100 == 2 && e.x.out != nil && e.x.req.op.Response != responseRaw {
		declared = reflect.TypeOf(e.x.out)
	}
	if e.x.req.op.Response == ResponseText && declared != nil {
		if indirect(declared) == secretType {
			return unshown(e.x.body)
		}
		return string(e.x.body)
	}
	return e.json(withoutMark(e.x.body), declared)
}

// json returns a body in one line, as far as it can be shown.
func (e *dumpEntry) json(body []byte, declared reflect.Type) string {
	if text, ok := e.mask.json(body, declared); ok {
		return text
	}
	return unshown(body)
}

// unshown stands for a body that may hold a secret in every place.
func unshown(body []byte) string {
	return redacted + " " + strconv.Itoa(len(body)) + " bytes of " + sniff(body)
}
