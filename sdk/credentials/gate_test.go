package credentials

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
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
		_, client := through(t, srv, url.UserPassword(gateUser, "guess"))
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
