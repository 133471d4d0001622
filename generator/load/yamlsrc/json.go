package yamlsrc

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"unicode/utf8"
)

var jsonRE = regexp.MustCompile(`^\s*\{\s*"`)

// jsonFault returns what is wrong with a text that was meant to be JSON, and its
// offset. The YAML parser would only tell where the outermost object began.
func jsonFault(data []byte) (offset int, err error) {
	text := bytes.TrimPrefix(data, []byte(bom))
	if !jsonRE.Match(text) {
		return 0, nil
	}
	var raw json.RawMessage
	syntax, ok := errors.AsType[*json.SyntaxError](json.Unmarshal(text, &raw))
	if !ok {
		return 0, nil
	}
	skipped := len(data) - len(text)
	if syntax.Offset >= int64(len(text)) { // the end is missing
		return skipped + len(bytes.TrimRight(text, " \t\r\n")), syntax
	}
	return skipped + int(syntax.Offset) - 1, syntax
}

// bom is what some editors put before a text.
const bom = "\ufeff"

var (
	stringRE = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	escapeRE = regexp.MustCompile(`\\(?:u[dD][89abAB][[:xdigit:]]{2}\\u[dD][c-fC-F][[:xdigit:]]{2}|.)`)
)

// AsYAML returns JSON in a form that readers of YAML take: without the escapes of
// slashes and of characters in two halves, which many programs write and YAML lacks.
// Positions stay the same: spaces behind a string make up for what it lost. A text that
// is not JSON is returned as it is.
func AsYAML(data []byte) []byte {
	text := bytes.TrimPrefix(data, []byte(bom))
	if !jsonRE.Match(text) || !json.Valid(text) {
		return data
	}
	return stringRE.ReplaceAllFunc(data, func(before []byte) []byte {
		after := escapeRE.ReplaceAllFunc(before, unescape)
		return append(after, bytes.Repeat([]byte(" "), utf8.RuneCount(before)-utf8.RuneCount(after))...)
	})
}

// unescape returns the character of an escape that YAML lacks, and any other as it is.
func unescape(escape []byte) []byte {
	if len(escape) == 2 && escape[1] != '/' {
		return escape
	}
	var s string
	if err := json.Unmarshal([]byte(`"`+string(escape)+`"`), &s); err != nil {
		return escape
	}
	return []byte(s)
}
