package kubeconfig_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/internal/canary"
	"github.com/ackgen/ackgen/sdk/kubeconfig"
	"github.com/ackgen/ackgen/sdk/roa"
)

// TestCanaryInBrokenKubeconfigs cuts a kubeconfig, and puts odd lines into it, at every line. No error shows the key or what else is in it.
func TestCanaryInBrokenKubeconfigs(t *testing.T) {
	t.Parallel()
	good := text(t)
	_, key, _ := strings.Cut(good, "client-key-data: ")
	key, _, _ = strings.Cut(key, "\n")
	pem, err := base64.StdEncoding.DecodeString(key)
	require.NoError(t, err)
	_, body, _ := strings.Cut(string(pem), "\n")
	secrets := []string{key, body, canary.Secret("planted"), canary.Word("planted")}
	odd := []string{
		"%s", "\t%s", "    token: %s\n    token: %s", "    token: [%s]", "    token: {%s: %s}", "    exec: {command: %s}", "    %s: x", "    password: %s", "    token: é%s",
		"    server: https://u:%s@h", "    server: http://%s", "    client-key-data: %s", "    token: &%s x", "    token: *%s", "    token: !!%s x", "    token: \"%s", "---\n%s",
		"    tls-server-name: %s", "    namespace: %s", "current-context: %s", "    auth-provider: {config: {id-token: %s}}",
	}
	lines := strings.SplitAfter(good, "\n")
	var all bytes.Buffer
	for at := range lines {
		before, after := strings.Join(lines[:at], ""), strings.Join(lines[at:], "")
		broken := []string{before, after, before + "x" + after, good[:len(good)*at/len(lines)]}
		for _, line := range odd {
			for _, secret := range secrets[2:] {
				planted := strings.ReplaceAll(line, "%s", secret) + "\n"
				broken = append(broken, before+planted+after)
				if at > 0 {
					broken = append(broken, strings.Join(lines[:at-1], "")+planted+after)
				}
			}
		}
		for _, one := range broken {
			c, err := kubeconfig.Parse(roa.Secret(one))
			_, _ = fmt.Fprintf(&all, "%v %+v %q %v\n", err, c, err, c.String())
			_, err = kubeconfig.ParseContext(roa.Secret(one), secrets[2])
			_, _ = fmt.Fprintf(&all, "%v\n", err)
		}
	}
	assert.Positive(t, strings.Count(all.String(), "parse kubeconfig: "))
	assert.Empty(t, canary.Find(all.String(), secrets...))
}

// TestCanaryOfConfig prints a kubeconfig that has a key and a token.
func TestCanaryOfConfig(t *testing.T) {
	t.Parallel()
	token := canary.Word("token")
	c, err := kubeconfig.Parse(roa.Secret(strings.Replace(text(t), "    client-key-data:", "    token: "+token+"\n    client-key-data:", 1)))
	require.NoError(t, err)
	require.True(t, c.Token().Reveal() == token)
	_, key, _ := strings.Cut(c.Key().Reveal(), "\n")
	assert.Empty(t, canary.Find(canary.Print(c)+canary.Print(c.Token())+canary.Print(c.Key()), token, key))
}
