package gochange

import (
	"fmt"
	"go/types"
	"strings"

	"golang.org/x/exp/apidiff"
)

// reported returns what apidiff says of two packages.
func reported(folder string, b, h *pkg) ([]finding, error) {
	report, err := changes(b.types, h.types)
	if err != nil {
		return nil, err
	}
	var out []finding
	for _, c := range report.Changes {
		f := parse(c.Message)
		if c.Compatible && !exported(f.name) {
			continue // a type that others embed has got it, which belongs to another package or to nobody else
		}
		f.folder, f.base, f.head, f.compatible = folder, b, h, c.Compatible
		if f.kind == nameAdded && !c.Compatible {
			f.kind = interfaceGrew
		}
		if to := f.embeddedIn(); to != "" {
			f.kind, f.to = fieldEmbedded, to
		}
		out = append(out, f)
	}
	return out, nil
}

// changes calls apidiff, which panics when it meets types that it does not know.
func changes(base, head *types.Package) (report apidiff.Report, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("apidiff cannot compare it: %v", p)
		}
	}()
	return apidiff.Changes(base, head), nil
}

// parse reads a message of apidiff, such as
//
//	(*Client).Do: changed from func() to func(int)
//	Metadata.ID, method set of *Response: removed
func parse(message string) finding {
	object, text, _ := strings.Cut(message, ": ")
	object = withoutTypeArguments(object)
	object, part, _ := strings.Cut(object, ", ")
	f := finding{name: object, text: text}
	if i := strings.LastIndex(object, "/"); i >= 0 {
		f.name = object[i+1:]
		name, _ := cutName(f.name)
		f.foreign = object[:i+1] + name
	}
	f.name = strings.NewReplacer("(*", "", ")", "").Replace(f.name)
	if set, ok := strings.CutPrefix(part, "method set of "); ok {
		f.name = strings.TrimPrefix(set, "*") + f.name[strings.LastIndex(f.name, "."):]
		f.foreign = ""
	}
	f.kind, f.from, f.to = happened(text)
	return f
}

// happened tells the kind of a change from the words of apidiff.
func happened(text string) (kind, from, to string) {
	for _, w := range []struct{ words, kind string }{
		{"removed direction", nameChanged},
		{"removed", nameRemoved},
		{"added", nameAdded},
		{"no longer implements", notImplemented},
		{"old is comparable", notComparable},
		{"value changed from ", valueChanged},
		{"changed from ", nameChanged},
	} {
		if rest, ok := strings.CutPrefix(text, w.words); ok {
			from, to, _ = strings.Cut(rest, " to ")
			if w.kind != nameChanged && w.kind != valueChanged {
				from, to = "", ""
			}
			return w.kind, from, to
		}
	}
	return nameChanged, "", ""
}

// withoutTypeArguments takes out what is in brackets.
func withoutTypeArguments(name string) string {
	var b strings.Builder
	depth := 0
	for _, r := range name {
		switch {
		case r == '[':
			depth++
		case r == ']':
			depth--
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return b.String()
}
