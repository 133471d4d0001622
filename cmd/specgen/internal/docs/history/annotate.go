package history

import (
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/reference"
)

// Annotate says at the operations, schemas and fields of a reference when they came and
// when they came to be deprecated, as far as the history tells.
func (h *History) Annotate(api *reference.API) {
	for _, op := range api.Operations() {
		h.annotate(op.ID, &op.Since, &op.Notice)
		for _, p := range op.Parameters {
			subject := op.ID + " " + p.In + " " + p.Name
			h.annotate(subject, &p.Since, &p.Notice)
			h.fields(within(subject, p.Type), p.Fields)
		}
		h.body(op.ID+" body", op.Body)
		for _, r := range op.Responses {
			h.body(op.ID+" response "+r.Status, r.Body)
		}
	}
	for _, s := range api.Schemas {
		h.annotate(s.Name, &s.Since, &s.Notice)
		h.fields(s.Name, s.Fields)
	}
}

func (h *History) annotate(subject string, since *string, notice *reference.Notice) {
	m := h.Of(subject)
	*since = h.words(m.Since)
	if notice.Status == reference.Deprecated {
		notice.Since = h.words(m.Deprecated)
	}
}

func (h *History) body(subject string, b *reference.Body) {
	if b != nil {
		h.fields(within(subject, b.Type), b.Fields)
	}
}

// fields annotates the fields of the object that is called subject.
func (h *History) fields(subject string, fields []*reference.Field) {
	for _, f := range fields {
		name := subject + "." + f.Name
		h.annotate(name, &f.Since, &f.Notice)
		h.fields(within(name, f.Type), f.Fields)
	}
}

// within returns the subject of the object that a value holds, as changes name it: the
// schema, or the way to it.
func within(subject string, t reference.Type) string {
	if t.Schema != "" {
		return t.Schema
	}
	for prefix := t.Prefix; ; {
		switch {
		case strings.HasPrefix(prefix, "array of "):
			subject, prefix = subject+"[]", strings.TrimPrefix(prefix, "array of ")
		case strings.HasPrefix(prefix, "map of "):
			subject, prefix = subject+"{}", strings.TrimPrefix(prefix, "map of ")
		default:
			return subject
		}
	}
}

// words says when something happened. What happened in the newest version is new.
func (h *History) words(version string) string {
	switch version {
	case "":
		return ""
	case Unreleased:
		return "in the next release"
	case h.Newest():
		return "new in " + version
	}
	return "since " + version
}
