package roa

import (
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestProxyOfTheEnvironment runs itself in a process whose environment names a proxy, as
// net/http reads that once only.
func TestProxyOfTheEnvironment(t *testing.T) {
	t.Parallel()
	if flag.Arg(0) == "below a proxy" {
		c, err := NewClient(&fixtureService, WithEndpoint("http://cs.example.com"), WithPlainHTTP(), WithoutRetry(),
			WithCredentials(StaticCredentials(testKeyID, testSecret, "")))
		require.NoError(t, err)
		require.NoError(t, do(t.Context(), c, &opGet))
		c.CloseIdleConnections()
		return
	}
	var host string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host = r.URL.Host
		_, _ = io.WriteString(w, "{}")
	}))
	defer proxy.Close()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestProxyOfTheEnvironment$", "below a proxy") //nolint:gosec // this program
	cmd.Env = []string{"HTTP_PROXY=" + proxy.URL}
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	assert.Equal(t, "cs.example.com", host)
}
