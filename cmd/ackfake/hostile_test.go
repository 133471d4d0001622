package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// hostile are texts that no client of ours sends, and the statuses that are right for them.
var hostile = []struct {
	name, text string
	statuses   []int
}{
	{"not HTTP", "\x16\x03\x01\x00\x05hello\r\n\r\n", []int{400}},
	{"no version", "GET /\r\n\r\n", []int{400}},
	{"HTTP/2 without TLS", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", []int{400, 404, 505}},
	{"no host", "GET /clusters HTTP/1.1\r\n\r\n", []int{400}},
	{"two lengths", "POST /clusters HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", []int{400}},
	{"two ways of length", "POST /clusters HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\nContent-Length: 1\r\n\r\na", []int{400, 501}},
	{"a bad chunk", "POST /clusters HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", []int{400}},
	{"another method", "BREW /clusters HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", []int{404, 405}},
	{"out of the root", "GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", []int{404}},
	{"hidden dots", "GET /clusters/%2e%2e%2f%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", []int{400, 404}},
	{"a bad escape", "GET /clusters/%zz HTTP/1.1\r\nHost: a\r\n\r\n", []int{400}},
	{"a bad query", "GET /api/v1/clusters?a=%zz;b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", []int{400}},
	{"a proxy's request", "GET http://example.com/clusters HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", []int{400, 404}},
	{"a tunnel", "CONNECT example.com:443 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", []int{400, 404, 405}},
	{"too much header", "GET /clusters HTTP/1.1\r\nHost: a\r\nX: " + strings.Repeat("x", 1<<20) + "\r\n\r\n", []int{431}},
	{"control characters", "GET /clusters HTTP/1.1\r\nHost: a\r\nAuthorization: \x01\r\n\r\n", []int{400}},
	{"a forged line of the log", "GET /a%0Alevel=INFO HTTP/1.1\r\nHost: a\r\nConnection: close\r\nx-acs-region-id: a\"\tb\r\n\r\n", []int{404}},
	{"no end", "POST /clusters HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{", []int{400}},
	{"too much body", "POST /clusters HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 5000000\r\n\r\n" + strings.Repeat(" ", 5_000_000), []int{413}},
}

// TestHostile sends what is malformed or meant to harm. It is refused, and a client notices nothing.
func TestHostile(t *testing.T) {
	t.Parallel()
	p := start(t, nil)
	client := p.client(t, roa.WithoutRetry())
	base, err := url.Parse(p.URL)
	require.NoError(t, err)
	for _, tt := range hostile {
		status, err := send(t, base.Host, tt.text)
		require.NoError(t, err, tt.name)
		assert.Contains(t, tt.statuses, status, tt.name)
		_, err = client.DescribeClustersForRegion(t.Context(), &ack.DescribeClustersForRegionRequest{RegionID: region})
		require.NoError(t, err, tt.name)
	}
	assert.Zero(t, p.end(t, os.Interrupt))
	for line := range strings.Lines(p.log.String()) {
		assert.Regexp(t, `^time=\S+ level=(INFO msg=request|WARN msg=)`, line)
	}
}

// send sends a text, and no more, and returns the status of the response.
func send(t *testing.T, address, text string) (int, error) {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
	require.NoError(t, err)
	defer func() { _ = conn.Close() }() // the server may have done it
	go func() {
		_, _ = io.WriteString(conn, text)    // it may not want to read all of it
		_ = conn.(*net.TCPConn).CloseWrite() //nolint:errcheck // Dial says so
	}()
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

// TestStopWaits lets a request end that is being served when the program is told to stop: the server asks for its body, which comes when it takes no
// more connections.
func TestStopWaits(t *testing.T) {
	t.Parallel()
	p := start(t, nil)
	address := strings.TrimPrefix(p.URL, "http://")
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
	require.NoError(t, err)
	defer func() { assert.NoError(t, conn.Close()) }()
	_, err = io.WriteString(conn, "POST /clusters HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n")
	require.NoError(t, err)
	responses := bufio.NewReader(conn)
	first, err := responses.ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "HTTP/1.1 100 Continue\r\n", first)
	_, err = responses.ReadString('\n')
	require.NoError(t, err)

	require.NoError(t, p.cmd.Process.Signal(os.Interrupt))
	for {
		another, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
		if err != nil {
			break
		}
		require.NoError(t, another.Close())
	}
	_, err = io.WriteString(conn, "{}")
	require.NoError(t, err)
	resp, err := http.ReadResponse(responses, nil)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	assert.Equal(t, http.StatusBadRequest, resp.StatusCode)
	require.NoError(t, <-p.exited)
}

// TestTLS gives clients a file that makes them trust the certificate, and a fingerprint.
func TestTLS(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "cert.pem")
	p := start(t, nil, "--tls-certificate", file)
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	roots := x509.NewCertPool()
	require.True(t, roots.AppendCertsFromPEM(text))
	var state *tls.ConnectionState
	trusting := &http.Client{Timeout: time.Minute, Transport: &http.Transport{TLSClientConfig: &tls.Config{
		RootCAs: roots, MinVersion: tls.VersionTLS12, VerifyConnection: func(s tls.ConnectionState) error {
			state = &s
			return nil
		},
	}}}
	createCluster(t, p.client(t, roa.WithHTTPClient(trusting)), "test")
	require.NotNil(t, state)
	assert.Equal(t, p.Fingerprint, fingerprint(tls.Certificate{Certificate: [][]byte{state.PeerCertificates[0].Raw}}))
	assert.Equal(t, file, p.Certificate)

	_, err = p.client(t, roa.WithoutRetry()).DescribeClustersForRegion(t.Context(), &ack.DescribeClustersForRegionRequest{RegionID: region})
	var unknown x509.UnknownAuthorityError
	require.ErrorAs(t, err, &unknown, "another client does not trust it")
	assert.Zero(t, p.end(t, os.Interrupt))
}

// TestHosts are the names in a certificate.
func TestHosts(t *testing.T) {
	t.Parallel()
	machine, err := os.Hostname()
	require.NoError(t, err)
	for address, want := range map[string]string{
		"127.0.0.1:1": "localhost 127.0.0.1 ::1 127.0.0.1", "[::1]:1": "localhost 127.0.0.1 ::1 ::1", "ack.test:1": "localhost 127.0.0.1 ::1 ack.test",
		"0.0.0.0:1": "localhost 127.0.0.1 ::1 " + machine, "[::]:1": "localhost 127.0.0.1 ::1 " + machine, ":1": "localhost 127.0.0.1 ::1 " + machine,
	} {
		assert.Equal(t, want, strings.Join(hosts(address), " "), address)
	}
}

// TestOtherMachines warns when they can reach the server.
func TestOtherMachines(t *testing.T) {
	t.Parallel()
	for flag, want := range map[string]string{"--tls=false": "reads the secrets", "--tls": "serves all who know the AccessKey"} {
		p := start(t, nil, "--listen", "0.0.0.0:0", flag)
		assert.Regexp(t, `^https?://127\.0\.0\.1:\d+$`, p.URL)
		assert.Zero(t, p.end(t, os.Interrupt))
		assert.Regexp(t, `^ackfake: warning: \S+ can be reached from other machines, and .*`+want, p.log.String())
	}
}
