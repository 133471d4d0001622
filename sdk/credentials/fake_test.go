package credentials

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/ackgen/ackgen/sdk/roa"
)

// hidden is in every secret of the tests.
const hidden = "hidden"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && strings.HasPrefix(os.Args[1], "program:") {
		os.Exit(program(os.Args[1])) //nolint:forbidigo // this is the main of the program that Process runs
	}
	home, err := os.MkdirTemp("", "credentials")
	if err != nil {
		os.Exit(1) //nolint:forbidigo // there is no test to fail yet
	}
	isolate(home)
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		_ = os.RemoveAll(home)
		os.Exit(code) //nolint:forbidigo // what VerifyTestMain does
	}))
}

// isolate keeps the tests from the environment they run in. credentials-go
// copies the default transport for every request, which is the way to make it trust the
// servers of the tests.
func isolate(home string) {
	for _, v := range os.Environ() { //nolint:forbidigo // to empty it
		if name, _, _ := strings.Cut(v, "="); decides(name) {
			_ = os.Unsetenv(name)
		}
	}
	isTalkative = false // it was read before
	_ = os.Setenv("HOME", home)
	srv := httptest.NewTLSServer(nil)
	defer srv.Close()
	pool := x509.NewCertPool()
	pool.AddCert(srv.Certificate())
	transport := http.DefaultTransport.(*http.Transport) //nolint:forbidigo,errcheck // see above
	transport.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	transport.Proxy = nil
}

// decides reports whether a variable decides what the tests see. net/http reads those of proxies
// once, at the first request, which is later; without them REQUEST_METHOD decides nothing.
func decides(name string) bool {
	return strings.HasPrefix(name, "ALIBABA") || strings.HasPrefix(name, "ALICLOUD") ||
		strings.HasSuffix(strings.ToUpper(name), "_PROXY")
}

// TestEnvironmentOfTheMachine runs two tests again, on a machine with proxies and a talkative library.
func TestEnvironmentOfTheMachine(t *testing.T) {
	t.Parallel()
	tests := "^(TestDefaultOnAnInstanceWithIMDSv1|TestLibraryKeepsTheExpiration)$"
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.v", "-test.run", tests) //nolint:gosec // this program
	for _, name := range []string{"HTTP_PROXY", "https_proxy"} {
		cmd.Env = append(cmd.Env, name+"=http://"+refusing(t))
	}
	cmd.Env = append(cmd.Env, "DEBUG=credential", "REQUEST_METHOD=GET")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	assert.Equal(t, 2, strings.Count(string(out), "\n--- PASS: "), string(out))
}

// program is what the tests of Process run.
func program(arg string) int {
	switch strings.TrimPrefix(arg, "program:") {
	case "key":
		_, _ = io.WriteString(os.Stdout, `{"mode":"AK","access_key_id":"id of program","access_key_secret":"hidden secret"}`)
	case "temporary":
		_, _ = fmt.Fprintf(os.Stdout, `{"mode":"StsToken","access_key_id":"id of program","access_key_secret":"hidden secret","sts_token":"hidden token","expiration":%q}`, nextHour())
	case "expired":
		_, _ = io.WriteString(os.Stdout, `{"access_key_id":"id","access_key_secret":"hidden secret","expiration":"2020-01-01T00:00:00Z"}`)
	case "no time":
		_, _ = io.WriteString(os.Stdout, `{"access_key_id":"id","access_key_secret":"hidden secret","expiration":"hidden"}`)
	case "no token":
		_, _ = io.WriteString(os.Stdout, `{"mode":"StsToken","access_key_id":"id","access_key_secret":"hidden secret"}`)
	case "endless":
		for {
			if _, err := io.WriteString(os.Stdout, "hidden secret"); err != nil {
				return 0
			}
		}
	case "child": // leaves a program that keeps the output open, as agents and tunnels do
		child := exec.CommandContext(context.Background(), os.Args[0], "program:linger") //nolint:gosec // this program
		child.Stdout = os.Stdout
		if child.Start() != nil {
			return 1
		}
		_, _ = io.WriteString(os.Stdout, `{"mode":"AK","access_key_id":" id of program\n","access_key_secret":"hidden secret"}`)
	case "linger":
		for range time.Tick(10 * time.Millisecond) { // until nobody reads the output any more
			if _, err := io.WriteString(os.Stdout, " "); err != nil {
				return 0
			}
		}
	case "say", "say and fail":
		_, _ = io.WriteString(io.MultiWriter(os.Stdout, os.Stderr), strings.Join(os.Args, " "))
		return len(arg) - len("program:say")
	case "ask":
		return askInThisEnvironment()
	case "ask without ports":
		return askWithoutPorts()
	case "text":
		_, _ = io.WriteString(os.Stdout, "hidden secret")
	default:
		_, _ = io.WriteString(os.Stderr, "hidden secret")
		return 3
	}
	return 0
}

func nextHour() string { return time.Now().Add(time.Hour).UTC().Format("2006-01-02T15:04:05Z") }

// server responds with one function, and counts.
type server struct {
	*httptest.Server
	mu       sync.Mutex
	requests []string
	conns    int           // that were opened
	closed   chan struct{} // has one for every connection that was closed
}

func newServer(t *testing.T, secure bool, respond http.HandlerFunc) *server {
	t.Helper()
	s := &server{closed: make(chan struct{}, 1000)}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.requests = append(s.requests, r.Method+" "+r.Host+r.URL.Path)
		s.mu.Unlock()
		respond(w, r)
	}))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		s.mu.Lock()
		defer s.mu.Unlock()
		switch state {
		case http.StateNew:
			s.conns++
		case http.StateClosed:
			s.closed <- struct{}{}
		}
	}
	s.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	if secure {
		s.StartTLS()
	} else {
		s.Start()
	}
	t.Cleanup(s.Close)
	return s
}

// refusing returns an address that refuses connections: the end of one that is open, so that nobody
// else can listen there.
func refusing(t *testing.T) string {
	t.Helper()
	srv := newServer(t, false, nil)
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", srv.host())
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	return conn.LocalAddr().String()
}

func (s *server) host() string { return s.Listener.Addr().String() }

func (s *server) opened() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conns
}

func (s *server) seen() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.requests...)
}

// stsResponse is what STS responds with.
func stsResponse(id string) string {
	return fmt.Sprintf(`{"RequestId":"964E0EC5","Credentials":{"AccessKeyId":%q,"AccessKeySecret":"hidden secret","SecurityToken":"hidden token","Expiration":%q}}`, id, nextHour())
}

// sts is an STS that checks what every request must have.
func newSTS(t *testing.T, respond func(form map[string]string) string) *server {
	t.Helper()
	return newServer(t, true, func(w http.ResponseWriter, r *http.Request) {
		form := map[string]string{}
		assert.NoError(t, r.ParseForm())
		for name := range r.Form {
			form[name] = r.Form.Get(name)
		}
		assert.Equal(t, "2015-04-01", form["Version"])
		text := respond(form)
		if strings.Contains(text, `"Code"`) {
			w.WriteHeader(http.StatusForbidden)
		}
		_, _ = io.WriteString(w, text)
	})
}

func get(t *testing.T, p roa.CredentialsProvider) roa.Credentials {
	t.Helper()
	c, err := p.Credentials(t.Context())
	require.NoError(t, err)
	return c
}

// check compares credentials without printing them.
func check(t *testing.T, c roa.Credentials, id, secret, token string) {
	t.Helper()
	assert.Equal(t, id, c.AccessKeyID)
	assert.True(t, c.AccessKeySecret.Reveal() == secret, "the secret differs")
	assert.True(t, c.SecurityToken.Reveal() == token, "the token differs")
}

// fails checks the text of an error, and that it holds no secret.
func fails(t *testing.T, p roa.CredentialsProvider, text string) {
	t.Helper()
	require.Error(t, failure(t, p, text))
}

// failure does the same as fails and returns the error.
func failure(t *testing.T, p roa.CredentialsProvider, text string) error {
	t.Helper()
	_, err := p.Credentials(t.Context())
	require.ErrorContains(t, err, text)
	assert.NotContains(t, err.Error(), hidden)
	assert.NotContains(t, fmt.Sprintf("%+v %#v", err, p), hidden)
	assert.NotContains(t, err.Error(), "\n")
	return err
}

func writeFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func toJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	require.NoError(t, err)
	return string(text)
}
