package build

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/ackgen/ackgen/generator/model"
)

// CodeExtension marks an extension that does not fit the operation it stands on.
const CodeExtension = "GEN012"

// continuations builds what goes beyond a single call: retries, pages, states to
// wait for, and tasks.
func (b *builder) continuations(ops []*operation) {
	for _, o := range ops {
		if o.built != nil {
			b.retry(o)
			b.pager(o)
			b.waiters(o)
		}
	}
	b.tasks(ops)
}

// badExtension reports an extension of an operation.
func (b *builder) badExtension(o *operation, name, problem, fix string) {
	b.diags.Add(finding(b.field(o.Origin, name), CodeExtension, o.OperationID, name+": "+problem, fix))
}

// extension reads the value of an extension into a T. It returns nil when the
// operation has none, or one of another form, which is a finding.
func extension[T any](b *builder, o *operation, name string) *T {
	value, ok := o.Extensions[name]
	if !ok {
		return nil
	}
	out := new(T)
	data, err := json.Marshal(value)
	if err == nil {
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.DisallowUnknownFields()
		err = dec.Decode(out)
	}
	if err != nil {
		b.badExtension(o, name, strings.TrimPrefix(err.Error(), "json: "), "see the JSON Schema of the extension")
		return nil
	}
	return out
}

var retryClasses = map[string]model.Retry{
	"": model.RetryUnsafe, "unsafe": model.RetryUnsafe, "token": model.RetryToken, "idempotent": model.RetryIdempotent,
}

// retry sets the retry class. An operation that says nothing is unsafe.
func (b *builder) retry(o *operation) {
	class := ""
	if v := extension[string](b, o, "x-ack-retry"); v != nil {
		class = *v
	}
	retry, ok := retryClasses[class]
	if !ok {
		b.badExtension(o, "x-ack-retry", "unknown class "+quote(class), "write idempotent, token or unsafe")
	}
	o.built.Retry = retry
	if retry != model.RetryToken {
		return
	}
	for _, f := range o.built.Request.Fields {
		if f.Name == "ClientToken" && f.Type.Kind == model.KindString && f.Type.Pointer {
			o.built.TokenField = f.Name
			return
		}
	}
	b.badExtension(o, "x-ack-retry", "the request has no optional string called client_token", "declare it, or choose another class")
}

// resolve follows a path of wire names, joined by dots, from the response of an
// operation. It returns nil after a finding when the path leads nowhere.
func (b *builder) resolve(o *operation, ext, path string) *model.Path {
	return b.follow(o, ext, o.built.Response, path)
}

// follow is resolve from any struct.
func (b *builder) follow(o *operation, ext string, s *model.Struct, path string) *model.Path {
	out := &model.Path{}
	for wire := range strings.SplitSeq(path, ".") {
		f := fieldOf(s, wire)
		if f == nil {
			b.badExtension(o, ext, quote(path)+" leads to no field: there is no "+quote(wire), "write wire names from the response on, joined by dots")
			return nil
		}
		out.Steps = append(out.Steps, model.Step{Field: f.Name, Pointer: f.Type.Pointer})
		out.Type = f.Type
		out.Type.Pointer = false
		s = b.structNamed(f.Type.Name)
	}
	return out
}

// plain is resolve for paths that must not lead through optional fields, where
// the end might be missing.
func (b *builder) plain(o *operation, ext, path string) *model.Path {
	p := b.resolve(o, ext, path)
	if p == nil {
		return nil
	}
	for _, s := range p.Steps {
		if s.Pointer {
			b.badExtension(o, ext, quote(path)+" leads through "+s.Field+", which is a pointer because requests hold it, too", "give the response a schema of its own")
			return nil
		}
	}
	return p
}

// fieldOf returns the field with a wire name. The array, map or text that is the
// whole response has its Go name in place of one.
func fieldOf(s *model.Struct, wire string) *model.Field {
	if s == nil {
		return nil
	}
	for _, f := range s.Fields {
		if name, _, _ := strings.Cut(f.Tag, ","); name == wire || f.Tag == "-" && strings.EqualFold(f.Name, wire) {
			return f
		}
	}
	return nil
}

// requestField returns the name of the request field that sends a parameter.
func (b *builder) requestField(o *operation, ext, wire string) string {
	for _, p := range o.built.Params {
		if p.Wire == wire {
			return p.Field
		}
	}
	b.badExtension(o, ext, "the operation has no parameter "+quote(wire), "name a path or query parameter of the operation")
	return ""
}
