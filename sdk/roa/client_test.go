package roa

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNewClientRejects(t *testing.T) {
	t.Parallel()
	cred := WithCredentials(StaticCredentials("id", "secret", ""))
	region := WithRegion("cn-beijing")
	tests := map[string]struct {
		opts []Option
		want string
	}{
		"nothing":             {nil, "ack: create client: region is missing: use WithRegion, or WithEndpoint for a fixed host; credentials are missing: use WithCredentials"},
		"no credentials":      {[]Option{region}, "credentials are missing"},
		"empty id":            {[]Option{region, WithCredentials(StaticCredentials(" ", "s", ""))}, "credentials are incomplete: access key id is missing"},
		"empty secret":        {[]Option{region, WithCredentials(StaticCredentials("id", "", ""))}, "credentials are incomplete: access key secret is missing"},
		"odd id":              {[]Option{region, WithCredentials(StaticCredentials("a\nb", "s", ""))}, "cannot be sent"},
		"odd token":           {[]Option{region, WithCredentials(StaticCredentials("a", "s", "x\r\ny"))}, "security token holds"},
		"region with dot":     {[]Option{cred, WithRegion("evil.com/x")}, `region "evil.com/x" is malformed`},
		"region upper case":   {[]Option{cred, WithRegion("CN-Beijing")}, "is malformed"},
		"region with hyphen":  {[]Option{cred, WithRegion("-cn")}, "is malformed"},
		"long region":         {[]Option{cred, WithRegion(strings.Repeat("a", 64))}, "is malformed"},
		"region and endpoint": {[]Option{cred, WithRegion("a b"), WithEndpoint("cs.example.com")}, "is malformed"},
		"plain http":          {[]Option{cred, WithEndpoint("http://cs.example.com")}, "WithPlainHTTP"},
		"other scheme":        {[]Option{cred, WithEndpoint("ftp://cs.example.com")}, `scheme "ftp"`},
		"endpoint path":       {[]Option{cred, WithEndpoint("https://cs.example.com/api")}, "more than a host"},
		"endpoint query":      {[]Option{cred, WithEndpoint("cs.example.com?x=1")}, "more than a host"},
		"endpoint user":       {[]Option{cred, WithEndpoint("https://u:CANARY@cs.example.com")}, "holds a user"},
		"endpoint broken":     {[]Option{cred, WithEndpoint("https://u:CANARY%zz@cs.example.com")}, "malformed"},
		"endpoint host":       {[]Option{cred, WithEndpoint("cs_x.example.com")}, "malformed host"},
		"endpoint hyphen":     {[]Option{cred, WithEndpoint("cs-.example.com")}, "malformed host"},
		"endpoint too long":   {[]Option{cred, WithEndpoint(strings.Repeat("a.", 126) + "ab")}, "malformed host"},
		"endpoint empty ?":    {[]Option{cred, WithEndpoint("https://cs.example.com?")}, "more than a host"},
		"endpoint no host":    {[]Option{cred, WithEndpoint("https://")}, "malformed host"},
		"endpoint port":       {[]Option{cred, WithEndpoint("cs.example.com:99999")}, "malformed host"},
		"endpoint empty port": {[]Option{cred, WithEndpoint("cs.example.com:")}, "malformed host"},
		"user agent":          {[]Option{cred, region, WithUserAgent("a\nb")}, "user agent"},
		"signature":           {[]Option{cred, region, WithSignature(7)}, "signature 7 is unknown"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := NewClient(&fixtureService, tt.opts...)
			assert.Nil(t, c)
			require.ErrorContains(t, err, tt.want)
			assert.True(t, strings.HasPrefix(err.Error(), "ack: create client: "))
			assert.NotContains(t, err.Error(), "CANARY")
			assert.NotContains(t, err.Error(), "\n")
		})
	}
}

func TestNewClientEndpoint(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		opts []Option
		want string
	}{
		"region":           {[]Option{WithRegion("cn-hangzhou")}, "https://cs.cn-hangzhou.aliyuncs.com"},
		"host":             {[]Option{WithEndpoint("cs.example.com")}, "https://cs.example.com"},
		"host and port":    {[]Option{WithEndpoint("localhost:8443")}, "https://localhost:8443"},
		"url":              {[]Option{WithEndpoint("https://cs.example.com/")}, "https://cs.example.com"},
		"address":          {[]Option{WithEndpoint("http://[::1]:80"), WithPlainHTTP()}, "http://[::1]:80"},
		"both":             {[]Option{WithRegion("cn-hangzhou"), WithEndpoint("cs.example.com"), nil}, "https://cs.example.com"},
		"host stays https": {[]Option{WithPlainHTTP(), WithEndpoint("cs.example.com")}, "https://cs.example.com"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := NewClient(&fixtureService, append(tt.opts, WithCredentials(StaticCredentials("id", "s", "")))...)
			require.NoError(t, err)
			assert.Equal(t, tt.want, c.scheme+"://"+c.host)
			assert.Equal(t, "roa.Client(ack at "+tt.want+")", fmt.Sprintf("%+v", c))
		})
	}
}

func baseTransport(t *testing.T, c *http.Client) *http.Transport {
	t.Helper()
	wrapped, ok := c.Transport.(lastResponse)
	require.True(t, ok)
	watched, ok := wrapped.base.(watchedTransport)
	require.True(t, ok)
	return watched.Transport
}

func testHTTPClient(t *testing.T, base *http.Client) *http.Client {
	t.Helper()
	c, _, err := newHTTPClient(&settings{httpClient: base})
	require.NoError(t, err)
	return c
}

func TestDefaultHTTPClient(t *testing.T) {
	t.Parallel()
	a, b := testHTTPClient(t, nil), testHTTPClient(t, nil)
	transport := baseTransport(t, a)
	assert.NotSame(t, transport, baseTransport(t, b), "clients share no connections")
	assert.Positive(t, transport.TLSHandshakeTimeout)
	assert.Positive(t, transport.ResponseHeaderTimeout)

	own := &http.Client{Timeout: time.Minute}
	c := testHTTPClient(t, own)
	assert.Nil(t, own.CheckRedirect, "the caller's client is not changed")
	assert.Nil(t, own.Transport)
	assert.Equal(t, time.Minute, c.Timeout)
}

// TestCookiesOfTheCallersClient checks that requests go through a caller's client where it
// does more than send.
func TestCookiesOfTheCallersClient(t *testing.T) {
	t.Parallel()
	var cookies []string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cookies = append(cookies, r.Header.Get("Cookie"))
		w.Header().Set("Set-Cookie", "route=7")
		_, _ = io.WriteString(w, smallAnswer)
	}))
	t.Cleanup(srv.Close)
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	for _, client := range []*http.Client{{Transport: srv.Client().Transport}, {Transport: srv.Client().Transport, Jar: jar}} {
		c, err := NewClient(&fixtureService, WithRegion("cn-beijing"), WithEndpoint(srv.URL), WithPlainHTTP(),
			WithCredentials(StaticCredentials(testKeyID, testSecret, "")), WithHTTPClient(client))
		require.NoError(t, err)
		for range 2 {
			_, err = get(t.Context(), c)
			require.NoError(t, err)
		}
	}
	assert.Equal(t, []string{"", "", "", "route=7"}, cookies)
}

// TestTransportsThatBreakTheirPromise checks what a transport of the caller may do wrong.
func TestTransportsThatBreakTheirPromise(t *testing.T) {
	t.Parallel()
	send := func(resp *http.Response, err error) error {
		c := newTestClient(t, nil, WithTransport(roundTrip(func(*http.Request) (*http.Response, error) { return resp, err })))
		return do(t.Context(), c, &opGet)
	}
	require.ErrorContains(t, send(nil, nil), "nil *Response")
	require.NoError(t, send(&http.Response{StatusCode: http.StatusAccepted}, nil), "a response without a body is an empty one")
	plain := tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake", RecordHeader: [5]byte([]byte("HTTP/"))}
	require.ErrorIs(t, send(nil, plain), http.ErrSchemeMismatch)
	other := tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake", RecordHeader: [5]byte([]byte("SSH-2"))}
	err := send(nil, other)
	require.NotErrorIs(t, err, http.ErrSchemeMismatch)
	require.ErrorContains(t, err, other.Msg)
}

// TestMiddlewareWithItsOwnTransport checks that what such a layer has sent is not sent
// again, whatever error it returns.
func TestMiddlewareWithItsOwnTransport(t *testing.T) {
	t.Parallel()
	var arrived atomic.Int32
	other := new(http.Transport)
	t.Cleanup(other.CloseIdleConnections)
	layer := func(http.RoundTripper) http.RoundTripper {
		return roundTrip(func(req *http.Request) (*http.Response, error) {
			resp, err := other.RoundTrip(req)
			if err == nil {
				err = resp.Body.Close()
			}
			return nil, errors.Join(err, &net.OpError{Op: "dial", Err: errors.New("no second server")})
		})
	}
	c := newTestClient(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { arrived.Add(1) }),
		WithMiddleware(layer), WithRetry(retryFunc(func(a RetryAttempt) (time.Duration, bool) { return 0, a.Safe && a.Attempt < 3 })))
	require.Error(t, c.Do(t.Context(), NewRequest(&opCreate, nil), nil, nil, nil))
	assert.EqualValues(t, 1, arrived.Load())
}

// TestSentIsSigned compares what arrives with what was signed, byte by byte.
func TestSentIsSigned(t *testing.T) {
	t.Parallel()
	values := []string{
		"plain", "a/b c", "np+1", "集群", "50%", "%2F", "?x=1&y=2", "a;b", "~user", "a*b", "..x", "...", "x\x00y\n", "\xff", "'()!$,:@",
	}
	for _, sig := range []Signature{ACS3HMACSHA256, ROAHMACSHA1} {
		rec := &recorder{}
		c := newTestClient(t, rec, WithSignature(sig))
		now := time.Date(2026, 11, 22, 3, 4, 5, 0, time.UTC)
		c.now, c.nonce = func() time.Time { return now }, func() string { return "nonce" }
		for i, value := range values {
			req := NewRequest(&opGet, nil)
			req.Path("ThingId", value)
			req.Query("z", value)
			req.Query("a", []string{"1", "2"})
			req.Query("empty", "")
			req.QueryJSON("j", []string{strings.ToValidUTF8(value, "?") + "x"})
			require.NoError(t, c.Do(t.Context(), req, new(thing), nil, []CallOption{CallHeader("x-acs-extra", " v "), CallQuery("B b", "c")}))

			got := rec.requests[i]
			path, query, _ := strings.Cut(got.RequestURI, "?")
			assert.Equal(t, "/things/"+string(appendEscaped(nil, value))+"/parts", path)
			plain, err := pathSegment(got.URL.Path)
			require.NoError(t, err)
			assert.Equal(t, value, plain)
			assert.Equal(t, value, got.URL.Query().Get("z"))
			assert.Equal(t, "1,2", got.URL.Query().Get("a"))
			assert.True(t, strings.HasPrefix(query, "B%20b=c&a=1%2C2&empty=&j="), query)

			in := &SignInput{Method: got.Method, EscapedPath: path, Host: got.Host, Time: now, Nonce: "nonce", Header: http.Header{}}
			for name, v := range got.URL.Query() {
				in.Query = append(in.Query, QueryParam{name, v[0]})
			}
			for _, name := range []string{"Accept", "X-Acs-Action", "X-Acs-Version", "X-Acs-Region-Id", "X-Acs-Extra"} {
				in.Header.Set(name, got.Header.Get(name))
			}
			cred := Credentials{AccessKeyID: testKeyID, AccessKeySecret: testSecret, SecurityToken: testToken}
			assert.Equal(t, sig.Sign(in, cred).Header.Get("Authorization"), got.Header.Get("Authorization"), "%v %q", sig, value)
		}
	}
}

// pathSegment returns what stands for {ThingId} in a path of DescribeThing.
func pathSegment(path string) (string, error) {
	rest, ok := strings.CutPrefix(path, "/things/")
	if !ok || !strings.HasSuffix(rest, "/parts") {
		return "", errors.New("path has another form")
	}
	return strings.TrimSuffix(rest, "/parts"), nil
}

func TestHeadersAndBody(t *testing.T) {
	t.Parallel()
	rec := &recorder{}
	c := newTestClient(t, rec, WithUserAgent("prog/1.2"))
	_, err := get(t.Context(), c)
	require.NoError(t, err)
	token := Secret("CANARY-2")
	req := NewRequest(&opCreate, nil)
	req.Body(&thing{ID: "<t&1>", Password: "CANARY-1", Token: &token, Labels: map[string]string{"b": "2", "a": "1"}, Tags: []string{}})
	require.NoError(t, c.Do(t.Context(), req, nil, nil, nil))

	first, second := rec.requests[0], rec.requests[1]
	assert.Equal(t, []string{"application/json"}, first.Header["Accept"])
	assert.Empty(t, first.Header["Content-Type"], "only a body has a type")
	assert.Equal(t, "DescribeThing", first.Header.Get("X-Acs-Action"))
	assert.Equal(t, "2015-12-15", first.Header.Get("X-Acs-Version"))
	assert.Equal(t, "cn-beijing", first.Header.Get("X-Acs-Region-Id"))
	assert.Regexp(t, `^ackgen/\S+ \(go; \w+/\w+; .+\) prog/1\.2$`, first.Header.Get("User-Agent"))
	assert.Len(t, first.Header.Get("X-Acs-Signature-Nonce"), 32)
	assert.NotEqual(t, first.Header.Get("X-Acs-Signature-Nonce"), second.Header.Get("X-Acs-Signature-Nonce"))
	assert.Contains(t, first.Header.Get("Authorization"), ";x-acs-region-id;")
	assert.Equal(t, "application/json; charset=utf-8", second.Header.Get("Content-Type"))
	want := `{"id":"<t&1>","password":"CANARY-1","token":"CANARY-2","tags":[],"labels":{"a":"1","b":"2"}}`
	assert.True(t, rec.bodies[1] == want, "secrets reach the wire and map keys are ordered")
	assert.Equal(t, int64(len(want)), second.ContentLength)

	plain := newTestClient(t, rec, WithRegion(""))
	_, err = get(t.Context(), plain)
	require.NoError(t, err)
	assert.NotContains(t, rec.requests[2].Header, "X-Acs-Region-Id")
}

func TestCredentialsAreAskedPerRequest(t *testing.T) {
	t.Parallel()
	type ctxKey struct{}
	n := 0
	fail := errors.New("metadata service is down")
	provider := CredentialsFunc(func(ctx context.Context) (Credentials, error) {
		n++
		assert.Equal(t, "v", ctx.Value(ctxKey{}))
		switch n {
		case 3:
			return Credentials{}, fail
		case 4:
			return Credentials{AccessKeyID: "id"}, nil
		}
		return Credentials{AccessKeyID: fmt.Sprintf("id%d", n), AccessKeySecret: "s"}, nil
	})
	rec := &recorder{}
	c := newTestClient(t, rec, WithCredentials(provider))
	ctx := context.WithValue(t.Context(), ctxKey{}, "v")
	for i := range 2 {
		_, err := get(ctx, c)
		require.NoError(t, err)
		assert.Contains(t, rec.requests[i].Header.Get("Authorization"), fmt.Sprintf("Credential=id%d,", i+1))
	}
	_, err := get(ctx, c)
	require.ErrorIs(t, err, fail)
	assert.EqualError(t, err, "ack: DescribeThing: get credentials: metadata service is down")
	_, err = get(ctx, c)
	require.EqualError(t, err, "ack: DescribeThing: get credentials: access key secret is missing")
	assert.Equal(t, 2, rec.count())
}

// A role that its service does not find says nothing of a cluster.
func TestRefusalOfProviderHasNoClass(t *testing.T) {
	t.Parallel()
	refused := &APIError{Service: "sts", Operation: "AssumeRole", StatusCode: 404, Code: "EntityNotExist.Role"}
	c := newTestClient(t, &recorder{}, WithCredentials(CredentialsFunc(func(context.Context) (Credentials, error) {
		return Credentials{}, fmt.Errorf("assume role: %w", refused)
	})))
	_, err := get(t.Context(), c)
	require.ErrorContains(t, err, "get credentials: assume role: sts: AssumeRole: 404 EntityNotExist.Role")
	require.NotErrorIs(t, err, ErrNotFound)
	assert.Equal(t, "other", ErrorClass(err))
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	c := newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprintf(w, `{"id":%q,"password":"p"}`, r.URL.Query().Get("n"))
	}))
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			for j := range 10 {
				want := fmt.Sprintf("%d-%d", i, j)
				out, err := get(t.Context(), c, CallQuery("n", want))
				if assert.NoError(t, err) {
					assert.Equal(t, want, out.ID)
				}
			}
		})
	}
	wg.Wait()
}

func TestRedirectIsNotFollowed(t *testing.T) {
	t.Parallel()
	target := &recorder{}
	other := httptest.NewServer(target)
	t.Cleanup(other.Close)
	for _, location := range []string{other.URL + "/x", "http://[broken", ""} {
		follow := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return nil }}
		c := newTestClient(t, answer(http.StatusTemporaryRedirect, "", "", "Location", location), WithHTTPClient(follow))
		_, err := get(t.Context(), c)
		var apiErr *APIError
		require.ErrorAs(t, err, &apiErr)
		assert.Equal(t, 307, apiErr.StatusCode)
		assert.EqualError(t, err, "ack: DescribeThing: 307 Temporary Redirect: responded with an empty body")
	}
	assert.Zero(t, target.count())
}

func TestConnectionIsUsedAgain(t *testing.T) {
	t.Parallel()
	tests := map[string]http.Handler{
		"object":    answer(200, "", `{"id":"x"}`),
		"api error": answer(404, "", `{"code":"ErrorClusterNotFound"}`+strings.Repeat(" ", 10_000)),
		"bad json":  answer(200, "", `{"id":`),
	}
	for name, handler := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			addrs := make(map[string]bool)
			c := newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				addrs[r.RemoteAddr] = true
				handler.ServeHTTP(w, r)
			}))
			for range 3 {
				_, _ = get(t.Context(), c)
			}
			assert.Len(t, addrs, 1)
		})
	}
}
