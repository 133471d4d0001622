package roa

import (
	"bytes"
	"errors"
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

// expandPath puts escaped values into a path template, whose own text is escaped
// as well, and refuses what would lead elsewhere. It also returns the path before
// escaping, which net/url wants beside the escaped one; the two share memory when
// nothing had to be escaped.
func expandPath(template string, params []QueryParam) (escaped, plain string, err error) {
	var escapedArr, plainArr [256]byte
	eb, pb := escapedArr[:0], plainArr[:0]
	used := 0
	for rest := template; ; {
		literal, after, found := strings.Cut(rest, "{")
		if eb, err = appendLiteral(eb, literal); err != nil {
			return "", "", fmt.Errorf("path %q %w", template, err)
		}
		pb = append(pb, literal...)
		if !found {
			break
		}
		name, tail, closed := strings.Cut(after, "}")
		if !closed {
			return "", "", fmt.Errorf("path %q has a { without }", template)
		}
		i := slices.IndexFunc(params, func(p QueryParam) bool { return p.Name == name })
		if i < 0 {
			return "", "", paramError("path", name, "is not set")
		}
		eb, pb = appendEscaped(eb, params[i].Value), append(pb, params[i].Value...)
		used++
		rest = tail
	}
	if used != len(params) {
		return "", "", misusedParam(template, params)
	}
	if err := checkSegments(eb); err != nil {
		return "", "", fmt.Errorf("path %q %w", template, err)
	}
	if string(eb) == template {
		return template, template, nil
	}
	escaped = string(eb)
	if len(eb) == len(pb) {
		return escaped, escaped, nil
	}
	return escaped, string(pb), nil
}

// appendLiteral appends a part of a path template. Templates are not escaped: a colon
// becomes %3A, as the official clients send it, and what looks like an escape or
// like the begin of a query is refused.
func appendLiteral(dst []byte, s string) ([]byte, error) {
	for i := range len(s) {
		switch c := s[i]; {
		case unreserved[c], c == '/':
			dst = append(dst, c)
		case c == '%':
			return nil, errors.New("holds an escape: write the character itself, or use a path parameter")
		case c == '?', c == '#':
			return nil, fmt.Errorf("holds %q: values after it are query parameters", c)
		case c == '}':
			return nil, errors.New("has a } without {")
		default:
			dst = append(dst, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return dst, nil
}

// checkSegments refuses a path whose segments a server or a proxy would clean away.
// It looks at the values, too: a dot before a value that is a dot makes two.
func checkSegments(escaped []byte) error {
	if len(escaped) == 0 || escaped[0] != '/' {
		return errors.New("does not start with a slash")
	}
	for rest := escaped[1:]; ; {
		segment, after, found := bytes.Cut(rest, []byte("/"))
		switch {
		case string(segment) == "." || string(segment) == "..":
			return errors.New("has a dot segment")
		case len(segment) == 0 && found:
			return errors.New("has an empty segment")
		case !found:
			return nil
		}
		rest = after
	}
}

// misusedParam names the parameter that a template has no place for, or two.
func misusedParam(template string, params []QueryParam) error {
	for _, p := range params {
		switch strings.Count(template, "{"+p.Name+"}") {
		case 0:
			return paramError("path", p.Name, "has no place in "+template)
		case 1:
		default:
			return paramError("path", p.Name, "stands twice in "+template)
		}
	}
	return paramError("path", params[0].Name, "is set twice")
}

func paramError(in, name, problem string) error {
	return fmt.Errorf("%s parameter %q %s", in, name, problem)
}
