package kubeconfig_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/sdk/kubeconfig"
	"github.com/ackgen/ackgen/sdk/kubeconfig/kubeconfigtest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// forbidden are keys that no accepted kubeconfig may have where client-go would
// find them. It matches keys without case, and so does this.
var forbidden = []string{
	"exec", "auth-provider", "certificate-authority", "client-certificate", "client-key", "tokenfile", "proxy-url", "username", "password", "as",
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"", "a", "[]", "{}", "apiVersion: v1\nkind: Config\n", "a: &a [*a]\n", "? {}\n: b\n", "{<<: {exec: 1}}", "\x00", "%YAML 9\n---\n", "!!binary aa: b",
	} {
		f.Add(s)
	}
	f.Add(kubeconfigtest.NewAuthority(f).Kubeconfig(server, time.Hour).Reveal())
	f.Fuzz(func(t *testing.T, text string) {
		c, err := kubeconfig.Parse(roa.Secret(text))
		if err != nil {
			assert.Nil(t, c)
			assert.NotContains(t, err.Error(), "\n")
			return
		}
		assert.True(t, strings.HasPrefix(c.BaseURL(), "https://"))
		assert.False(t, c.TLSConfig().InsecureSkipVerify)
		assert.NotNil(t, c.TLSConfig().RootCAs)
		assert.True(t, c.Token() != "" || len(c.TLSConfig().Certificates) == 1)
		// An independent look: what another reader would make of it.
		var all map[string]any
		assert.NoError(t, yaml.Unmarshal([]byte(text), &all))
		loose := lists(all)
		for _, inner := range append(loose["clusters"], loose["users"]...) {
			for key, value := range inner {
				for _, bad := range forbidden {
					assert.False(t, strings.EqualFold(key, bad), "%s was accepted", bad)
				}
				if strings.EqualFold(key, "insecure-skip-tls-verify") {
					assert.NotEqual(t, true, value)
				}
				if strings.EqualFold(key, "server") {
					text, _ := value.(string)
					assert.True(t, strings.HasPrefix(strings.ToLower(text), "https://"))
				}
			}
		}
	})
}

// lists returns the mappings in the entries of all lists.
func lists(all map[string]any) map[string][]map[string]any {
	out := map[string][]map[string]any{}
	for name, list := range all {
		items, _ := list.([]any)
		for _, item := range items {
			pair, _ := item.(map[string]any)
			for _, value := range pair {
				if inner, ok := value.(map[string]any); ok {
					out[name] = append(out[name], inner)
				}
			}
		}
	}
	return out
}
