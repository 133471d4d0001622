package kubeconfig_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/kubeconfig"
	"github.com/ackgen/ackgen/sdk/kubeconfig/kubeconfigtest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// almost is a bit less than the largest text that is read.
const almost = 1<<20 - 4<<10

// many repeats a text until it is almost too large.
func many(text string) string { return strings.Repeat(text, almost/len(text)) }

// numbered repeats a format with a number, and that before it, until it is almost too large.
func numbered(format string) string {
	var b strings.Builder
	for i := 1; b.Len() < almost; i++ {
		_, _ = fmt.Fprintf(&b, format, i, i-1)
	}
	return b.String()
}

// hugeAuthority is a certificate with an RSA key that takes long to compute with.
func hugeAuthority(t *testing.T) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	modulus := new(big.Int).SetBit(big.NewInt(1), 1<<16, 1)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &rsa.PublicKey{N: modulus, E: 65537}, key)
	require.NoError(t, err)
	return encoded("CERTIFICATE", der)
}

func encoded(kind string, data []byte) string {
	return base64.StdEncoding.EncodeToString(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: data}))
}

// bombs are texts that would take much time or memory.
func bombs(t *testing.T) map[string]struct{ text, want string } {
	t.Helper()
	const head = "apiVersion: v1\nkind: Config\ncurrent-context: hidden\n"
	notYAML, unknown := "it is not YAML", "the document has a field that is not accepted, in line 1"
	authority := func(pem string) string {
		return head + "clusters: [{name: hidden, cluster: {server: 'https://hidden', certificate-authority-data: " + pem + "}}]\n"
	}
	good := text(t)
	before, line, _ := strings.Cut(good, "client-key-data: ")
	_, after, _ := strings.Cut(line, "\n")
	junk := encoded("RSA PRIVATE KEY", make([]byte, 17<<10))
	return map[string]struct{ text, want string }{
		"lists in lists":     {many("["), notYAML},
		"mappings in keys":   {many("{? "), notYAML},
		"dashes in a line":   {many("- "), notYAML},
		"keys of keys":       {many("? "), notYAML},
		"tags":               {many("!hidden "), "it has more than one YAML document"},
		"anchors":            {many("&hidden "), "it has more than one YAML document"},
		"an open text":       {`"` + many("hidden\n"), notYAML},
		"an open key":        {many("hidden "), "the document is not a mapping"},
		"an alias of itself": {"hidden: &a [*a, *a]\n", unknown},
		"laughs":             {"x0: &x0 hidden\n" + numbered("x%d: &x%[1]d [*x%[2]d, *x%[2]d, *x%[2]d]\n"), unknown},
		"merges":             {"x0: &x0 {a: hidden}\n" + numbered("x%d: &x%[1]d {<<: [*x%[2]d, *x%[2]d]}\n"), unknown},
		"lines":              {many("\n"), "it is empty"},
		"documents":          {many("--- hidden\n"), "it has more than one YAML document"},
		"a second document":  {good + "--- {users: [{name: hidden}]}\n", "it has more than one YAML document"},
		"a half document":    {good + "---\n[hidden", "it has more than one YAML document"},
		"text after the end": {good + "...\nhidden: [", "it has more than one YAML document"},
		"another version":    {"%YAML 9.9\n---\n" + good, notYAML},
		"binary":             {many("\x7fELF\x00hidden"), notYAML},
		"bytes":              {many("\xfd\xff\xfe"), notYAML},
		"terminals":          {good + "\x1b[31mhidden: a\n", notYAML},
		"keys that repeat":   {many("a: b\n"), unknown},
		"users":              {head + "clusters: []\nusers:\n" + numbered("- {name: u%d, user: {token: hidden}} # %d\n"), "contexts is not a list"},
		"users of one name":  {head + "clusters: []\nusers:\n" + many("- {name: u, user: {token: hidden}}\n"), "users[1].name is given twice"},
		"a name":             {head + "clusters: [{name: " + many("hidden") + "}]\n", "clusters[0].cluster is not a mapping"},
		"a key":              {many("hidden") + ": a\n", notYAML},
		"beginnings":         {authority(base64.StdEncoding.EncodeToString([]byte(strings.Repeat("-----BEGIN CERTIFICATE-----\n", 20_000)))), "certificate-authority-data holds no certificate"},
		"blocks":             {authority(strings.Repeat(encoded("CERTIFICATE", nil), 5000)), "certificate-authority-data holds no certificate"},
		"a huge authority":   {authority(hugeAuthority(t)), "certificate-authority-data has an RSA key of more than 8192 bits"},
		"a huge key":         {before + "client-key-data: " + junk + "\n" + after, "users[0].user.client-key-data is larger than 16 KiB"},
		"bytes of two":       {many("\xff\xfeh\x00i\x00d\x00d\x00e\x00n\x00"), "the document is not a mapping"},
		"a zone":             {strings.Replace(good, server, "'https://[fe80::1%25hidden%20x]:6443'", 1), "clusters[0].cluster.server has a host that is neither a name nor an address"},
		"a zone as a name":   {strings.Replace(good, "    server:", "    tls-server-name: 'fe80::1%hidden'\n    server:", 1), "clusters[0].cluster.tls-server-name is neither a name of a host nor an address"},
	}
}

// TestHostileKubeconfig has texts that would take much time or memory, or that other readers may read in another way. They
// are refused in one short line, with bounded memory.
func TestHostileKubeconfig(t *testing.T) { //nolint:paralleltest // measures allocations of the process
	for name, tt := range bombs(t) { //nolint:paralleltest // see above
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := kubeconfig.Parse(roa.Secret(tt.text))
			runtime.ReadMemStats(&after)
			require.ErrorContains(t, err, tt.want)
			assert.NotContains(t, err.Error(), "hidden")
			assert.Less(t, len(err.Error()), 200)
			assert.False(t, strings.ContainsFunc(err.Error(), unicode.IsControl))
			assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(192<<20))
		})
	}
}

// TestHostileAPIServer has a server that passes the check of its certificate, and says more than it should.
func TestHostileAPIServer(t *testing.T) {
	t.Parallel()
	srv := kubeconfigtest.NewServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		length := map[string]int{"/long": 100 << 10, "/longer": 300 << 10}[r.URL.Path]
		w.Header().Set("X-Long", strings.Repeat("x", length))
	}))
	_, client := connect(t, srv.Kubeconfig(time.Hour))
	_, err := ask(t, client, srv.URL+"/long")
	require.NoError(t, err)
	_, err = ask(t, client, srv.URL+"/longer")
	require.Error(t, err)
}
