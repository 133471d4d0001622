package credentials

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// planted is a secret in files: no error may show it.
const planted = "CANARY-1"

// FuzzReadINI puts any text behind a profile. The profile stays what it is unless the text goes on with it, values are what was written,
// and no error quotes the file.
func FuzzReadINI(f *testing.F) {
	f.Add("id", "[other]\ntype = access_key\n")
	f.Add("a#b;c", "[ first ]\nkey: x")
	f.Add("it's", "; comment\n\ufeff[")
	f.Add("集群 x", "[a]b = c\n[]\n= =\n\x00=\r\n")
	f.Fuzz(func(t *testing.T, value, rest string) {
		if strings.ContainsAny(value, "\"\r\n") {
			return // which a quoted value cannot hold
		}
		text := "\ufeff[first]\r\n # comment = x\nkey = \"" + value + "\" ; comment\n[end]\n" + rest
		profiles, err := readINI(text)
		if err != nil {
			if strings.TrimSpace(rest) == "" || err.Error() != "the file is not an INI file" {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		if !strings.Contains(rest, "first") && (len(profiles["first"]) != 1 || profiles["first"]["key"] != value) {
			t.Fatalf("%q is read as %q", value, profiles["first"])
		}
		for name, section := range profiles {
			for key, value := range section {
				if !strings.Contains(text, name) || !strings.Contains(text, key) || !strings.Contains(text, value) {
					t.Fatalf("%q, %q or %q is not in %q", name, key, value, text)
				}
			}
		}
	})
}

// FuzzReadKey reads what programs of profiles print: whole credentials without blanks around them, or an error without any of the text.
func FuzzReadKey(f *testing.F) {
	for _, seed := range []string{
		`{"access_key_id":"a","access_key_secret":"?"}`, `{"access_key_id":"?","mode":"StsToken","access_key_secret":"s"}`, `{"access_key_id":" "}`,
		`{"access_key_id":"a","access_key_secret":"b","expiration":"?"}`, `{"access_key_id":"a","access_key_secret":"b","expiration":"2999-01-01T00:00:00Z"}`,
		"\ufeff{}", "?", `{"access_key_id":["?"]}`, `{"access_key_id":"a","access_key_secret":"b","expiration":"9999-12-31T23:59:59-23:59"}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := readKey([]byte(strings.ReplaceAll(text, "?", planted)))
		if err != nil {
			if strings.Contains(err.Error(), planted) || strings.Contains(err.Error(), "\n") || len(err.Error()) > 100 {
				t.Fatalf("error %q", err)
			}
			return
		}
		id, secret := got.Value.AccessKeyID, string(got.Value.AccessKeySecret)
		if id == "" || secret == "" || strings.TrimSpace(id) != id || strings.TrimSpace(secret) != secret {
			t.Fatalf("credentials %q with a secret of %d bytes", id, len(secret))
		}
	})
}

// FuzzReadCLI gets the credentials of a profile of the CLI that holds them. No error shows a secret, whatever the other keys are.
func FuzzReadCLI(f *testing.F) {
	for _, mode := range []string{"AK", "StsToken", "", "ak", "RsaKeyPair", planted} {
		f.Add(mode, "id", "token", int64(0))
	}
	f.Add("StsToken", "", "", int64(4_000_000_000))
	f.Add("StsToken", "id", "t", int64(-1))
	f.Add("StsToken", "\u00a0id\n", "\x00", int64(1)<<62)
	f.Fuzz(func(t *testing.T, mode, id, token string, expires int64) {
		if slices.Contains(modes, mode) && mode != "AK" && mode != "StsToken" {
			return // goes to a service
		}
		p := cliProfile{Name: "p", Mode: trimmed(mode), ID: trimmed(id), Secret: planted, Token: trimmed(token), TokenExpire: expires}
		conf := cliConfig{file: "f", Profiles: []cliProfile{p}}
		got, err := conf.fetch(t.Context(), "p", nil)
		if err == nil {
			if got.Value.AccessKeyID != id || got.Value.AccessKeySecret != planted || mode == "AK" && got.Value.SecurityToken != "" {
				t.Fatal("other credentials than those of the profile")
			}
			return
		}
		if strings.Contains(err.Error(), planted) || strings.Contains(err.Error(), "\n") {
			t.Fatalf("error %q", err)
		}
		good := expires == 0 || expires > time.Now().Add(time.Hour).Unix()
		if id != "" && (mode == "AK" || mode == "StsToken" && token != "" && good) {
			t.Fatalf("credentials that are good are refused: %v", err)
		}
	})
}
