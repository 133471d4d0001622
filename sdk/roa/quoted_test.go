package roa

import (
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestQuotedSecret looks for secrets in the ways that a service writes them.
func TestQuotedSecret(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{
		"plain", "two lines\nof\r\ttext", `"C:\new" `, "a+b c/d=~&<e>'", "50%2F", "50% off", "a%b+c=d", "密码 😀!", "\x00\x1f\b\f", `\\\n`,
	} {
		var m masker
		m.keep(secret)
		for name, text := range map[string]string{
			"as it is":      secret,
			"JSON":          quote(t, secret),
			"JSON twice":    quote(t, quote(t, secret)),
			"ASCII":         asciiQuote(secret),
			"slash":         strings.ReplaceAll(quote(t, secret), "/", `\/`),
			"form":          url.QueryEscape(secret),
			"form twice":    url.QueryEscape(url.QueryEscape(secret)),
			"segment":       url.PathEscape(secret),
			"segment, JSON": quote(t, url.PathEscape(secret)),
			"HTML":          html.EscapeString(secret),
			"lower case":    lowerEscapes.ReplaceAllStringFunc(url.QueryEscape(secret), strings.ToLower),
		} {
			got := string(m.withoutFound([]byte("sign " + text + " now")))
			assert.Equal(t, "sign [REDACTED] now", got, "%s of %q: %s", name, secret, text)
		}
	}
}

var lowerEscapes = regexp.MustCompile(`%..`)

// TestUnquotedText has texts that only look like a secret.
func TestUnquotedText(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "a", "a b", "a%", "a%2", "a%20", `a\`, `a\u`, `a\u00`, `a\\`, `a\u0020`, `a\ud83d`, `a\ud83d\u0020`, "a+", `a\n`} {
		assert.Equal(t, text, string(withoutSecret([]byte(text), "a 😀")))
	}
}

// quote returns a text as it stands in a JSON string.
func quote(t *testing.T, text string) string {
	t.Helper()
	data, err := json.Marshal(text)
	require.NoError(t, err)
	return string(data[1 : len(data)-1])
}

// asciiQuote escapes all characters.
func asciiQuote(text string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&b, `\u%04X`, unit)
	}
	return b.String()
}
