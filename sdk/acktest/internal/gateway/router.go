package gateway

import (
	"cmp"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

// A pattern is a path template cut at its slashes.
type pattern struct {
	segments []segment
	methods  map[string]*Operation
}

// A segment is text, parameters, or parameters with text around them, such as {id}:stop.
type segment struct {
	text   string         // all of it but the parameters
	params []string       // their names, in order
	values *regexp.Regexp // finds their values; nil without parameters
}

// A router finds the operation of a method and a path. It works on the path as it was sent: an escaped slash does not end a segment,
// nothing is cleaned, and a trailing slash counts.
type router struct {
	patterns []*pattern // the most specific one first
}

func newRouter(operations []*Operation) *router {
	byPath := make(map[string]*pattern)
	rt := new(router)
	for _, op := range operations {
		p := byPath[op.Path]
		if p == nil {
			p = &pattern{segments: cutTemplate(op.Path), methods: make(map[string]*Operation)}
			byPath[op.Path] = p
			rt.patterns = append(rt.patterns, p)
		}
		p.methods[op.Method] = op
	}
	slices.SortStableFunc(rt.patterns, comparePatterns)
	return rt
}

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

func cutTemplate(path string) []segment {
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	segments := make([]segment, len(parts))
	for i, part := range parts {
		segments[i] = newSegment(part)
	}
	return segments
}

func newSegment(template string) segment {
	s := segment{text: placeholder.ReplaceAllString(template, "")}
	if s.text == template {
		return s
	}
	for _, m := range placeholder.FindAllStringSubmatch(template, -1) {
		s.params = append(s.params, m[1])
	}
	texts := placeholder.Split(template, -1)
	for i, text := range texts {
		texts[i] = regexp.QuoteMeta(text)
	}
	s.values = regexp.MustCompile("(?s)^" + strings.Join(texts, "(.+)") + "$")
	return s
}

// comparePatterns puts a literal before a parameter, from left to right, so that /policies/status wins over /policies/{name}. A
// parameter with text around it is in between.
func comparePatterns(a, b *pattern) int {
	for i := range min(len(a.segments), len(b.segments)) {
		if c := compareSegments(a.segments[i], b.segments[i]); c != 0 {
			return c
		}
	}
	return len(a.segments) - len(b.segments)
}

func compareSegments(a, b segment) int {
	if len(a.params) != len(b.params) && (len(a.params) == 0 || len(b.params) == 0) {
		return len(a.params) - len(b.params)
	}
	return cmp.Or(len(b.text)-len(a.text), strings.Compare(a.text, b.text))
}

// route returns the operation and its unescaped path parameters, or why there is none. The fault for a wrong method names those that the path
// has in the header Allow.
func (rt *router) route(method, escapedPath string) (op *Operation, params map[string]string, f *fault.Fault) {
	parts, f := cutPath(escapedPath)
	if f != nil {
		return nil, nil, f
	}
	var allow []string
	for _, p := range rt.patterns {
		values, ok := p.match(parts)
		if !ok {
			continue
		}
		if op := p.methods[method]; op != nil {
			return op, values, nil
		}
		for m := range p.methods {
			allow = append(allow, m)
		}
	}
	if allow == nil {
		return nil, nil, unknownPath("no operation has this path")
	}
	slices.Sort(allow)
	methods := strings.Join(slices.Compact(allow), ", ")
	f = fault.New(http.StatusMethodNotAllowed, "UnsupportedHTTPMethod",
		"The path has no %s operation; it has %s.", oneline.Of(method, fault.MaxText), methods)
	f.Header = http.Header{"Allow": {methods}}
	return nil, nil, f
}

// cutPath cuts an escaped path at its slashes and unescapes the parts. Empty and dot segments are refused: the service does not
// clean paths, and DELETE /clusters//nodes must never mean something else than it says.
func cutPath(escaped string) ([]string, *fault.Fault) {
	rest, ok := strings.CutPrefix(escaped, "/")
	if !ok {
		return nil, unknownPath("the request target is not a path")
	}
	parts := strings.Split(rest, "/")
	for i, part := range parts {
		value, err := url.PathUnescape(part)
		switch {
		case err != nil:
			return nil, unknownPath("the path has a bad escape")
		case value == "" && i < len(parts)-1:
			return nil, unknownPath("the path has an empty segment")
		case value == "." || value == "..":
			return nil, unknownPath("the path has a dot segment")
		}
		parts[i] = value
	}
	return parts, nil
}

func unknownPath(why string) *fault.Fault {
	return fault.New(http.StatusNotFound, "InvalidApi.NotFound", "Specified api is not found, please check your url and method: %s.", why)
}

func (p *pattern) match(parts []string) (map[string]string, bool) {
	if len(parts) != len(p.segments) {
		return nil, false
	}
	values := make(map[string]string)
	for i, s := range p.segments {
		if s.values == nil {
			if s.text != parts[i] {
				return nil, false
			}
			continue
		}
		found := s.values.FindStringSubmatch(parts[i])
		if found == nil {
			return nil, false
		}
		for j, name := range s.params {
			values[name] = found[j+1]
		}
	}
	return values, true
}
