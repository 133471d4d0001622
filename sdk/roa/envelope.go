package roa

import (
	"bytes"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// envelope is what responses of every operation may hold: the request id, and
// for errors the code and what it means.
type envelope struct {
	code         string
	message      string
	requestID    string
	accessDenied map[string]any
}

// scanEnvelope finds as much as it can in a body of any kind, cut off or not.
func scanEnvelope(body []byte) (e envelope) {
	body = bytes.TrimSpace(withoutMark(body))
	if len(body) == 0 {
		return e
	}
	switch body[0] {
	case '{', '[':
		scanJSON(body, &e)
	case '<':
		scanXML(body, &e)
	}
	return e
}

// setText stores the text of a member that an envelope has, whatever the
// casing of its name. The first one wins.
func (e *envelope) setText(name, text string) {
	var field *string
	switch strings.ToLower(name) {
	case "code", "errorcode":
		field = &e.code
	case "message", "msg", "error":
		field = &e.message
	default:
		if !isRequestID(name) {
			return
		}
		field = &e.requestID
	}
	if *field == "" {
		*field = strings.TrimSpace(text)
	}
}

// isRequestID reports whether a member holds the request id, in all its spellings.
func isRequestID(name string) bool {
	return strings.EqualFold(name, "requestId") || strings.EqualFold(name, "request_id")
}

// scanXML looks for the elements of the error document that gateways respond
// with. It is no XML parser: an HTML page just has none of these elements.
func scanXML(body []byte, e *envelope) {
	text := string(body)
	for _, name := range [...]string{"Code", "Message", "RequestId"} {
		e.setText(name, xmlText(text, name))
	}
}

// xmlText returns the text of the first element of that name which holds no
// other element, or "".
func xmlText(doc, name string) string {
	_, after, found := strings.Cut(doc, "<"+name+">")
	if !found {
		return ""
	}
	text, _, found := strings.Cut(after, "</"+name+">")
	if !found {
		return ""
	}
	if inner, ok := strings.CutPrefix(text, "<![CDATA["); ok {
		return strings.TrimSuffix(inner, "]]>")
	}
	if strings.Contains(text, "<") {
		return ""
	}
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'", "&amp;", "&").Replace(text)
}

// scanJSON reads the members of an object, or of the first object of an array,
// up to the first mistake.
func scanJSON(body []byte, e *envelope) {
	dec := jsontext.NewDecoder(bytes.NewBuffer(body), syntaxOptions)
	if dec.PeekKind() == '[' {
		if _, err := dec.ReadToken(); err != nil {
			return
		}
	}
	if dec.PeekKind() == '{' {
		scanObject(dec, e, 0)
	}
}

// scanObject reads one object. Some gateways put the error one level down, in a
// member named error.
func scanObject(dec *jsontext.Decoder, e *envelope, depth int) {
	if _, err := dec.ReadToken(); err != nil {
		return
	}
	for dec.PeekKind() == '"' {
		tok, err := dec.ReadToken()
		if err != nil {
			return
		}
		name := tok.String()
		if dec.PeekKind() == '{' && depth == 0 && strings.EqualFold(name, "error") {
			scanObject(dec, e, depth+1)
			continue
		}
		value, err := dec.ReadValue()
		if err != nil {
			return
		}
		switch value.Kind() {
		case '"':
			if text, err := jsontext.AppendUnquote(nil, value); err == nil || len(text) > 0 {
				e.setText(name, string(text))
			}
		case '0':
			e.setText(name, string(value))
		case '{':
			if strings.EqualFold(name, "accessDeniedDetail") && e.accessDenied == nil {
				// A detail that cannot be decoded is left out.
				_ = json.Unmarshal(value, &e.accessDenied, syntaxOptions)
			}
		}
	}
	_, _ = dec.ReadToken()
}
