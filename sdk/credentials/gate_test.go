package credentials

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// through returns a client that uses a gate to a server as credentials-go does.
func through(t *testing.T, srv *server, user *url.Userinfo) (*gate, *http.Client) {
	t.Helper()
	options, err := HTTPOptions{}.forService()
	require.NoError(t, err)
	to, err := url.Parse(srv.URL)
	require.NoError(t, err)
	g := openGate(t.Context(), to, options.transport())
	require.NotNil(t, g)
	t.Cleanup(g.close)
	proxy, err := url.Parse(g.proxy())
	require.NoError(t, err)
	if user != nil {
		proxy.User = user
	}
	transport := http.DefaultTransport.(*http.Transport).Clone() //nolint:forbidigo,errcheck // what credentials-go does
	transport.Proxy = http.ProxyURL(proxy)
	transport.IdleConnTimeout = 0 // none ends by itself
	return g, &http.Client{Transport: transport}
}

// send returns the status of the response.
func send(t *testing.T, client *http.Client, to string) (int, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, to, http.NoBody)
	require.NoError(t, err)
	resp, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

// TestGateIsClosedToOthers tries it without the key.
func TestGateIsClosedToOthers(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		srv := newServer(t, secure, nil)
		other, _ := through(t, srv, nil)
		g, client := through(t, srv, url.UserPassword(gateUser, other.key))
		require.NotEqual(t, other.key, g.key)
		status, err := send(t, client, srv.URL)
		if secure {
			require.ErrorContains(t, err, "Proxy Authentication Required")
		} else {
			require.NoError(t, err)
			assert.Equal(t, http.StatusProxyAuthRequired, status)
		}
		assert.Empty(t, srv.seen())
	}
}

// TestGateLeads knows the service by its host and port, whichever of them is left out.
func TestGateLeads(t *testing.T) {
	t.Parallel()
	const sts, metadata = "https://sts.aliyuncs.com", "http://100.100.100.200"
	for _, tt := range []struct {
		to, method, target string
		want               bool
	}{
		{sts, http.MethodConnect, "sts.aliyuncs.com:443", true},
		{sts, http.MethodConnect, "STS.Aliyuncs.com:443", true},
		{sts, http.MethodConnect, "sts.aliyuncs.com:80", false},
		{sts, http.MethodConnect, "sts.aliyuncs.com.example.com:443", false},
		{sts, http.MethodPost, "http://sts.aliyuncs.com:443/", false},
		{sts + ":8443", http.MethodConnect, "sts.aliyuncs.com:8443", true},
		{sts + ":8443", http.MethodConnect, "sts.aliyuncs.com:443", false},
		{"https://[::1]", http.MethodConnect, "[::1]:443", true},
		{metadata, http.MethodGet, metadata + "/latest", true},
		{metadata, http.MethodGet, metadata + ":80/latest", true},
		{metadata, http.MethodGet, metadata + ":443/latest", false},
		{metadata, http.MethodGet, "http://100.100.100.201/latest", false},
		{metadata + ":8080", http.MethodGet, metadata + "/latest", false},
	} {
		to, err := url.Parse(tt.to)
		require.NoError(t, err)
		assert.Equal(t, tt.want, (&gate{to: to}).leads(httptest.NewRequestWithContext(t.Context(), tt.method, tt.target, http.NoBody)), "%s to %s", tt.target, tt.to)
	}
}

// TestGateRefuses says of other addresses that they are out of reach.
func TestGateRefuses(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		srv, other := newServer(t, secure, nil), newServer(t, secure, nil)
		g, client := through(t, srv, nil)
		status, err := send(t, client, other.URL)
		if secure {
			require.ErrorContains(t, err, "Bad Gateway")
		} else {
			require.NoError(t, err)
			assert.Equal(t, http.StatusBadGateway, status)
		}
		require.ErrorIs(t, g.failure(), errElsewhere)
		assert.Empty(t, other.seen())
	}
}

// TestGateEndsConnections has a service and a client that would keep them.
func TestGateEndsConnections(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		srv := newServer(t, secure, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
		g, client := through(t, srv, nil)
		status, err := send(t, client, srv.URL)
		require.NoError(t, err)
		assert.Equal(t, http.StatusTeapot, status)
		g.close()
		<-srv.closed
		require.NoError(t, g.failure())
		_, err = send(t, client, srv.URL)
		require.Error(t, err, "it is closed")
		assert.Len(t, srv.seen(), 1)
	}
}

// TestGateFollowsItsCaller has a caller that leaves before the service has responded: that
// is not a failure of the service, whose connection ends, too.
func TestGateFollowsItsCaller(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		ctx, leave := context.WithCancel(t.Context())
		srv := newServer(t, secure, func(_ http.ResponseWriter, r *http.Request) {
			leave()
			<-r.Context().Done()
		})
		g, client := through(t, srv, nil)
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, srv.URL, http.NoBody)
		require.NoError(t, err)
		_, err = client.Do(req) //nolint:bodyclose // there is none
		require.ErrorIs(t, err, context.Canceled)
		<-srv.closed
		require.NoError(t, g.server.Shutdown(t.Context()), "the gate is done with the request")
		require.NoError(t, g.failure())
	}
}

// TestGateNeedsToKnowTheProxy has settings of a proxy that net/http cannot read: passing it
// by would not be what they ask for.
func TestGateNeedsToKnowTheProxy(t *testing.T) {
	t.Parallel()
	transport := HTTPOptions{}.transport()
	transport.Proxy = func(*http.Request) (*url.URL, error) { return nil, errors.New("invalid proxy address") }
	assert.Nil(t, openGate(t.Context(), &url.URL{Scheme: "https", Host: "sts.example.com"}, transport))
}

// TestTLSThroughAProxy leaves a proxy of the options to credentials-go.
func TestTLSThroughAProxy(t *testing.T) {
	t.Parallel()
	sts := newSTS(t, func(map[string]string) string { return stsResponse("id") })
	proxy := newServer(t, false, func(w http.ResponseWriter, r *http.Request) {
		service, err := new(net.Dialer).DialContext(r.Context(), "tcp", r.Host)
		if !assert.NoError(t, err) {
			return
		}
		defer func() { _ = service.Close() }()
		caller, _, err := http.NewResponseController(w).Hijack()
		if !assert.NoError(t, err) {
			return
		}
		_, _ = io.WriteString(caller, "HTTP/1.1 200 OK\r\n\r\n")
		go func() {
			_, _ = io.Copy(service, caller)
			_ = service.Close()
		}()
		_, _ = io.Copy(caller, service)
		_ = caller.Close()
	})
	p := RAMRole(RAMRoleOptions{
		Source: Static("id", hidden), RoleARN: role, STS: STSOptions{Endpoint: sts.host()}, HTTP: HTTPOptions{Proxy: proxy.URL},
	})
	check(t, get(t, p), "id", "hidden secret", "hidden token")
	assert.Equal(t, []string{"CONNECT " + sts.host()}, proxy.seen())
	sts.CloseClientConnections() // credentials-go would keep it
}
