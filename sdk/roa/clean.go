package roa

import (
	"net/http"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

// clean returns a text without the secrets.
func (m *masker) clean(text string) string { return string(m.withoutFound([]byte(text))) }

// longSecret is the length from which a secret is not a word by chance.
const longSecret = 16

// cleanCode does the same for an error code. Codes are words: a short secret that is only
// a part of one, such as Node, was not quoted.
func (m *masker) cleanCode(code string) string {
	if clean := m.clean(code); clean == redacted || canonicalHeader(code) == "" {
		return clean
	}
	long := masker{found: slices.DeleteFunc(slices.Clone(m.found), func(secret string) bool { return len(secret) < longSecret })}
	return long.clean(code)
}

// cleanHeader does the same for the fields of a header. The one that is given is not
// changed, as it may be shared.
func (m *masker) cleanHeader(header http.Header) http.Header {
	clean := make(http.Header, len(header))
	for name, values := range header {
		for _, value := range values {
			clean[m.clean(name)] = append(clean[m.clean(name)], m.clean(value))
		}
	}
	return clean
}

// cleanPath does the same for a JSON pointer, in whose names some characters are escaped.
// One that is cut, by us or where the JSON is broken, may end in the start of a secret.
func (m *masker) cleanPath(path string, isCut bool) string {
	isCut = isCut || len(path) == maxPath
	if !isCut && !strings.Contains(path, "~") {
		return m.clean(path)
	}
	names := strings.Split(strings.TrimSuffix(path, "~"), "/")
	for i, name := range names {
		name = m.clean(pointerUnescaper.Replace(name))
		if isCut && i == len(names)-1 {
			name = m.withoutStart(name)
		}
		names[i] = pointerEscaper.Replace(name)
	}
	return strings.Join(names, "/")
}

// withoutStart replaces the start of a secret at the end of a text that was cut.
func (m *masker) withoutStart(text string) string {
	for _, secret := range m.found {
		for n := min(len(secret), len(text)); n >= shortestQuoted; n-- {
			if start, cut := strings.CutSuffix(text, secret[:n]); cut {
				return start + redacted
			}
		}
	}
	return text
}

// cleanValue does the same for a value that was JSON.
func (m *masker) cleanValue(value any) any {
	switch v := value.(type) {
	case string:
		return m.clean(v)
	case []any:
		for i := range v {
			v[i] = m.cleanValue(v[i])
		}
	case map[string]any:
		return m.cleanObject(v)
	}
	return value
}

func (m *masker) cleanObject(object map[string]any) map[string]any {
	if object == nil {
		return nil
	}
	clean := make(map[string]any, len(object))
	for name, member := range object {
		clean[m.clean(name)] = m.cleanValue(member)
	}
	return clean
}

// cleanError returns an error whose text is one short line without the secrets. What it
// wraps can be found by its type, but not when its own text quotes a secret.
func (m *masker) cleanError(err error) error {
	text := err.Error()
	clean := m.clean(text)
	line := oneline.Of(clean, maxShownError)
	switch {
	case line == text:
		return err
	case clean == text:
		return &shortError{text: line, cause: err}
	default:
		return &shortError{text: line}
	}
}

// shortError is an error with another text.
type shortError struct {
	text  string
	cause error
}

func (e *shortError) Error() string { return e.text }

func (e *shortError) Unwrap() error { return e.cause }

// cleanMetadata does the same for what a response tells beside its value.
func (m *masker) cleanMetadata(md *Metadata) {
	md.RequestID = m.clean(md.RequestID)
	md.Header = m.cleanHeader(md.Header)
	for i, path := range md.Lost {
		md.Lost[i] = m.cleanPath(path, false)
	}
}
