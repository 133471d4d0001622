package kubeconfig_test

import (
	"crypto/x509"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/kubeconfig"
	"github.com/ackgen/ackgen/sdk/kubeconfig/kubeconfigtest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// whoami responds with the name in the client certificate.
func whoami(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/redirect" {
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
		return
	}
	_, _ = io.WriteString(w, r.TLS.PeerCertificates[0].Subject.CommonName+" "+r.Header.Get("Authorization"))
}

// response is what the tests look at of an HTTP response.
type response struct {
	status         int
	protocol, body string
}

func ask(t *testing.T, client *http.Client, url string) (response, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	require.NoError(t, err)
	resp, err := client.Do(req)
	if err != nil {
		return response{}, err
	}
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	return response{resp.StatusCode, resp.Proto, string(body)}, nil
}

func connect(t *testing.T, text roa.Secret) (*kubeconfig.Config, *http.Client) {
	t.Helper()
	c, err := kubeconfig.Parse(text)
	require.NoError(t, err)
	client := c.HTTPClient()
	t.Cleanup(client.CloseIdleConnections)
	return c, client
}

func TestHTTPClient(t *testing.T) {
	t.Parallel()
	srv := kubeconfigtest.NewServer(t, http.HandlerFunc(whoami))
	c, client := connect(t, srv.Kubeconfig(time.Hour))
	got, err := ask(t, client, c.BaseURL()+"/version")
	require.NoError(t, err)
	assert.Equal(t, response{http.StatusOK, "HTTP/2.0", "kubernetes-admin "}, got)

	got, err = ask(t, client, c.BaseURL()+"/redirect")
	require.NoError(t, err)
	assert.Equal(t, http.StatusFound, got.status, "redirects are not followed")

	for _, url := range []string{"https://127.0.0.1:1/", "http://" + srv.Listener.Addr().String(), "https://example.com/"} {
		_, err = ask(t, client, url)
		require.ErrorContains(t, err, "not for the API server of the kubeconfig")
	}
}

func TestHTTPClientSendsTheToken(t *testing.T) {
	t.Parallel()
	srv := kubeconfigtest.NewServer(t, http.HandlerFunc(whoami))
	text := strings.Replace(srv.Kubeconfig(time.Hour).Reveal(), "    client-key-data", "    token: test-token\n    client-key-data", 1)
	c, client := connect(t, roa.Secret(text))
	got, err := ask(t, client, c.BaseURL())
	require.NoError(t, err)
	assert.Equal(t, "kubernetes-admin Bearer test-token", got.body)

	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.BaseURL(), http.NoBody)
	require.NoError(t, err)
	resp, err := client.Transport.RoundTrip(req)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	assert.Empty(t, req.Header, "the token stays out of the request of the caller, who may log it")
}

func TestHTTPClientVerifiesTheServer(t *testing.T) {
	t.Parallel()
	actual, fake := kubeconfigtest.NewServer(t, http.HandlerFunc(whoami)), kubeconfigtest.NewServer(t, http.HandlerFunc(whoami))
	c, client := connect(t, fake.Authority.Kubeconfig(actual.URL, time.Hour))
	_, err := ask(t, client, c.BaseURL())
	var unknown x509.UnknownAuthorityError
	require.ErrorAs(t, err, &unknown)

	text := strings.Replace(actual.Kubeconfig(time.Hour).Reveal(), "    server:", "    tls-server-name: other.example.com\n    server:", 1)
	c, client = connect(t, roa.Secret(text))
	_, err = ask(t, client, c.BaseURL())
	var name x509.HostnameError
	require.ErrorAs(t, err, &name)
}

func TestServerRefusesExpiredCertificates(t *testing.T) {
	t.Parallel()
	srv := kubeconfigtest.NewServer(t, http.HandlerFunc(whoami))
	c, client := connect(t, srv.Kubeconfig(-time.Minute))
	assert.True(t, c.Expires().Before(time.Now()))
	_, err := ask(t, client, c.BaseURL())
	require.Error(t, err)
}

func TestWriteFile(t *testing.T) {
	t.Parallel()
	text := kubeconfigtest.NewAuthority(t).Kubeconfig(server, time.Hour)
	c, err := kubeconfig.Parse(text)
	require.NoError(t, err)
	dir := t.TempDir()
	path := filepath.Join(dir, "config")
	require.NoError(t, os.WriteFile(path, []byte("old"), 0o644)) //nolint:gosec // what is to be replaced
	require.NoError(t, c.WriteFile(path))
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.True(t, string(got) == text.Reveal(), "the file differs")

	require.Error(t, c.WriteFile(filepath.Join(dir, "no", "folder")))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "folder"), 0o700))
	require.ErrorContains(t, c.WriteFile(filepath.Join(dir, "folder")), "write kubeconfig: ")
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, files, 2, "nothing is left behind")
}
