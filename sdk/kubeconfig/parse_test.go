package kubeconfig_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/ackgen/ackgen/sdk/kubeconfig"
	"github.com/ackgen/ackgen/sdk/kubeconfig/kubeconfigtest"
	"github.com/ackgen/ackgen/sdk/roa"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const server = "https://203.0.113.10:6443"

// text returns a good kubeconfig.
func text(t *testing.T) string {
	t.Helper()
	return kubeconfigtest.NewAuthority(t).Kubeconfig(server, time.Hour).Reveal()
}

func TestParse(t *testing.T) {
	t.Parallel()
	good := text(t)
	c, err := kubeconfig.Parse(roa.Secret(good))
	require.NoError(t, err)
	assert.Equal(t, server, c.BaseURL())
	assert.Equal(t, "default", c.Namespace())
	assert.WithinDuration(t, time.Now().Add(time.Hour), c.Expires(), time.Minute)
	assert.Empty(t, c.ServerName())
	assert.True(t, c.Token() == "")
	assert.Contains(t, string(c.CA()), "BEGIN CERTIFICATE")
	assert.Contains(t, string(c.Certificate()), "BEGIN CERTIFICATE")
	assert.True(t, strings.HasPrefix(c.Key().Reveal(), "-----BEGIN EC PRIVATE KEY"))
	conf := c.TLSConfig()
	assert.False(t, conf.InsecureSkipVerify)
	assert.NotNil(t, conf.RootCAs)
	assert.Len(t, conf.Certificates, 1)
	assert.NotSame(t, conf, c.TLSConfig())

	key := base64.StdEncoding.EncodeToString([]byte(c.Key().Reveal()))
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		printed := fmt.Sprintf(format, c)
		assert.Equal(t, "kubeconfig for "+server, printed)
		assert.NotContains(t, printed, key)
	}
	assert.Equal(t, "kubeconfig for "+server, c.LogValue().String())
}

func TestParseAccepts(t *testing.T) {
	t.Parallel()
	good := text(t)
	_, users, found := strings.Cut(good, "users:\n")
	require.True(t, found)
	tests := []struct {
		name, old, text string
		check           func(*testing.T, *kubeconfig.Config)
	}{
		{"a path", server, server + "/k8s/", func(t *testing.T, c *kubeconfig.Config) {
			t.Helper()
			assert.Equal(t, server+"/k8s", c.BaseURL())
		}},
		{"a path with an escaped slash", server, server + "/clusters%2fone/%E4/", func(t *testing.T, c *kubeconfig.Config) {
			t.Helper()
			assert.Equal(t, server+"/clusters%2fone/%E4", c.BaseURL())
		}},
		{"an address of IPv6", server, "https://[2001:db8::1]:65535", func(t *testing.T, c *kubeconfig.Config) {
			t.Helper()
			assert.Equal(t, "https://[2001:db8::1]:65535", c.BaseURL())
		}},
		{"verification that is not off", "    server:", "    insecure-skip-tls-verify: false\n    server:", func(t *testing.T, c *kubeconfig.Config) {
			t.Helper()
			assert.False(t, c.TLSConfig().InsecureSkipVerify)
		}},
		{"a server name", "    server:", "    tls-server-name: kubernetes\n    server:", func(t *testing.T, c *kubeconfig.Config) {
			t.Helper()
			assert.Equal(t, "kubernetes", c.ServerName())
			assert.Equal(t, "kubernetes", c.TLSConfig().ServerName)
		}},
		{"a namespace", "    cluster: kubernetes", "    cluster: kubernetes\n    namespace: web", func(t *testing.T, c *kubeconfig.Config) {
			t.Helper()
			assert.Equal(t, "web", c.Namespace())
		}},
		{"a token", users, "- name: \"200012345678901234\"\n  user: {token: hidden}\n", func(t *testing.T, c *kubeconfig.Config) {
			t.Helper()
			assert.True(t, c.Token() == "hidden")
			assert.Empty(t, c.Certificate())
			assert.True(t, c.Expires().IsZero())
		}},
		{"names that are numbers", `"200012345678901234"`, `200012345678901234`, nil},
		{"null preferences", "preferences: {}", "preferences: null", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			changed := strings.ReplaceAll(good, tt.old, tt.text)
			require.NotEqual(t, good, changed)
			c, err := kubeconfig.Parse(roa.Secret(changed))
			require.NoError(t, err)
			if tt.check != nil {
				tt.check(t, c)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	good := text(t)
	other := text(t)
	value := func(text, field string) string {
		_, rest, _ := strings.Cut(text, field+": ")
		line, _, _ := strings.Cut(rest, "\n")
		return line
	}
	user, cluster := "    client-key-data:", "    server:"
	tests := []struct{ name, old, new, want string }{
		{"exec", user, "    exec: {command: hidden}\n" + user, "users[0].user.exec is refused: it starts a program"},
		{"exec that is null", user, "    exec:\n" + user, "users[0].user.exec is refused"},
		{"exec in other case", user, "    Exec: {command: hidden}\n" + user, "users[0].user has a field that is not accepted, in line "},
		{"auth-provider", user, "    auth-provider: {name: hidden}\n" + user, "users[0].user.auth-provider is refused"},
		{"certificate file", user, "    client-certificate: /hidden\n" + user, "users[0].user.client-certificate is refused: it names a file"},
		{"key file", user, "    client-key: /hidden\n" + user, "users[0].user.client-key is refused: it names a file"},
		{"token file", user, "    tokenFile: /hidden\n" + user, "users[0].user.tokenFile is refused: it names a file"},
		{"password", user, "    username: a\n    password: hidden\n" + user, "users[0].user.username is refused"},
		{"impersonation", user, "    as: hidden\n" + user, "users[0].user.as is refused"},
		{"token that cannot be sent", user, "    token: \"hidden\\r\\nx\"\n" + user, "users[0].user.token holds a character that cannot be sent"},
		{"token with a space", user, "    token: hidden b\n" + user, "users[0].user.token holds a character that cannot be sent"},
		{"in a user that is not used", "users:\n", "users:\n- {name: b, user: {exec: {}}}\n", "users[0].user.exec is refused"},
		{"user without anything", "users:\n", "users:\n- {name: b, user: {}}\n", "users[0].user has neither client-certificate-data nor token"},
		{"user twice", "users:\n", "users:\n- {name: \"200012345678901234\", user: {token: hidden}}\n", "users[1].name is given twice"},
		{"verification off", cluster, "    insecure-skip-tls-verify: true\n" + cluster, "clusters[0].cluster.insecure-skip-tls-verify is refused"},
		{"verification off in text", cluster, "    insecure-skip-tls-verify: \"false\"\n" + cluster, "insecure-skip-tls-verify is refused: only false is accepted"},
		{"authority file", cluster, "    certificate-authority: /hidden\n" + cluster, "clusters[0].cluster.certificate-authority is refused: it names a file"},
		{"proxy", cluster, "    proxy-url: http://hidden\n" + cluster, "clusters[0].cluster.proxy-url is refused"},
		{"unknown field", cluster, "    hidden: 1\n" + cluster, "clusters[0].cluster has a field that is not accepted, in line 5"},
		{"plain http", server, "http://hidden:6443", "clusters[0].cluster.server is refused: it does not start with https://"},
		{"no server", server, "", "clusters[0].cluster.server is missing"},
		{"server that is not a text", server, "[hidden]", "clusters[0].cluster.server is not a string"},
		{"server that is not a URL", server, "\"https://hid den\"", "clusters[0].cluster.server is not a URL"},
		{"server without a host", server, "https:///hidden", "clusters[0].cluster.server has no host"},
		{"server with a password", server, "https://a:hidden@host", "clusters[0].cluster.server has more than a host and a path"},
		{"server with a query", server, "https://host?hidden", "clusters[0].cluster.server has more than a host and a path"},
		{"server with an empty query", server, "\"https://host?\"", "clusters[0].cluster.server has more than a host and a path"},
		{"server with a fragment", server, "\"https://host#\"", "clusters[0].cluster.server has more than a host and a path"},
		{"port 0", server, "https://hidden:0", "clusters[0].cluster.server has a port that is not a number from 1 to 65535"},
		{"port above 65535", server, "https://hidden:99999", "clusters[0].cluster.server has a port that is not a number"},
		{"port with a zero before it", server, "https://hidden:0443", "clusters[0].cluster.server has a port that is not a number"},
		{"port that is empty", server, "\"https://hidden:\"", "clusters[0].cluster.server has a port that is not a number"},
		{"port that is empty before a path", server, "\"https://hidden:/\"", "clusters[0].cluster.server has a port that is not a number"},
		{"host with a semicolon", server, "https://hidden;b", "clusters[0].cluster.server has a host that is neither a name nor an address"},
		{"host with a comma", server, "https://hidden,b", "clusters[0].cluster.server has a host that is neither a name nor an address"},
		{"host with an escaped line break", server, "https://hidden%0Ab", "clusters[0].cluster.server is not a URL"},
		{
			"line break in the server name", cluster, "    tls-server-name: \"hidden\\nb\"\n" + cluster,
			"clusters[0].cluster.tls-server-name is neither a name of a host nor an address",
		},
		{
			"server name with a slash", cluster, "    tls-server-name: hidden/b\n" + cluster,
			"clusters[0].cluster.tls-server-name is neither a name of a host nor an address",
		},
		{
			"namespace with a slash", "    cluster: kubernetes", "    cluster: kubernetes\n    namespace: ../hidden",
			"contexts[0].context.namespace is not the name of a namespace",
		},
		{"no authority", value(good, "certificate-authority-data"), "", "certificate-authority-data is missing"},
		{"broken authority", value(good, "certificate-authority-data"), "hidden!", "certificate-authority-data is not base64"},
		{"empty authority", value(good, "certificate-authority-data"), "aGlkZGVu", "certificate-authority-data holds no certificate"},
		{"no key", value(good, "client-key-data"), "", "users[0].user.client-key-data is missing"},
		{"no certificate", value(good, "client-certificate-data"), "", "users[0].user.client-certificate-data is missing"},
		{"broken certificate", value(good, "client-certificate-data"), "aGlkZGVu", "client-certificate-data holds no certificate"},
		{"broken key", value(good, "client-key-data"), "aGlkZGVu", "client-key-data holds no key"},
		{"key of somebody else", value(good, "client-key-data"), value(other, "client-key-data"), "do not belong together"},
		{"unknown context", "current-context: 2", "current-context: hidden2", "current-context is not in contexts"},
		{"no context", "current-context: 2", "# ", "current-context is not in contexts"},
		{"unknown cluster", "    cluster: kubernetes", "    cluster: hidden", "the cluster of the context is not in clusters"},
		{"unknown user", "    user: \"2", "    user: \"hidden2", "the user of the context is not in users"},
		{"version", "apiVersion: v1", "apiVersion: hidden", "apiVersion is not v1"},
		{"kind", "kind: Config", "kind: hidden", "kind is not Config"},
		{"extensions", "kind: Config", "kind: Config\nextensions: []", "the document has a field that is not accepted"},
		{"preferences", "preferences: {}", "preferences: {hidden: 1}", "preferences has a field that is not accepted"},
		{"alias", "preferences: {}", "preferences: &a {}\nx: *a", "the document has a field that is not accepted"},
		{"alias as a value", "current-context: 2", "kind: &a Config\ncurrent-context: *a\n# ", "current-context is a YAML alias"},
		{"merge key", user, "    <<: {exec: {}}\n" + user, "users[0].user has a key that is not a plain string"},
		{"key twice", "kind: Config", "kind: Config\nkind: Config", "kind is given twice"},
		{"list that is none", "clusters:\n", "clusters: {}\nhidden:\n", "the document has a field that is not accepted"},
		{"two documents", "apiVersion: v1", "---\na: b\n---\napiVersion: v1", "it has more than one YAML document"},
		{"no YAML", "apiVersion: v1", "apiVersion: [hidden", "it is not YAML"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			changed := strings.Replace(good, tt.old, tt.new, 1)
			require.NotEqual(t, good, changed)
			refuses(t, changed, tt.want)
		})
	}
	for name, tt := range map[string]struct{ text, want string }{
		"empty":    {"", "parse kubeconfig: it is empty"},
		"a scalar": {"hidden", "parse kubeconfig: the document is not a mapping"},
		"a list":   {"[hidden]", "the document is not a mapping"},
		"no lists": {"apiVersion: v1\nkind: Config\n", "clusters is not a list"},
		"no name":  {"apiVersion: v1\nkind: Config\nclusters: [{cluster: {}}]\n", "clusters[0].name is missing"},
		"large":    {strings.Repeat("hidden", 1<<18), "it is larger than 1 MiB"},
		"no node":  {"apiVersion: v1\nkind: Config\nclusters: [{name: hidden}]\n", "clusters[0].cluster is not a mapping"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refuses(t, tt.text, tt.want)
		})
	}
}

func refuses(t *testing.T, text, want string) {
	t.Helper()
	_, err := kubeconfig.Parse(roa.Secret(text))
	require.ErrorContains(t, err, want)
	assert.True(t, strings.HasPrefix(err.Error(), "parse kubeconfig: "))
	assert.NotContains(t, err.Error(), "hidden", "errors name the field, never its content")
	assert.NotContains(t, err.Error(), "\n")
}

func TestParseContext(t *testing.T) {
	t.Parallel()
	const name = "200012345678901234-c82e6987e2961451182edacd74faf1234"
	changed := strings.Replace(text(t), "current-context: ", "current-context: x", 1)
	refuses(t, changed, "current-context is not in contexts")
	c, err := kubeconfig.ParseContext(roa.Secret(changed), name)
	require.NoError(t, err)
	assert.Equal(t, server, c.BaseURL())
	for _, missing := range []string{"hidden", ""} {
		_, err = kubeconfig.ParseContext(roa.Secret(text(t)), missing)
		require.EqualError(t, err, "parse kubeconfig: the chosen context is not in contexts")
	}
}
