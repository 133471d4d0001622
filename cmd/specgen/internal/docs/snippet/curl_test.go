package snippet

import (
	"bytes"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest"
)

// A request is what curl sends.
type request struct {
	method, url string // below FakeURL
	header      http.Header
	body        string
}

// sent returns what curl sends when a shell is given a command. It knows the options that commands use, and no other.
func sent(t *testing.T, command string) request {
	t.Helper()
	words := shellWords(t, command)
	require.Equal(t, "curl", words[0])
	r := request{header: http.Header{}}
	for i := 1; i < len(words); i++ {
		next := func() string { i++; return words[i] }
		switch word := words[i]; word {
		case "-X":
			r.method = next()
		case "--head":
			r.method = http.MethodHead
		case "-H":
			name, value, found := strings.Cut(next(), ": ")
			require.True(t, found, command)
			r.header.Add(name, value)
		case "-d", "--data-raw":
			r.body = next()
		case "--data-urlencode":
			name, value, _ := strings.Cut(next(), "=")
			r.body += "&" + name + "=" + url.QueryEscape(value)
		default:
			require.Empty(t, r.url, command)
			path, ours := strings.CutPrefix(word, FakeURL)
			require.True(t, ours, command)
			r.url = path
		}
	}
	r.body = strings.TrimPrefix(r.body, "&")
	if r.method == "" {
		r.method = map[bool]string{false: http.MethodGet, true: http.MethodPost}[r.body != ""]
	}
	return r
}

// shellWords takes a command apart as a shell does.
func shellWords(t *testing.T, line string) []string {
	t.Helper()
	var words []string
	var word strings.Builder
	quoted, begun := false, false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\'':
			quoted, begun = !quoted, true
		case quoted:
			word.WriteByte(c)
		case c == '\\' && line[i+1] == '\n':
			i++
		case c == '\\':
			i++
			word.WriteByte(line[i])
		case c == ' ' || c == '\n':
			if begun {
				words = append(words, word.String())
			}
			word.Reset()
			begun = false
		default:
			assert.NotContains(t, "\"$`&|;<>*?[]{}()~#!", string(c), "the shell would take %s for something else", line)
			word.WriteByte(c)
			begun = true
		}
	}
	require.False(t, quoted, line)
	return words
}

// refused are the specs whose commands a fake server cannot carry out, and why.
var refused = map[string]string{
	"defaults_and_limits_in_docs": "it has no examples, and what is made up keeps no limits",
	"harmless":                    "its security names a scheme that it does not have",
	"integer_values":              "its examples are wrong on purpose",
	"oneof":                       "it has no examples, and what is made up fits no variant",
	"openapi_31":                  "it refers to other files, which the fake server does not read",
	"ref_files":                   "it refers to other files, which the fake server does not read",
	"scalar_bodies":               "nothing is known of two of its responses",
}

// TestCommandsOfOtherAPIs sends the commands of other specs to fake servers of these, which compare every value with the spec.
func TestCommandsOfOtherAPIs(t *testing.T) {
	t.Parallel()
	for _, file := range otherSpecs(t) {
		if refused[nameOf(file)] != "" {
			continue
		}
		t.Run(nameOf(file), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			w, api := build(t, filepath.Base(file), data, os.DirFS(filepath.Dir(file)), otherPath)
			srv := acktest.NewServer(t, acktest.WithSpec(data), acktest.WithUnsigned(), acktest.WithPlainHTTP())
			for _, g := range api.Groups {
				for _, op := range g.Operations {
					set, err := w.Of(op)
					require.NoError(t, err)
					for _, s := range set.Curl {
						r := sent(t, s.Code)
						req, err := http.NewRequestWithContext(t.Context(), r.method, srv.URL+r.url, bytes.NewBufferString(r.body))
						require.NoError(t, err)
						req.Header = r.header
						resp, err := srv.HTTPClient().Do(req)
						require.NoError(t, err)
						var body bytes.Buffer
						_, err = body.ReadFrom(resp.Body)
						require.NoError(t, err)
						require.NoError(t, resp.Body.Close())
						assert.Less(t, resp.StatusCode, http.StatusMultipleChoices, "%s%s", s.Code, &body)
						requests := srv.Requests()
						assert.Equal(t, op.Action, requests[len(requests)-1].Operation)
					}
				}
			}
		})
	}
}
