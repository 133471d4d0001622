package roa

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// FuzzPathEscape checks that any value stays one segment and arrives as it was.
func FuzzPathEscape(f *testing.F) {
	for _, seed := range []string{"c1", "a/b", "..", ".", "", "%2e%2e", "集群", "\x00", "\xff", "a?b#c", " "} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		req := NewRequest(&opGet, nil)
		req.Path("ThingId", value)
		if req.err != nil {
			if strings.TrimSpace(value) != "" && value != "." && value != ".." {
				t.Fatalf("%q was refused: %v", value, req.err)
			}
			return
		}
		escaped, plain, err := expandPath(opGet.Path, req.path)
		if err != nil {
			t.Fatal(err)
		}
		u := url.URL{Scheme: "https", Host: "h", Path: plain, RawPath: escaped}
		if u.EscapedPath() != escaped {
			t.Fatalf("net/url would send %q and not %q", u.EscapedPath(), escaped)
		}
		parts := strings.Split(escaped, "/")
		if len(parts) != 4 {
			t.Fatalf("%q became several segments: %q", value, escaped)
		}
		back, err := url.PathUnescape(parts[2])
		if err != nil || back != value || string(appendACS3Path(nil, escaped)) != escaped {
			t.Fatalf("%q arrives as %q (%v)", value, back, err)
		}
	})
}

// FuzzQueryEncode checks that any two parameters arrive as they were.
func FuzzQueryEncode(f *testing.F) {
	f.Add("a", "1", "b", "2")
	f.Add("a&b", "", "=", "x y+z*~%/")
	f.Add("é", "\xff;", "", "[\"c1\"]")
	f.Add("a", "1", "a", "2")
	f.Add("b", "1", "a", "2")
	f.Add("clusterIds", "c1,c2", "pageSize", "10")
	f.Add("retain_resources", `["sg-1","sg 2"]`, "force", "true")
	f.Add("A", "", "a", "")
	f.Add("%61", "%2C", "a", ",")
	f.Add("a", "1&b=2", "b=", "=&;")
	f.Add("\x00", "\r\n", "集群", "\u2028")
	f.Fuzz(func(t *testing.T, n1, v1, n2, v2 string) {
		params := setQuery(setQuery(nil, n1, v1), n2, v2)
		sortQuery(params)
		raw := string(appendQuery(nil, params))
		got, err := url.ParseQuery(raw)
		if err != nil || len(got) != len(params) {
			t.Fatalf("%q does not parse: %v", raw, err)
		}
		for _, p := range params {
			if values := got[p.Name]; len(values) != 1 || values[0] != p.Value {
				t.Fatalf("%q arrives as %q", p.Value, values)
			}
		}
	})
}

// FuzzErrorBody checks that every body makes an error of one bounded line.
func FuzzErrorBody(f *testing.F) {
	for _, seed := range []string{
		"", `{"code":"X","message":"m","requestId":"R"}`, `[{"Code":1}]`, "<Error><Code>X</Code></Error>", "<html>", `{"error":{"code":{}`,
		`{"accessDeniedDetail":{"a":[null]}}`, "\ufeff{}", "{\"message\":\"\xff\\ud800\"}", strings.Repeat("[", 20_000),
	} {
		f.Add(400, []byte(seed))
	}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		rec := httptest.NewRecorder()
		resp := rec.Result()
		resp.StatusCode, resp.Header = status, http.Header{}
		before := string(body)
		err := newAPIError(&fixtureService, &opGet, resp, body, new(masker))
		_ = resp.Body.Close()
		text := err.Error()
		if string(body) != before || !strings.HasPrefix(text, "ack: DescribeThing: ") || len(text) > 1200 {
			t.Fatalf("text of %d bytes: %q", len(text), text)
		}
		for _, r := range text {
			if !unicode.IsPrint(r) || r == utf8.RuneError {
				t.Fatalf("%U in %q", r, text)
			}
		}
		_ = err.class()
	})
}

// FuzzLenientDecode checks that no JSON makes the decoder panic, that a value
// which decodes strictly is not changed by leniency, and that what was decoded can
// be sent again.
func FuzzLenientDecode(f *testing.F) {
	for _, seed := range []string{
		`{"id":1,"count":"2","ready":"true","created":1597920689,"parts":{"num":"1"},"tags":"x"}`, `[]`, `null`, `""`, `{"main":""}`,
		`{"free":[{"a":1e999}]}`, `{"created":"2020-08-20 10:51:29"}`, `{"count":1e400}`, `{"id":"\ud800"}`, `{"labels":{"a":{}}}`, `{"id":`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var strict, got thing
		strictErr := decodeStrict(body, &strict)
		lost, err := decoder{}.decode(body, &got)
		if err != nil {
			if strictErr == nil || len(err.Error()) > 600 {
				t.Fatalf("strict: %v, lenient: %v", strictErr, err)
			}
			return
		}
		if strictErr == nil && (lost != nil || !reflect.DeepEqual(strict, got)) {
			t.Fatalf("leniency changes what is as declared: %v", lost)
		}
		sent, err := encodeJSON(&got)
		if err != nil {
			if year := got.Created.Year(); year < 0 || year > 9999 {
				return // RFC 3339 has no form for it
			}
			t.Fatal(err)
		}
		if !json.Valid(sent) {
			t.Fatalf("not JSON: %s", sent)
		}
	})
}
