package gateway

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
	"github.com/ackgen/ackgen/sdk/roa"
)

// verifyingTransport checks every request with the code of the fake server, as
// it would arrive, and responds with nothing.
type verifyingTransport struct {
	verifier *Verifier
	action   string
	fault    *fault.Fault
	seen     int
}

func (v *verifyingTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	var body []byte
	if req.Body != nil {
		var err error
		if body, err = io.ReadAll(req.Body); err != nil {
			return nil, err
		}
	}
	query, err := url.ParseQuery(req.URL.RawQuery)
	if err != nil {
		return nil, err
	}
	v.seen++
	_, v.fault = v.verifier.verify(&received{
		method: req.Method, path: req.URL.EscapedPath(), query: query, host: req.URL.Host, header: req.Header, body: body,
	}, v.action)
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(nil)), Request: req}, nil
}

// FuzzSignature signs whatever a caller may send and has the server's own code
// verify it: the two share nothing but the documents.
func FuzzSignature(f *testing.F) {
	f.Add("c1", "state", "running", "", "", false)
	f.Add("a/b c", "tags", `[{"key":"env","value":"测试 dev"}]`, `{"name":"x"}`, "token+/=", true)
	f.Add("*~%+", "C_d", "x y+z*~%/?#&=", "[]", "", false)
	f.Add("集群", "", "", "\x00\xff", " t ", true)
	f.Add("..a", "a&b=c", "é\u2028", "null", "sts", false)
	f.Fuzz(func(t *testing.T, segment, name, value, body, token string, old bool) {
		algorithm := roa.ACS3HMACSHA256
		if old {
			algorithm = roa.ROAHMACSHA1
		}
		transport := &verifyingTransport{action: "AnyOperation"}
		client, err := ack.New(roa.WithRegion("cn-beijing"), roa.WithCredentials(roa.StaticCredentials("id", "secret", token)),
			roa.WithSignature(algorithm), roa.WithTransport(transport), roa.WithoutRetry())
		if err != nil {
			return // a token that no header can hold
		}
		transport.verifier = NewVerifier([]Credential{{ID: "id", Secret: "secret", Token: trimmed(token)}}, "2015-12-15", time.Now)
		in := roa.RawRequest{
			Operation: "AnyOperation", Method: http.MethodPost, Path: "/things/{Id}",
			PathParams: map[string]string{"Id": segment}, Query: map[string]string{},
		}
		if name != "" {
			in.Query[name] = value
		}
		if body != "" {
			in.Body = []byte(body)
		}
		_, err = client.Call(t.Context(), in)
		if transport.seen == 0 {
			require.Error(t, err, "nothing was sent and nothing was said")
			return
		}
		require.Nil(t, transport.fault)
	})
}

// trimmed returns a token as StaticCredentials keeps it.
func trimmed(token string) string { return string(bytes.TrimSpace([]byte(token))) }
