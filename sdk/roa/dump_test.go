package roa

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// dumpOf returns what one call dumps.
func dumpOf(t *testing.T, st step, call func(*Client) error) string {
	t.Helper()
	var dump bytes.Buffer
	c := scriptClient(t, &script{steps: []step{st}}, WithoutRetry(), WithDump(&dump),
		WithCredentials(StaticCredentials(testKeyID, testSecret, testToken)))
	_ = call(c)
	for _, secret := range []string{"CANARY", testKeyID} {
		assert.NotContains(t, dump.String(), secret)
	}
	return dump.String()
}

func TestDump(t *testing.T) {
	t.Parallel()
	header := http.Header{"X-Acs-Request-Id": {"R-1"}, "Set-Cookie": {"s=CANARY"}}
	st := step{status: 200, header: header, body: `{"id":"t1","password":"CANARY","labels":{"a":"b","x-token":"CANARY"}}`}
	dump := dumpOf(t, st, func(c *Client) error {
		req := NewRequest(&opToken, nil)
		req.Query("page", 2)
		req.Query("key", Secret("CANARY"))
		req.QueryJSON("filter", thing{ID: "x", Password: "CANARY"})
		req.Body(&thing{ID: "y", Token: new(Secret("CANARY"))})
		return c.Do(t.Context(), req, new(thing), nil, []CallOption{CallBodyField("/main/new", Secret("CANARY")), CallHeader("X-My-Token", "CANARY")})
	})
	lines := strings.Split(dump, "\n")
	assert.Equal(t, "* ack ModifyThing, attempt 1", lines[0])
	assert.Equal(t, "> PUT https://cs.cn-beijing.aliyuncs.com/things"+
		"?filter=%7B%22id%22%3A%22x%22%2C%22password%22%3A%22[REDACTED]%22%7D&key=[REDACTED]&page=2", lines[1])
	for _, line := range []string{
		"> Accept: application/json", "> Authorization: [REDACTED]", "> X-Acs-Action: ModifyThing", "> X-Acs-Content-Sha256: [REDACTED]",
		"> X-Acs-Security-Token: [REDACTED]", "> X-My-Token: [REDACTED]",
		`> {"id":"y","main":{"new":"[REDACTED]"},"token":"[REDACTED]"}`,
		"< 200 OK", "< Set-Cookie: [REDACTED]", "< X-Acs-Request-Id: R-1",
		`< {"id":"t1","password":"[REDACTED]","labels":{"a":"b","x-token":"[REDACTED]"}}`,
	} {
		assert.Contains(t, lines, line)
	}
}

// TestDumpOfResponses has a secret in every kind of response.
func TestDumpOfResponses(t *testing.T) {
	t.Parallel()
	wrong := `{"code":"SignatureDoesNotMatch","message":"server string to sign is: POST\nx-acs-security-token:` + testToken +
		`\nx-acs-accesskey-id:` + testKeyID + `","AccessKeyId":"` + testKeyID + `"}`
	for name, tt := range map[string]struct {
		op   *Operation
		step step
		out  any
		want string
	}{
		"declared names are trusted": {&opMap, step{status: 200, body: `{"a":{"my_config":"open"}}`}, &map[string]configured{}, `{"a":{"my_config":"open"}}`},
		"declared as anything":       {&opMap, step{status: 200, body: `{"a":{"my_secret":"CANARY"}}`}, &map[string]configured{}, `{"a":{"my_secret":"[REDACTED]"}}`},
		"wrong type":                 {&opGet, step{status: 200, body: `{"password":{"a":"CANARY"},"parts":{"name":"n"}}`}, new(thing), `{"password":"[REDACTED]","parts":{"name":"n"}}`},
		"null":                       {&opGet, step{status: 200, body: `{"password":null}`}, new(thing), `{"password":null}`},
		"any":                        {&opGet, step{status: 200, body: `{"free":[{"secretKey":"CANARY","n":1e3,"ok":true}]}`}, new(thing), `{"free":[{"secretKey":"[REDACTED]","n":1e3,"ok":true}]}`},
		"unknown member":             {&opGet, step{status: 200, body: `{"new":{"user_data":"CANARY"}}`}, new(thing), `{"new":{"user_data":"[REDACTED]"}}`},
		"map of secrets":             {&opMap, step{status: 200, body: `{"a":"CANARY"}`}, &map[string]Secret{}, `{"a":"[REDACTED]"}`},
		"list of secrets":            {&opList, step{status: 200, body: `["CANARY"]`}, &[]Secret{}, `["[REDACTED]"]`},
		"one for a list":             {&opList, step{status: 200, body: `"CANARY"`}, &[]Secret{}, `"[REDACTED]"`},
		"JSON in a text":             {&opGet, step{status: 200, body: `{"id":"{\"token\":\"CANARY\",\"a\":1}"}`}, new(thing), `{"id":"{\"token\":\"[REDACTED]\",\"a\":1}"}`},
		"key in a text":              {&opGet, step{status: 200, body: `{"id":"-----BEGIN RSA PRIVATE KEY-----\nCANARY"}`}, new(thing), `{"id":"[REDACTED]"}`},
		"kubeconfig":                 {&opGet, step{status: 200, body: `{"x":"users:\n- client-key-data: CANARY"}`}, new(thing), `{"x":"[REDACTED]"}`},
		"signed address":             {&opGet, step{status: 200, body: `{"id":"https://x/y?Expires=1&Signature=CANARY"}`, header: http.Header{"Location": {"/?signature=CANARY"}}}, new(thing), `{"id":"[REDACTED]"}`},
		"secret text":                {&opText, step{status: 200, body: `join CANARY`}, new(Secret), `[REDACTED] 11 bytes of plain text`},
		"secret text as JSON":        {&opText, step{status: 200, body: `"join CANARY"`}, new(Secret), `[REDACTED] 13 bytes of plain text`},
		"open text":                  {&opText, step{status: 200, body: "a\r\nb"}, new(string), `a\r\nb`},
		"nobody reads it":            {&opGet, step{status: 200, body: `{"password":"CANARY","a":1}`}, nil, `{"password":"[REDACTED]","a":1}`},
		"cut off":                    {&opGet, step{status: 200, body: `{"password":"CANA`}, new(thing), `[REDACTED] 17 bytes of JSON`},
		"two values":                 {&opGet, step{status: 200, body: `{} CANARY`}, new(thing), `[REDACTED] 9 bytes of JSON`},
		"HTML error":                 {&opGet, step{status: 502, body: `<html>CANARY</html>`}, new(thing), `[REDACTED] 19 bytes of an HTML page`},
		"text error":                 {&opGet, step{status: 400, body: `"CANARY"`}, new(thing), `"[REDACTED]"`},
		"quoted credentials": {
			&opGet, step{status: 400, body: wrong}, new(thing),
			`{"code":"SignatureDoesNotMatch","message":"server string to sign is: POST\nx-acs-security-token:[REDACTED]` +
				`\nx-acs-accesskey-id:[REDACTED]","AccessKeyId":"[REDACTED]"}`,
		},
		"kubeconfig of a token": {&opGet, step{status: 200, body: `{"x":"kind: Config\nusers: [{user: {token: CANARY}}]"}`}, new(thing), `{"x":"[REDACTED]"}`},
		"quoted path":           {&opGet, step{status: 400, body: `{"message":"sign GET /things/CANARY%2F1/parts"}`}, new(thing), `{"message":"sign GET /things/[REDACTED]/parts"}`},
		"quoted password":       {&opCreate, step{status: 400, body: `{"message":"password CANARY-1 is too weak"}`}, new(thing), `{"message":"password [REDACTED] is too weak"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dump := dumpOf(t, tt.step, func(c *Client) error {
				req := NewRequest(tt.op, nil)
				if strings.Contains(tt.op.Path, "{ThingId}") {
					req.Path("ThingId", Secret("CANARY/1"))
				}
				if tt.op == &opCreate {
					req.Body(&thing{Password: "CANARY-1"})
				}
				return c.Do(t.Context(), req, tt.out, nil, nil)
			})
			body := dump[strings.LastIndex(dump, "<\n< ")+len("<\n< "):]
			line, _, _ := strings.Cut(body, "\n")
			assert.Equal(t, tt.want, line)
		})
	}
}

type configured struct {
	Config string `json:"my_config"`
	Secret any    `json:"my_secret"`
}

// TestDumpOfQuotedKey has a service that quotes the key, which one of the signatures
// sends in no field of its own.
func TestDumpOfQuotedKey(t *testing.T) {
	t.Parallel()
	for name, signature := range map[string]Signature{"ACS3": ACS3HMACSHA256, "ROA": ROAHMACSHA1} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var dump bytes.Buffer
			st := step{status: 403, body: `{"message":"` + testKeyID + ` and ` + testSecret + ` and ` + testToken + `"}`}
			c := scriptClient(t, &script{steps: []step{st}}, WithSignature(signature), WithDump(&dump),
				WithCredentials(StaticCredentials(testKeyID, testSecret, testToken)))
			require.Error(t, do(t.Context(), c, &opGet))
			assert.Contains(t, dump.String(), `< {"message":"[REDACTED] and [REDACTED] and [REDACTED]"}`)
		})
	}
}

// TestDumpOfOneNameInTwoPlaces has a path parameter that is a secret and a query
// parameter of the same name that is none.
func TestDumpOfOneNameInTwoPlaces(t *testing.T) {
	t.Parallel()
	dump := dumpOf(t, step{status: 200}, func(c *Client) error {
		req := NewRequest(&opDelete, nil)
		req.Path("ThingId", Secret("CANARY"))
		req.Query("ThingId", "open")
		return c.Do(t.Context(), req, nil, nil, nil)
	})
	assert.Contains(t, dump, "/things/[REDACTED]?ThingId=open\n")
}

// TestDumpOfUndecoded tells why a call failed whose status says success.
func TestDumpOfUndecoded(t *testing.T) {
	t.Parallel()
	dump := dumpOf(t, step{status: 200, body: `{"count":{}}`}, func(c *Client) error {
		_, err := get(t.Context(), c)
		return err
	})
	assert.Contains(t, dump, "\n< {\"count\":{}}\n* decode response at /count: JSON object does not fit the declared int64\n")
}

func TestDumpOfRawCalls(t *testing.T) {
	t.Parallel()
	type group struct {
		LoginPassword string `json:"login_password"`
		Size          int    `json:"size"`
	}
	for name, body := range map[string]any{
		"bytes":  []byte(`{"group":{"login_password":"CANARY-1","size":3}}`),
		"map":    map[string]any{"group": map[string]any{"login_password": "CANARY-1", "size": 3}},
		"secret": map[string]any{"group": map[string]any{"login_password": Secret("CANARY-1"), "size": 3}},
		"struct": map[string]group{"group": {"CANARY-1", 3}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			st := step{status: 200, body: `{"config":"CANARY","echo":"CANARY-1","next_token":"n1"}`}
			dump := dumpOf(t, st, func(c *Client) error {
				_, err := c.Call(t.Context(), RawRequest{
					Operation: "X", Method: "POST", Path: "/x/{Token}", PathParams: map[string]string{"Token": "CANARY"}, Body: body,
					Query: map[string]string{
						"SecurityToken": "CANARY", "a": "b", "f": `{"password":"CANARY"}`, "k": "-----BEGIN KEY-----CANARY",
					},
					Header: map[string]string{"Cookie": "CANARY"},
				}, CallBodyField("new", Secret("CANARY")))
				return err
			})
			assert.Contains(t, dump, "/x/[REDACTED]?SecurityToken=[REDACTED]&a=b&f=%7B%22password%22%3A%22[REDACTED]%22%7D&k=[REDACTED]\n")
			assert.Contains(t, dump, "\n> {\"group\":{\"login_password\":\"[REDACTED]\",\"size\":3},\"new\":\"[REDACTED]\"}\n")
			assert.Contains(t, dump, "\n< {\"config\":\"[REDACTED]\",\"echo\":\"[REDACTED]\",\"next_token\":\"n1\"}\n")
		})
	}
}

// TestDumpOfAddedBody has a secret in a body that the request itself does not have.
func TestDumpOfAddedBody(t *testing.T) {
	t.Parallel()
	quoting := step{status: 400, body: `{"message":"CANARY-1 and CANARY-2 are weak"}`}
	dump := dumpOf(t, quoting, func(c *Client) error {
		return do(t.Context(), c, &opDelete, CallBodyField("/main/new", []Secret{"CANARY-1", "CANARY-2"}))
	})
	assert.Contains(t, dump, "\n> {\"main\":{\"new\":[\"[REDACTED]\",\"[REDACTED]\"]}}\n")
	assert.Contains(t, dump, "\n< {\"message\":\"[REDACTED] and [REDACTED] are weak\"}\n")

	dump = dumpOf(t, step{status: 200}, func(c *Client) error {
		_, err := c.Call(t.Context(), RawRequest{Operation: "X", Method: "POST", Path: "/x", Body: []byte("CANARY, no JSON")})
		return err
	})
	assert.Contains(t, dump, "\n> [REDACTED] 15 bytes of plain text\n")

	dump = dumpOf(t, step{status: 200}, func(c *Client) error {
		_, err := c.Call(t.Context(), RawRequest{Operation: "X", Method: "POST", Path: "/x", Body: []byte(`{"token":"CANARY","token":1,"a":2}`)})
		return err
	})
	assert.Contains(t, dump, "\n> {\"token\":\"[REDACTED]\",\"token\":\"[REDACTED]\",\"a\":2}\n")
}

func TestDumpOfEveryAttempt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var w countingWriter
		s := &script{steps: []step{{status: 503, body: `{"code":"X"}`}, {err: errReset}, stepOK}}
		require.NoError(t, do(t.Context(), scriptClient(t, s, WithDump(&w)), &opGet))
		require.Len(t, w.texts, 3, "one write per attempt")
		assert.Contains(t, w.texts[0], "* ack DescribeThing, attempt 1\n")
		assert.Contains(t, w.texts[0], "\n< 503 Service Unavailable\n<\n< {\"code\":\"X\"}\n")
		assert.Contains(t, w.texts[1], "* ack DescribeThing, attempt 2\n")
		assert.Contains(t, w.texts[1], "\n* read tcp: connection reset by peer\n")
		assert.NotContains(t, w.texts[1], "503 Service") // a nonce may hold the digits
		assert.Contains(t, w.texts[2], "\n< 200 OK\n")
	})
}

func TestDumpOfWhatWasNotSent(t *testing.T) {
	t.Parallel()
	var w countingWriter
	noKey := WithCredentials(CredentialsFunc(func(context.Context) (Credentials, error) { return Credentials{}, errors.New("no key") }))
	assert.Error(t, do(t.Context(), scriptClient(t, &script{steps: []step{stepOK}}, noKey, WithDump(&w)), &opGet))
	assert.Equal(t, []string{"* ack DescribeThing, attempt 1\n* get credentials: no key\n"}, w.texts)

	w, asked := countingWriter{}, 0
	once := WithCredentials(CredentialsFunc(func(context.Context) (Credentials, error) {
		if asked++; asked > 1 {
			return Credentials{}, errors.New("no key")
		}
		return Credentials{AccessKeyID: "a", AccessKeySecret: "b"}, nil
	}))
	assert.Error(t, do(t.Context(), scriptClient(t, &script{steps: []step{{status: 503}}}, once, WithRetry(fixed(-1)), WithDump(&w)), &opGet))
	require.Len(t, w.texts, 2)
	assert.Equal(t, "* ack DescribeThing, attempt 2\n* get credentials: no key\n", w.texts[1], "the first request is not in it")
}

func TestDumpIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	var w countingWriter
	opt := WithDump(&w)
	var wg sync.WaitGroup
	for range 8 {
		c := scriptClient(t, &script{steps: []step{stepOK}}, opt)
		wg.Go(func() { _ = do(t.Context(), c, &opCreate) })
	}
	wg.Wait()
	assert.Len(t, w.texts, 8)
	for _, text := range w.texts {
		assert.Equal(t, 1, strings.Count(text, "* ack CreateThing"))
	}
	_, err := NewClient(&fixtureService, WithRegion("cn-beijing"), WithCredentials(StaticCredentials("a", "b", "")), WithDump(nil))
	assert.NoError(t, err)
}

// countingWriter fails, which must not matter, and is not safe for concurrent use.
type countingWriter struct{ texts []string }

func (w *countingWriter) Write(text []byte) (int, error) {
	w.texts = append(w.texts, string(text))
	return 0, io.ErrClosedPipe
}
