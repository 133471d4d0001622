package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/internal/canary"
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/kubeconfig"
	"github.com/ackgen/ackgen/sdk/roa"
)

// inEnvironment is what a shell holds that has worked with the real service. The program has no business with it.
func inEnvironment() (env, secrets []string) {
	for _, name := range []string{
		"ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN", "ALIBABA_CLOUD_CREDENTIALS_URI", "GITHUB_TOKEN",
	} {
		env, secrets = append(env, name+"="+canary.Secret(name)), append(secrets, canary.Secret(name))
	}
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"} {
		proxy := url.URL{Scheme: "http", User: url.UserPassword("user", canary.Secret(name)), Host: "127.0.0.1:1"}
		env, secrets = append(env, name+"="+proxy.String()), append(secrets, canary.Secret(name))
	}
	return env, secrets
}

// TestCanaryServing plants secrets in all that the program is given, and in all that clients send and get. None is printed or logged, and the state
// holds those of the world alone, for its owner.
func TestCanaryServing(t *testing.T) {
	t.Parallel()
	for _, form := range []string{"text", "json"} {
		folder := t.TempDir()
		env, secrets := inEnvironment()
		key := strings.TrimSpace(canary.Secret("key"))
		p := start(t, append(env, secretVariable+"="+key), "--access-key-id", "mine", "--log-format", form, "--speed", "100000x",
			"--state", filepath.Join(folder, "state.json"), "--tls-certificate", filepath.Join(folder, "cert.pem"))
		secrets = append(secrets, key)
		sent := useSecrets(t, p, key)
		assert.Zero(t, p.end(t, os.Interrupt), form)

		assert.Contains(t, p.log.String(), "CreateCluster", "the log has the requests")
		assert.Empty(t, canary.Find(p.out.String(), slices.Concat(secrets, sent)...), "%s: standard output", form)
		assert.Empty(t, canary.Find(p.log.String(), slices.Concat(secrets, sent)...), "%s: log", form)
		assert.NotContains(t, p.log.String(), "PRIVATE KEY")
		found, err := canary.FindInFolder(folder, secrets...)
		require.NoError(t, err)
		assert.Empty(t, found, form)
		checkFiles(t, folder)
	}
}

// useSecrets sends secrets in all places that a request has, and returns those that the world has got to know and those of requests that were refused.
func useSecrets(t *testing.T, p *program, key string) []string {
	t.Helper()
	options := func(secret, token string) []roa.Option {
		return []roa.Option{roa.WithHTTPClient(trusting(t, p.Certificate)), roa.WithCredentials(roa.StaticCredentials("mine", secret, token)), roa.WithoutRetry()}
	}
	client := p.client(t, options(key, "")...)
	id := createCluster(t, client, "test")
	_, err := client.WaitClusterRunning(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: id}, roa.WaitDelay(time.Millisecond, time.Millisecond))
	require.NoError(t, err)
	password, data, query, header := "Aa-"+canary.Word("password"), canary.Secret("user data"), canary.Secret("query"), canary.Word("header")
	pool := &ack.CreateClusterNodePoolRequest{
		ClusterID: id, NodePoolInfo: &ack.NodePoolInfoSpec{Name: "workers"}, KubernetesConfig: &ack.KubernetesConfig{UserData: new(roa.Secret(data))},
		ScalingGroup: &ack.ScalingGroupSpec{InstanceTypes: []string{"ecs.g7.xlarge"}, VSwitchIDs: []string{"vsw-1"}, LoginPassword: new(roa.Secret(password))},
	}
	_, err = client.CreateClusterNodePool(t.Context(), pool, roa.CallHeader("X-Sesame", header))
	require.NoError(t, err)

	wrong, token, body := canary.Secret("wrong key"), canary.Secret("token"), canary.Secret("body")
	sent := []string{password, data, query, header, wrong, token, body}
	_, err = p.client(t, options(wrong, token)...).CreateClusterNodePool(t.Context(), pool)
	refused(t, err, sent)
	_, err = client.CreateClusterNodePool(t.Context(), pool, roa.CallQuery("sesame", query))
	refused(t, err, sent)
	for _, text := range []string{body, `{"name":` + body, `{"login_password":["` + body[:8] + `"]}`, `{"name":{"` + body[:8] + `":1}}`, `{"login_password":"` + body[:8] + `"}`} {
		_, err = client.Call(t.Context(), roa.RawRequest{Operation: "CreateCluster", Method: http.MethodPost, Path: "/clusters", Body: []byte(text)})
		refused(t, err, append(sent, body[:8]))
	}
	return append(sent, secretsInside(t, client, id)...)
}

// refused expects the error of a request, without secrets.
func refused(t *testing.T, err error, secrets []string) {
	t.Helper()
	require.Error(t, err)
	assert.Empty(t, canary.Find(canary.Print(err), secrets...))
}

// secretsInside makes a secret in a cluster, and returns it and the key that leads there.
func secretsInside(t *testing.T, client *ack.Client, id string) []string {
	t.Helper()
	inside := kubeconfig.NewSource(client, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: id})
	config, err := inside.Config(t.Context())
	require.NoError(t, err)
	t.Cleanup(inside.HTTPClient().CloseIdleConnections)
	value, bearer := canary.Secret("in a cluster"), canary.Word("bearer")
	text, err := json.Marshal(map[string]any{"metadata": map[string]string{"name": "test"}, "stringData": map[string]string{"a": value}})
	require.NoError(t, err)
	for _, body := range []string{string(text), string(text[1:])} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, config.BaseURL()+"/api/v1/namespaces/default/secrets", strings.NewReader(body))
		require.NoError(t, err)
		req.Header.Set("Authorization", "Bearer "+bearer)
		resp, err := inside.HTTPClient().Do(req)
		require.NoError(t, err)
		said, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		require.NotEqual(t, http.StatusNotFound, resp.StatusCode)
		assert.Empty(t, canary.Find(string(said), bearer))
	}
	return []string{value, bearer, config.Key().Reveal()}
}

// trusting returns a client that trusts the certificate in a file.
func trusting(t *testing.T, file string) *http.Client {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	roots := x509.NewCertPool()
	require.True(t, roots.AppendCertsFromPEM(text))
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Timeout: time.Minute, Transport: transport}
}

// checkFiles finds the state, its lock and the certificate, and nothing that others can read but the latter.
func checkFiles(t *testing.T, folder string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	modes := map[string]os.FileMode{}
	for _, e := range entries {
		info, err := e.Info()
		require.NoError(t, err)
		modes[e.Name()] = info.Mode().Perm() &^ 0o022 // that of the certificate depends on the umask
	}
	assert.Equal(t, map[string]os.FileMode{"cert.pem": 0o644, "state.json": 0o600, "state.json.lock": 0o600}, modes)
	certificate, err := os.ReadFile(filepath.Join(folder, "cert.pem"))
	require.NoError(t, err)
	assert.NotContains(t, string(certificate), "PRIVATE KEY")
}

// TestCanaryRefusals starts the program with secrets where they do not belong, and with files that hold secrets and cannot be read. The error tells what
// is wrong without them.
func TestCanaryRefusals(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	env, secrets := inEnvironment()
	secret, word := canary.Secret("misplaced"), canary.Word("misplaced")
	secrets = append(secrets, secret, word)
	file := func(name, text string) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	quoted, err := json.Marshal(secret)
	require.NoError(t, err)
	for name, args := range map[string][]string{
		"two arguments":             {"serve", secret},
		"an unknown flag":           {"--access-key-secret", secret},
		"an unknown flag, =":        {"--access-key-secret=" + secret},
		"the secret as id":          {"--access-key-id", secret},
		"the secret as a file":      {"--access-key-secret-file", word},
		"the secret as a path":      {"--access-key-secret-file", secret},
		"the state is a secret":     {"--state", file("secret.json", secret)},
		"the state is text":         {"--state", file("text.json", string(quoted))},
		"the state is cut":          {"--state", file("cut.json", `{"version":1,"accounts":{"a":{"clusters":{"c":{"login_password":`+string(quoted))},
		"the state has odd types":   {"--state", file("odd.json", `{"version":`+string(quoted)+`}`)},
		"the state has odd members": {"--state", file("members.json", `{"version":1,`+string(quoted)+`:1}`)},
		"the spec is a secret":      {"--spec", file("secret.yaml", secret)},
		"the spec is a key file":    {"--spec", file("key.yaml", "[default]\naccess_key_secret = "+secret+"\n")},
	} {
		cmd := command(t, env, append([]string{"--listen", "127.0.0.1:0"}, args...)...)
		out, err := cmd.CombinedOutput()
		require.Error(t, err, name)
		assert.Contains(t, []int{cli.Usage, cli.Findings}, cmd.ProcessState.ExitCode(), name)
		assert.NotEmpty(t, out, name)
		assert.Empty(t, canary.Find(string(out), secrets...), name)
	}
}
