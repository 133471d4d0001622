package roa

import (
	"fmt"
	"slices"
	"strings"
)

// QueryParam is one query parameter, with its name and value as they are
// before any escaping.
type QueryParam struct {
	Name  string
	Value string
}

const upperHex = "0123456789ABCDEF"

// unreserved holds the bytes that RFC 3986 allows everywhere in a URL; all
// others are escaped.
var unreserved = func() (t [256]bool) {
	const set = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"
	for i := range len(set) {
		t[set[i]] = true
	}
	return t
}()

// appendEscaped appends s with every byte that is not unreserved escaped.
func appendEscaped(dst []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; unreserved[c] {
			dst = append(dst, c)
		} else {
			dst = append(dst, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return dst
}

// sortQuery orders parameters by name, which is the order that both
// signatures ask for. Requests have so few that insertion is the fastest way, and
// it adds less to a program than package slices does.
func sortQuery(params []QueryParam) {
	for i := 1; i < len(params); i++ {
		for j := i; j > 0 && params[j].Name < params[j-1].Name; j-- {
			params[j], params[j-1] = params[j-1], params[j]
		}
	}
}

// appendQuery appends sorted parameters as they are sent. A parameter without
// a value is written as "name=".
func appendQuery(dst []byte, params []QueryParam) []byte {
	for i := range params {
		if i > 0 {
			dst = append(dst, '&')
		}
		dst = appendEscaped(dst, params[i].Name)
		dst = append(dst, '=')
		dst = appendEscaped(dst, params[i].Value)
	}
	return dst
}

// expandPath puts escaped values into a path template. It also returns the
// path before escaping, which net/url wants beside the escaped one; the two share
// memory when nothing had to be escaped.
func expandPath(template string, params []QueryParam) (escaped, plain string, err error) {
	if len(params) == 0 && !strings.Contains(template, "{") {
		return template, template, nil
	}
	var escapedArr, plainArr [256]byte
	eb, pb := escapedArr[:0], plainArr[:0]
	used := 0
	for rest := template; ; {
		literal, after, found := strings.Cut(rest, "{")
		eb, pb = append(eb, literal...), append(pb, literal...)
		if !found {
			break
		}
		name, tail, closed := strings.Cut(after, "}")
		i := slices.IndexFunc(params, func(p QueryParam) bool { return p.Name == name })
		if !closed || i < 0 {
			return "", "", paramError("path", name, "is not set")
		}
		eb, pb = appendEscaped(eb, params[i].Value), append(pb, params[i].Value...)
		used++
		rest = tail
	}
	if used != len(params) {
		return "", "", unusedParam(template, params)
	}
	escaped = string(eb)
	if len(eb) == len(pb) {
		return escaped, escaped, nil
	}
	return escaped, string(pb), nil
}

// unusedParam names the parameter that a template has no place for.
func unusedParam(template string, params []QueryParam) error {
	for _, p := range params {
		if !strings.Contains(template, "{"+p.Name+"}") {
			return paramError("path", p.Name, "has no place in "+template)
		}
	}
	return paramError("path", params[0].Name, "is set twice")
}

func paramError(in, name, problem string) error {
	return fmt.Errorf("%s parameter %q %s", in, name, problem)
}
