package acktest

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

// A pattern is a path template cut at its slashes. A segment is a literal or, when param is set, one parameter.
type pattern struct {
	segments []segment
	methods  map[string]*operation
}

type segment struct {
	literal string
	param   string
}

// A router finds the operation of a method and a path. It works on the path as it was sent: an escaped slash does not end a segment,
// nothing is cleaned, and a trailing slash counts.
type router struct {
	patterns []*pattern // the most specific one first
}

func newRouter(operations []*operation) *router {
	byPath := make(map[string]*pattern)
	rt := new(router)
	for _, op := range operations {
		p := byPath[op.path]
		if p == nil {
			p = &pattern{segments: cutTemplate(op.path), methods: make(map[string]*operation)}
			byPath[op.path] = p
			rt.patterns = append(rt.patterns, p)
		}
		p.methods[op.method] = op
	}
	slices.SortStableFunc(rt.patterns, comparePatterns)
	return rt
}

func cutTemplate(path string) []segment {
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	segments := make([]segment, len(parts))
	for i, part := range parts {
		if strings.HasPrefix(part, "{") && strings.HasSuffix(part, "}") {
			segments[i] = segment{param: part[1 : len(part)-1]}
		} else {
			segments[i] = segment{literal: part}
		}
	}
	return segments
}

// comparePatterns puts a literal before a parameter, from left to right, so that /policies/status wins over /policies/{name}.
func comparePatterns(a, b *pattern) int {
	for i := range min(len(a.segments), len(b.segments)) {
		aParam, bParam := a.segments[i].param != "", b.segments[i].param != ""
		if aParam != bParam {
			if aParam {
				return 1
			}
			return -1
		}
		if c := strings.Compare(a.segments[i].literal, b.segments[i].literal); c != 0 {
			return c
		}
	}
	return len(a.segments) - len(b.segments)
}

// route returns the operation and its unescaped path parameters, or why there is none. With a fault for a wrong method, allow names the
// methods the path has.
func (rt *router) route(method, escapedPath string) (op *operation, params map[string]string, allow []string, f *fault) {
	parts, f := cutPath(escapedPath)
	if f != nil {
		return nil, nil, nil, f
	}
	for _, p := range rt.patterns {
		values, ok := p.match(parts)
		if !ok {
			continue
		}
		if op := p.methods[method]; op != nil {
			return op, values, nil, nil
		}
		for m := range p.methods {
			allow = append(allow, m)
		}
	}
	if allow == nil {
		return nil, nil, nil, unknownPath("no operation has this path")
	}
	slices.Sort(allow)
	return nil, nil, slices.Compact(allow), faultf(http.StatusMethodNotAllowed, "UnsupportedHTTPMethod",
		"The path has no %s operation; it has %s.", oneline.Of(method, maxFaultText), strings.Join(allow, ", "))
}

// cutPath cuts an escaped path at its slashes and unescapes the parts. Empty and dot segments are refused: the service does not
// clean paths, and DELETE /clusters//nodes must never mean something else than it says.
func cutPath(escaped string) ([]string, *fault) {
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

func unknownPath(why string) *fault {
	return faultf(http.StatusNotFound, "InvalidApi.NotFound", "Specified api is not found, please check your url and method: %s.", why)
}

func (p *pattern) match(parts []string) (map[string]string, bool) {
	if len(parts) != len(p.segments) {
		return nil, false
	}
	values := make(map[string]string)
	for i, s := range p.segments {
		switch {
		case s.param == "" && s.literal != parts[i]:
			return nil, false
		case s.param != "" && parts[i] == "":
			return nil, false
		case s.param != "":
			values[s.param] = parts[i]
		}
	}
	return values, true
}
