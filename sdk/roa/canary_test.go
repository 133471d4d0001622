package roa

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"log/slog"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/internal/canary"
)

// plant returns the secret of a place.
func plant(place string) string { return canary.Secret(place) }

// canaryThing holds a secret wherever a body can.
func canaryThing() *thing {
	return &thing{
		ID: "x", Password: Secret(plant("field")), Token: new(Secret(plant("pointer"))),
		Free: map[string]any{
			"typed": Secret(plant("free, typed")), "password": plant("free, named"), "list": []any{Secret(plant("free, in a list"))},
			"json": `{"kubeconfig":` + quoteJSON(plant("free, JSON in a text")) + `}`, "jsons": `[{"password":` + quoteJSON(plant("free, JSON list in a text")) + `}]`,
		},
	}
}

func quoteJSON(text string) string {
	data, _ := json.Marshal(text)
	return string(data)
}

// watched is a client all of whose outputs are kept.
type watched struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(p)
}

func (w *watched) options() []Option {
	debug := &slog.HandlerOptions{Level: slog.LevelDebug - 10, AddSource: true}
	return []Option{
		WithLogger(slog.New(slog.NewTextHandler(w, debug))), WithLogger(slog.New(slog.NewJSONHandler(w, debug))), WithDump(w),
		WithAttemptHook(func(a Attempt) { a.Context = nil; _, _ = w.Write([]byte(canary.Print(a))) }),
		WithDriftHook(func(d Drift) { _, _ = w.Write([]byte(canary.Print(d) + d.String())) }),
		WithCredentials(StaticCredentials(testKeyID, plant("key"), plant("token"))), WithRetry(DefaultRetryPolicy{BaseDelay: 1, ThrottledDelay: 1}), WithMaxAttempts(2),
	}
}

// call sends the secrets of all places, and keeps what comes of it.
func (w *watched) call(t *testing.T, c *Client) {
	t.Helper()
	req := NewRequest(&opToken, nil)
	req.Body(canaryThing())
	req.Query("q", Secret(plant("query")))
	req.Header("X-Key", Secret(canary.Word("header")))
	out := new(thing)
	err := c.Do(t.Context(), req, out, &out.Metadata, []CallOption{
		CallBodyField("extra", Secret(plant("body field"))), CallQuery("password", plant("query, named")), CallHeader("X-Token", canary.Word("header, named")),
		CallQuery("access_token", plant("query, with a token")), CallHeader("X-Secret", canary.Word("header, with a secret")),
	})
	for _, value := range []any{err, out, c, out.Metadata} {
		_, _ = w.Write([]byte(canary.Print(value)))
	}
}

// places are all secrets.
func places() []string {
	all := []string{canary.Word("header"), canary.Word("header, named"), canary.Word("header, with a secret")}
	for _, place := range []string{
		"field", "pointer", "free, typed", "free, named", "free, in a list", "free, JSON in a text", "free, JSON list in a text", "key", "token", "query", "body field",
		"query, named", "query, with a token",
	} {
		all = append(all, canary.Secret(place))
	}
	return all
}

// quotes are the forms that servers and proxies quote a text in.
var quotes = map[string]func(string) string{
	"plain":      func(s string) string { return s },
	"JSON":       func(s string) string { q := quoteJSON(s); return q[1 : len(q)-1] },
	"Go":         func(s string) string { q := fmt.Sprintf("%+q", s); return q[1 : len(q)-1] },
	"query":      url.QueryEscape,
	"path twice": func(s string) string { return url.PathEscape(url.PathEscape(s)) },
	"lower":      func(s string) string { return lowerEscapes.ReplaceAllStringFunc(url.QueryEscape(s), strings.ToLower) },
	"HTML":       html.EscapeString,
}

// TestCanaryInResponses has servers that say every secret of a request back, in each form and each place.
func TestCanaryInResponses(t *testing.T) {
	t.Parallel()
	for name, leak := range leaks {
		for form, quote := range quotes {
			t.Run(name+", "+form, func(t *testing.T) {
				t.Parallel()
				var said strings.Builder
				for _, secret := range places() {
					said.WriteString(" " + quote(secret))
				}
				checkCanary(t, strings.ReplaceAll(leak, "%s", said.String()))
			})
		}
	}
}

// TestCanaryAtCuts has them do so around the places where texts are cut.
func TestCanaryAtCuts(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"not HTTP", "message", "plain text", "header of an error", "code", "request id of an error"} {
		for _, before := range []int{maxShownCode, maxShownID, maxShownMessage, maxShownError, maxBodyKept} {
			for _, back := range []int{10, 25} {
				t.Run(fmt.Sprintf("%s, %d before %d", name, back, before), func(t *testing.T) {
					t.Parallel()
					checkCanary(t, strings.ReplaceAll(leaks[name], "%s", strings.Repeat("x", before-back)+plant("token")+" "))
				})
			}
		}
	}
}

// TestCanaryInPaths has a server that makes names of secrets, in which JSON pointers escape some characters, also where they are cut.
func TestCanaryInPaths(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{plant("token"), "~" + canary.Word("slash") + "/" + canary.Word("tilde")} {
		for _, before := range []int{0, maxPath - 40, maxPath - 26, maxPath - 13, maxPath - 1, maxPath + 10} {
			name := quoteJSON(strings.Repeat("x", before) + secret)
			for _, body := range []string{"{" + name + `:{"num":[]}}`, "{" + name + `:{"num":`, "{" + name + `:{"n":1}}`, "{" + name + `:1}`, "{" + name + ":[{}]}"} {
				w := new(watched)
				c := newTestClient(t, answer(200, "", body, keyRequestID, "687C5BAA-D103-4993-884B-C35E4314A1E1"), append(w.options(), WithCredentials(StaticCredentials(testKeyID, plant("key"), secret)))...)
				out, md := make(map[string]part), new(Metadata)
				err := c.Do(t.Context(), NewRequest(&opMap, nil), &out, md, nil)
				assert.True(t, err != nil || len(md.Lost) > 0 || strings.Contains(w.text.String(), string(UnknownField)) || strings.Contains(body, "[{}]"), body[len(body)-9:])
				_, _ = w.Write([]byte(canary.Print(err) + canary.Print(*md)))
				assert.Empty(t, canary.Find(w.text.String(), secret), "%d before %s", before, body[len(body)-9:])
			}
		}
	}
}

// TestCleanPath takes the start of a secret only from where a path was cut.
func TestCleanPath(t *testing.T) {
	t.Parallel()
	var m masker
	m.keep("CANARY/of~all")
	for _, tt := range []struct {
		path  string
		isCut bool
		want  string
	}{
		{"/a/CANARY", false, "/a/CANARY"},
		{"/a~1b/CANARY", false, "/a~1b/CANARY"},
		{"/a/CANARY", true, "/a/[REDACTED]"},
		{"/a~1b/x-CANARY~1of", true, "/a~1b/x-[REDACTED]"},
		{"/a/CANARY~", true, "/a/[REDACTED]"},
		{"/a/CANA", true, "/a/[REDACTED]"},
		{"/a/CAN", true, "/a/CAN"},
		{"/CANARY/b", true, "/CANARY/b"},
		{"/a~0b/CANARY~1of~0all-c/d", false, "/a~0b/[REDACTED]-c/d"},
		{"/" + strings.Repeat("x", maxPath-6) + "CANAR", false, "/" + strings.Repeat("x", maxPath-6) + "[REDACTED]"},
		{"/" + strings.Repeat("x", maxPath-7) + "CANAR", false, "/" + strings.Repeat("x", maxPath-7) + "CANAR"},
	} {
		assert.Equal(t, tt.want, m.cleanPath(tt.path, tt.isCut), "%.20s, cut: %v", tt.path, tt.isCut)
	}
}

// TestCanaryAsRequestID has them give one that looks like a request id.
func TestCanaryAsRequestID(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"request id, no JSON", "request id in the body", "request id of an error", "id of an error's body"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, leaks, name)
			checkCanary(t, strings.ReplaceAll(leaks[name], "%s", canary.Word("header, named")))
		})
	}
}

// TestPlainID takes no part of a secret for a request id.
func TestPlainID(t *testing.T) {
	t.Parallel()
	const id = "687C5BAA-d103-4993-884B-C35E4314A1E1"
	assert.True(t, isPlainID(id))
	for _, other := range []string{"", "deadbeef", "687C5BA", id + "0", id[:35], strings.ReplaceAll(id, "-", "0"), strings.Replace(id, "-", "0", 1), strings.Replace(id, "6", "g", 1), id[:35] + "-"} {
		assert.False(t, isPlainID(other), other)
	}
}

// TestCanaryOfRawCalls calls operations that no type is known of: names tell what is secret, in the path, too, and in JSON of parameters.
func TestCanaryOfRawCalls(t *testing.T) {
	t.Parallel()
	all := map[string]string{}
	for _, place := range []string{"path", "query", "header", "JSON of a query", "JSON of a header", "body", "body field"} {
		all[place] = canary.Word("raw, " + place)
	}
	secrets := slices.Sorted(maps.Values(all))
	key := "-----BEGIN RSA KEY-----" + canary.Word("raw, key")
	for kind, body := range map[string]any{
		"bytes":  []byte(`{"group":[{"login_password":"` + all["body"] + `","note":"` + key + `"}]}`),
		"map":    map[string]any{"group": map[string]any{"login_password": all["body"], "note": key}},
		"struct": struct{ AccessToken, Note string }{all["body"], key},
	} {
		for name, leak := range leaks {
			t.Run(kind+", "+name, func(t *testing.T) {
				t.Parallel()
				s := startFaultServer(t, raw(strings.ReplaceAll(leak, "%s", strings.Join(append(slices.Clip(secrets), key), " "))))
				defer s.stop()
				w := new(watched)
				c, err := NewClient(&fixtureService, append(w.options(), WithEndpoint("http://"+s.listener.Addr().String()), WithPlainHTTP())...)
				require.NoError(t, err)
				defer c.CloseIdleConnections()
				_, err = c.Call(t.Context(), RawRequest{
					Operation: "CallThing", Method: "POST", Path: "/x/{Token}", PathParams: map[string]string{"Token": all["path"]}, Body: body,
					Query:  map[string]string{"SecurityToken": all["query"], "filter": `[{"password":"` + all["JSON of a query"] + `"}]`},
					Header: map[string]string{"Cookie": all["header"], "X-Config": `{"secret":"` + all["JSON of a header"] + `"}`},
				}, CallBodyField("login_password", all["body field"]))
				if err == nil {
					w.text.Reset() // what is not JSON is a good response here, whose values the dump shows
				}
				_, _ = w.Write([]byte(canary.Print(err)))
				assert.Positive(t, s.requests.Load())
				assert.Empty(t, canary.Find(w.text.String(), append(slices.Clip(secrets), canary.Word("raw, key"))...))
			})
		}
	}
}

// TestCanaryOfTypes dumps what only types tell to be secret, and what the error of a stream says.
func TestCanaryOfTypes(t *testing.T) {
	t.Parallel()
	type inner struct {
		Note Secret `json:"note,omitzero"`
	}
	type outer struct {
		Note   Secret            `json:"note"`
		Notes  []Secret          `json:"notes"`
		Map    map[string]Secret `json:"map"`
		Inner  *inner            `json:"inner"`
		Inners []inner           `json:"inners"`
	}
	secret := quoteJSON(plant("note"))
	w := new(watched)
	body := strings.ReplaceAll(`{"note":%s,"notes":[%s,%s],"map":{"a":%s},"inner":{"note":%s},"inners":[{},{"note":%s}]}`, "%s", secret)
	c := newTestClient(t, answer(200, "", body), w.options()...)
	out := new(outer)
	require.NoError(t, c.Do(t.Context(), NewRequest(&opMap, nil), out, nil, nil))
	require.True(t, out.Note.Reveal() == plant("note"))
	assert.Contains(t, w.text.String(), `"note":"[REDACTED]"`)
	assert.Empty(t, canary.Find(w.text.String(), plant("note")))
}

// TestCanaryOfStreams has the body of a response break off, with the token as its request id.
func TestCanaryOfStreams(t *testing.T) {
	t.Parallel()
	token := canary.Word("stream")
	s := startFaultServer(t, raw("HTTP/1.1 200 OK\r\nX-Acs-Request-Id: "+token+"\r\nContent-Length: 9\r\n\r\nx"))
	defer s.stop()
	w := new(watched)
	c, err := NewClient(&fixtureService, append(w.options(), WithEndpoint("http://"+s.listener.Addr().String()), WithPlainHTTP(),
		WithCredentials(StaticCredentials(testKeyID, plant("key"), token)))...)
	require.NoError(t, err)
	defer c.CloseIdleConnections()
	body, md, err := download(t.Context(), c)
	require.NoError(t, err)
	_, err = io.ReadAll(body)
	require.Error(t, err)
	require.NoError(t, body.Close())
	_, _ = w.Write([]byte(canary.Print(err) + canary.Print(md) + canary.Print(body)))
	assert.Empty(t, canary.Find(w.text.String(), token))
}

// checkCanary makes calls to a server that responds with this, and looks at all that comes of it.
func checkCanary(t *testing.T, response string) {
	t.Helper()
	s := startFaultServer(t, raw(response))
	defer s.stop()
	w := new(watched)
	c, err := NewClient(&fixtureService, append(w.options(), WithEndpoint("http://"+s.listener.Addr().String()), WithPlainHTTP())...)
	require.NoError(t, err)
	defer c.CloseIdleConnections()
	w.call(t, c)
	assert.Positive(t, s.requests.Load())
	assert.Empty(t, canary.Find(w.text.String(), places()...))
}
