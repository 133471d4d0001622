package roa

import (
	"bytes"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// encode returns a value as JSON with [REDACTED] for every secret.
func (m *masker) encode(value any) ([]byte, error) {
	return json.Marshal(value, json.Deterministic(true), syntaxOptions,
		json.WithMarshalers(json.MarshalToFunc(func(enc *jsontext.Encoder, s Secret) error {
			m.keep(string(s))
			return enc.WriteToken(jsontext.String(redacted))
		})))
}

// json returns a JSON text in one line, without what the type says is a secret,
// and where it says nothing, without what is named like one. It returns false for
// a text that is not JSON.
func (m *masker) json(text []byte, declared reflect.Type) (string, bool) {
	var out bytes.Buffer
	w := maskWalk{m, jsontext.NewDecoder(bytes.NewReader(text), syntaxOptions), jsontext.NewEncoder(&out, syntaxOptions)}
	for declared != nil && declared.Kind() == reflect.Pointer {
		declared = declared.Elem()
	}
	known := declared != nil && !isFree(declared)
	if err := w.value(declared, !known && w.dec.PeekKind() == '"'); err != nil || !isBlank(text[w.dec.InputOffset():]) {
		return "", false
	}
	return strings.TrimSuffix(out.String(), "\n"), true
}

// member keeps what a member of an object holds that is secret by its name, or by those in it.
func (m *masker) member(name string, value jsontext.Value) {
	if text, err := json.Marshal(map[string]jsontext.Value{name: value}); err == nil {
		_, _ = m.json(text, nil)
	}
}

// named returns a text that no type is known of, unless it is named like a secret.
func (m *masker) named(name, text string) string {
	if secretName(name) {
		m.keep(text)
		return redacted
	}
	return m.text(text)
}

// text returns a text, unless it is a key or a kubeconfig. JSON in it is masked by
// its own names.
func (m *masker) text(text string) string {
	if holdsKey(text) {
		m.keep(text)
		return redacted
	}
	trimmed := strings.TrimSpace(text)
	if !strings.HasPrefix(trimmed, "{") && !strings.HasPrefix(trimmed, "[") {
		return text
	}
	if masked, ok := m.json([]byte(trimmed), nil); ok {
		return masked
	}
	return text
}

// maskWalk copies JSON beside the type that it is decoded into.
type maskWalk struct {
	mask *masker
	dec  *jsontext.Decoder
	enc  *jsontext.Encoder
}

// value copies one value. The type is nil where none is known.
func (w *maskWalk) value(t reflect.Type, secret bool) error {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	kind := w.dec.PeekKind()
	if kind != '[' && t != nil && t.Kind() == reflect.Slice {
		return w.value(t.Elem(), secret) // one value for an array of one
	}
	switch {
	case kind == 'n':
		return w.token()
	case secret, t == secretType:
		return w.hide()
	case kind == '{':
		return w.object(t)
	case kind == '[':
		return w.array(t)
	case kind == '"':
		return w.text()
	default:
		return w.token()
	}
}

func (w *maskWalk) token() error {
	token, err := w.dec.ReadToken()
	if err != nil {
		return err
	}
	return w.enc.WriteToken(token)
}

// hide replaces a value of any kind.
func (w *maskWalk) hide() error {
	value, err := w.dec.ReadValue()
	if err != nil {
		return err
	}
	if text, err := jsontext.AppendUnquote(nil, value); err == nil {
		w.mask.keep(string(text))
	}
	return w.enc.WriteToken(jsontext.String(redacted))
}

// object copies an object. Names of a map are data, so that they tell more than
// its type.
func (w *maskWalk) object(t reflect.Type) error {
	if err := w.token(); err != nil {
		return err
	}
	for w.dec.PeekKind() == '"' {
		token, err := w.dec.ReadToken()
		if err != nil {
			return err
		}
		name := token.String()
		if err := w.enc.WriteToken(jsontext.String(name)); err != nil {
			return err
		}
		member, declared := memberType(t, name)
		if err := w.value(member, !declared && secretName(name)); err != nil {
			return err
		}
	}
	return w.token()
}

// memberType returns the type of a member, nil when it can be anything, and whether
// a struct declares it.
func memberType(t reflect.Type, name string) (member reflect.Type, declared bool) {
	switch {
	case t == nil:
		return nil, false
	case t.Kind() == reflect.Map:
		member = t.Elem()
	case t.Kind() == reflect.Struct && t != timeType:
		member = membersOf(t).fields[name]
		declared = member != nil
	}
	if member != nil && isFree(member) {
		return nil, false
	}
	return member, declared
}

func (w *maskWalk) array(t reflect.Type) error {
	if t != nil && t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if err := w.token(); err != nil {
		return err
	}
	for kind := w.dec.PeekKind(); kind != ']' && kind != jsontext.KindInvalid; kind = w.dec.PeekKind() {
		if err := w.value(t, false); err != nil {
			return err
		}
	}
	return w.token()
}

func (w *maskWalk) text() error {
	token, err := w.dec.ReadToken()
	if err != nil {
		return err
	}
	return w.enc.WriteToken(jsontext.String(w.mask.text(token.String())))
}
