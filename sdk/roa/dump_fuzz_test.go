package roa

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// FuzzDumpOfResponse puts a secret into any JSON, and expects one line of JSON
// without it, or nothing.
func FuzzDumpOfResponse(f *testing.F) {
	for _, seed := range []string{
		`{"password":"?","id":"x"}`, `{"parts":[{"new":{"api-key":"?"}}]}`, `{"free":{"value":["?"]}}`, `{"token":{"a":"?"}}`,
		`{"id":"{\"secret\":\"?\"}"}`, `{"password":"\u003f","password":"?"}`, `["?"`, `"?"`, "{\"password\":\"?\n\"}", ``, `{"token":null}`,
	} {
		f.Add(seed, "CANARY-1")
	}
	f.Fuzz(func(t *testing.T, body, secret string) {
		var m masker
		line, ok := m.json([]byte(body), reflect.TypeFor[*thing]())
		if !ok {
			return
		}
		if strings.ContainsAny(line, "\n\r") || !json.Valid([]byte(line)) {
			t.Fatalf("not a line of JSON: %q", line)
		}
		if again, _ := m.json([]byte(line), reflect.TypeFor[*thing]()); again != line {
			t.Fatalf("%q becomes %q", line, again)
		}
		hidden, err := json.Marshal(map[string]any{"password": secret, "free": []any{map[string]any{"SecretKey": secret}}})
		if err != nil {
			t.Fatal(err)
		}
		if line, _ := m.json(hidden, reflect.TypeFor[*thing]()); line != `{"free":[{"SecretKey":"[REDACTED]"}],"password":"[REDACTED]"}` {
			t.Fatalf("%q becomes %q", hidden, line)
		}
	})
}
