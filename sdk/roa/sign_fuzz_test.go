package roa

import (
	"encoding/json"
	"net/http"
	"net/textproto"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// FuzzCanonicalRequest signs whatever net/http may send. What is signed can be read back into what is sent, so that no two requests have one
// signature, it does not depend on the order of parameters, and no secret is in what can be logged.
func FuzzCanonicalRequest(f *testing.F) {
	f.Add("c1", "a", "1", "b", "2", "v", "{}")
	f.Add("a/b %2F", "x-acs-action", "x y+z*~%/&=", "é", "\xff;", " t ", "")
	f.Add("\n", "a\nb", "\r\n", "", "host:h", "a,b;c:d", "\x00")
	f.Add("~*+", "B", "", "a", "", "集群", "null")
	f.Fuzz(func(t *testing.T, segment, n1, v1, n2, v2, field, body string) {
		if n1 == n2 || strings.ContainsFunc(field, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			return // the order of equal names is the caller's, and net/http sends no such field
		}
		cred := Credentials{AccessKeyID: "id", AccessKeySecret: "CANARY-secret", SecurityToken: "CANARY-token"}
		in := &SignInput{
			Method: http.MethodPost, EscapedPath: "/things/" + string(appendEscaped(nil, segment)), Host: "h.example.com:1",
			Query:  []QueryParam{{n1, v1}, {n2, v2}},
			Header: http.Header{"X-Acs-Fuzz": {field}, "Content-Type": {"application/json"}, "User-Agent": {"not signed"}},
			Body:   []byte(body), Time: time.Unix(1_700_000_000, 0), Nonce: "n",
		}
		before := in.Header.Clone()
		signed := ACS3HMACSHA256.Sign(in, cred)
		checkCanonical(t, in, signed)
		swapped := *in
		swapped.Query = []QueryParam{in.Query[1], in.Query[0]}
		if again := ACS3HMACSHA256.Sign(&swapped, cred); !reflect.DeepEqual(again, signed) {
			t.Fatal("the order of parameters changes the signature")
		}
		if !reflect.DeepEqual(in.Header, before) {
			t.Fatal("signing changes the header of the caller")
		}
		old := ROAHMACSHA1.Sign(in, cred)
		for _, text := range []string{signed.CanonicalRequest, signed.StringToSign, old.StringToSign, old.Header.Get("Authorization"), signed.Header.Get("Authorization")} {
			if strings.Contains(text, "CANARY") {
				t.Fatalf("a secret is in %q", text)
			}
		}
	})
}

// checkCanonical reads a canonical request by the words of the documents.
func checkCanonical(t *testing.T, in *SignInput, signed Signed) {
	t.Helper()
	lines := strings.Split(signed.CanonicalRequest, "\n")
	if len(lines) < 7 || lines[0] != in.Method || lines[1] != in.EscapedPath {
		t.Fatalf("not a canonical request: %q", lines)
	}
	query, err := url.ParseQuery(lines[2])
	if err != nil || len(query) != len(in.Query) {
		t.Fatalf("%q does not parse: %v", lines[2], err)
	}
	for _, p := range in.Query {
		if query.Get(p.Name) != p.Value {
			t.Fatalf("%q is signed as %q", p.Value, query.Get(p.Name))
		}
	}
	fields := lines[3 : len(lines)-3]
	names := strings.Split(lines[len(lines)-2], ";")
	if len(fields) != len(names) || !slices.IsSorted(names) || lines[len(lines)-3] != "" || lines[len(lines)-1] != hexSHA256(in.Body) {
		t.Fatalf("fields are not those that are named: %q", lines)
	}
	for i, name := range names {
		got, value, _ := strings.Cut(fields[i], ":")
		sent := signed.Header.Get(textproto.CanonicalMIMEHeaderKey(name))
		switch name {
		case "host":
			sent = in.Host
		case "x-acs-security-token":
			sent = redacted
		}
		if got != name || value != strings.TrimSpace(sent) {
			t.Fatalf("field %q is signed as %q", name, fields[i])
		}
	}
}

// FuzzQuotedSecret puts a secret into a text in each way that a service quotes it, and expects it gone.
func FuzzQuotedSecret(f *testing.F) {
	f.Add("sign ", "plain", " now")
	f.Add(`\`, "two\nof\r\ttext", `\\`)
	f.Add("%", "a+b c/d=~&<e>'", "%2")
	f.Add(`\u00`, "密码 😀!", `\ud83d`)
	f.Add("a", `\\\n"`, "a")
	f.Add("+", "    ", "+")
	f.Fuzz(func(t *testing.T, head, secret, tail string) {
		if len(strings.TrimSpace(secret)) < shortestQuoted || strings.ContainsAny(secret, "[]") || strings.Contains(redacted, secret) {
			return // too short to look for, or something that the mask itself would show
		}
		inJSON, err := json.Marshal(secret)
		if err != nil {
			t.Fatal(err)
		}
		twice, err := json.Marshal(string(inJSON))
		if err != nil {
			t.Fatal(err)
		}
		manyBackslashes := strings.Contains(secret, `\\`) || strings.Contains(secret, `\"`) // of which JSON in JSON does not tell how many are one
		forms := []string{secret, strings.TrimSpace(secret), url.QueryEscape(secret), url.PathEscape(secret), url.QueryEscape(url.QueryEscape(secret))}
		if strings.ToValidUTF8(secret, "") == secret { // JSON has no other
			forms = append(forms, string(inJSON[1:len(inJSON)-1]))
		}
		if strings.ToValidUTF8(secret, "") == secret && !manyBackslashes {
			forms = append(forms, string(twice[3:len(twice)-3]))
		}
		for _, form := range forms {
			var m masker
			m.keep(secret)
			got := string(m.withoutFound([]byte(head + form + tail)))
			if strings.Contains(got, form) || !strings.Contains(got, redacted) {
				t.Fatalf("%q is still in %q", form, got)
			}
			if again := string(m.withoutFound([]byte(got))); again != got {
				t.Fatalf("%q becomes %q", got, again)
			}
		}
	})
}

// FuzzServerWait reads what a server says about when to come back: never a wait without end, and none that lies in the past.
func FuzzServerWait(f *testing.F) {
	f.Add("120", "", "Limit:100,Remain:0,TimeLeft:1500")
	f.Add("Wed, 21 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 2026 07:27:00 GMT", "TimeLeft")
	f.Add("18446744073709551616", "Mon, 01 Jan 0001 00:00:00 GMT", "timeleft: 99999999999999999999")
	f.Add("-1", "x", "TimeLeft:-1")
	f.Fuzz(func(t *testing.T, after, date, limit string) {
		header := http.Header{keyRetryAfter: {after}, keyDate: {date}}
		for _, wait := range []time.Duration{retryAfter(header, time.Unix(1_700_000_000, 0)), timeLeft(limit)} {
			if wait < 0 || wait > maxServerWait {
				t.Fatalf("a wait of %v", wait)
			}
		}
	})
}
