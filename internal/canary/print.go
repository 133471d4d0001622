package canary

import (
	"bytes"
	"context"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"log/slog"
	"reflect"
)

// verbs are those of package fmt, also some that fit no value. %p is not there: it asks no methods, and vet refuses it.
var verbs = []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%10.3s", "%z"}

// Print prints a value in the ways that programs have, and all that an error wraps. What an encoder refuses shows by its error.
func Print(value any) string {
	var all bytes.Buffer
	for _, verb := range verbs {
		_, _ = fmt.Fprintf(&all, verb+"\n", value)
	}
	if value == nil {
		return all.String()
	}
	for _, one := range []any{value, struct{ Value any }{value}} {
		_, _ = fmt.Fprintf(&all, "%v %+v %#v\n", one, one, one)
		logTo(&all, one)
		data, err := json.Marshal(one)
		_, _ = fmt.Fprintf(&all, "%s %v\n", data, err)
		data, err = xml.Marshal(one)
		_, _ = fmt.Fprintf(&all, "%s %v\n", data, err)
		if v := reflect.ValueOf(one); v.Kind() != reflect.Pointer || !v.IsNil() {
			_, _ = fmt.Fprintln(&all, gob.NewEncoder(&all).Encode(one))
		}
	}
	if err, ok := value.(error); ok {
		printCauses(&all, err)
	}
	return all.String()
}

func printCauses(all *bytes.Buffer, err error) {
	_, _ = fmt.Fprintf(all, "%v\n", fmt.Errorf("verb object: %w", err))
	switch e := err.(type) { //nolint:errorlint // goes through all layers
	case interface{ Unwrap() error }:
		if cause := e.Unwrap(); cause != nil {
			all.WriteString(Print(cause))
		}
	case interface{ Unwrap() []error }:
		for _, cause := range e.Unwrap() {
			all.WriteString(Print(cause))
		}
	}
}

func logTo(w io.Writer, value any) {
	opts := &slog.HandlerOptions{Level: slog.LevelDebug}
	for _, handler := range []slog.Handler{slog.NewTextHandler(w, opts), slog.NewJSONHandler(w, opts), &plainHandler{out: w}} {
		slog.New(handler).With("before", value).WithGroup("group").Debug("text", "value", value)
	}
}

// plainHandler writes attributes in the ways that a handler of somebody else may.
type plainHandler struct{ out io.Writer }

func (h *plainHandler) Enabled(context.Context, slog.Level) bool { return true }

func (h *plainHandler) WithGroup(string) slog.Handler { return h }

func (h *plainHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	for _, a := range attrs {
		h.write(a)
	}
	return h
}

func (h *plainHandler) Handle(_ context.Context, r slog.Record) error {
	r.Attrs(func(a slog.Attr) bool { h.write(a); return true })
	return nil
}

func (h *plainHandler) write(a slog.Attr) {
	v := a.Value.Resolve()
	_, _ = fmt.Fprintln(h.out, a, a.String(), v.String(), v.Any())
}
