package goapi

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

const extStatus = "x-ack-status"

const deprecatedMark = "Deprecated: "

// noticed is a thing that has a description and may have notices.
type noticed struct {
	ext     map[string]any
	origin  *openapi3.Origin
	subject string
	// what is it called in a sentence: operation, parameter, field or type.
	what        string
	deprecated  bool
	description string
}

// notices are the texts about how far a thing can be relied on.
type notices struct {
	text       string // the description without its notice
	status     string // what x-ack-status says
	deprecated string // the paragraph that Go tools look for
}

// notices takes a description apart and adds what the extensions say. When the provider
// has removed the thing, that says more than a status and more than a notice without
// reason, and stands after what the description says to do instead.
func (b *builder) notices(t noticed) notices {
	var n notices
	n.text, n.deprecated = splitDeprecated(t.description)
	n.status = b.status(t.ext, t.origin, t.subject)
	removed := b.removed(t)
	switch {
	case removed == "":
		n.deprecated = firstOf(n.deprecated, deprecation(t.deprecated, t.what))
	case n.deprecated == "":
		n.status, n.deprecated = "", deprecatedMark+removed
	default:
		n.status, n.deprecated = "", n.deprecated+" "+upperFirst(removed)
	}
	return n
}

// splitDeprecated takes the paragraph that starts with "Deprecated: " out of a
// description, so that it can stand last, where Go tools look for it.
func splitDeprecated(description string) (text, deprecated string) {
	var rest []string
	for p := range strings.SplitSeq(description, "\n\n") {
		if strings.HasPrefix(strings.TrimSpace(p), deprecatedMark) {
			deprecated = paragraphs(deprecated, p)
			continue
		}
		rest = append(rest, p)
	}
	return strings.Join(rest, "\n\n"), deprecated
}

// deprecation returns the notice for a deprecated thing whose description has
// none.
func deprecation(deprecated bool, what string) string {
	if !deprecated {
		return ""
	}
	return deprecatedMark + "the service keeps this " + what + " for old callers only."
}

// statusDocs are the sentences for the values of x-ack-status. A deprecated thing
// has a notice instead.
var statusDocs = map[string]string{
	"stable": "", "deprecated": "", "legacy": "Legacy: only older documents know it.", "preview": "Preview: it may still change.",
}

// status returns the text about x-ack-status of the thing at o.
func (b *builder) status(ext map[string]any, o *openapi3.Origin, subject string) string {
	v, ok := ext[extStatus]
	if !ok {
		return ""
	}
	name, _ := v.(string)
	doc, ok := statusDocs[name]
	if !ok {
		b.diags.Add(finding(b.Locate(o, extStatus), CodeExtension, subject, "x-ack-status: unknown status "+jsonText(v),
			"write stable, deprecated, legacy or preview"))
	}
	return doc
}
