package canary

import (
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html/template"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestCanaryIsFound prints a secret with the encoders that programs use, wherever it stands.
func TestCanaryIsFound(t *testing.T) {
	t.Parallel()
	secret := Secret("here")
	for name, text := range map[string]string{
		"text": secret, "%q": fmt.Sprintf("%q", secret), "%+q": fmt.Sprintf("%+q", secret), "%x": fmt.Sprintf("%x", secret), "% X": fmt.Sprintf("% X", secret),
		"%#v of bytes": fmt.Sprintf("%#v", []byte(secret)), "%v of bytes": fmt.Sprintf("%d", []byte(secret)),
		"query": url.QueryEscape(secret), "lower": strings.ToLower(url.QueryEscape(secret)), "path": url.PathEscape(secret),
		"url": (&url.URL{Scheme: "http", User: url.UserPassword("u", secret), Host: "h"}).String(), "HTML": template.HTMLEscapeString(secret), "script": template.JSEscapeString(secret),
		"start": secret[:len(secret)/2], "end": secret[len(secret)/2:], "lines": secret[:5] + "\n    " + secret[5:14] + "\n" + secret[14:],
		"JSON": encodeJSON(t, secret), "JSON in JSON": encodeJSON(t, encodeJSON(t, secret)), "XML": encodeXML(t, secret),
		"escapes": strings.ToUpper(escaped(secret)),
	} {
		assert.NotEmpty(t, Find("before "+text+" after", "another", secret), name)
	}
	for at := range 7 {
		for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.RawURLEncoding} {
			assert.NotEmpty(t, Find(encoding.EncodeToString([]byte(strings.Repeat("<", at)+secret+"after")), secret), at)
		}
	}
	assert.Empty(t, Find(strings.Repeat("[REDACTED] "+Secret("there"), 3), secret, Word("here")))
	assert.NotContains(t, fmt.Sprint(Find(secret, secret)), secret[:4])
}

// TestCanaryWords finds what has no odd characters, and a short secret as a whole.
func TestCanaryWords(t *testing.T) {
	t.Parallel()
	word := Word("here")
	assert.NotEqual(t, word, Word("there"))
	assert.NotEmpty(t, Find("a "+strings.ToUpper(fmt.Sprintf("%x", word)), word))
	assert.NotEmpty(t, Find("a short one", "short"))
	assert.Empty(t, Find("a shor t", "shorter"))
}

func TestCanaryInFolder(t *testing.T) {
	t.Parallel()
	folder, word := t.TempDir(), Word("file")
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "a"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "a", "b"), []byte("x "+Word("other")), 0o600))
	found, err := FindInFolder(folder, word)
	require.NoError(t, err)
	assert.Empty(t, found)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "a", word), []byte("x "+word), 0o600))
	found, err = FindInFolder(folder, word)
	require.NoError(t, err)
	assert.Len(t, found, 2)
}

func encodeJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	require.NoError(t, err)
	return string(text)
}

func encodeXML(t *testing.T, value any) string {
	t.Helper()
	text, err := xml.Marshal(value)
	require.NoError(t, err)
	return string(text)
}
