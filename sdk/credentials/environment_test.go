package credentials

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/internal/canary"
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// askInThisEnvironment is a program that asks all sources that talk to a service. It prints what they fail with.
func askInThisEnvironment() int {
	to := &url.URL{Scheme: "http", Host: metadataHost}
	_, _ = fmt.Fprintln(os.Stdout, "proxy of the metadata service:", HTTPOptions{}.transportTo(to).Proxy != nil)
	_, _ = fmt.Fprintln(os.Stdout, "proxy of others:", HTTPOptions{}.transportTo(&url.URL{Scheme: "http", Host: "host.invalid"}).Proxy != nil)
	_, _ = fmt.Fprintln(os.Stdout, "proxy of the options:", HTTPOptions{Proxy: "http://host.invalid"}.transportTo(to).Proxy != nil)
	key, sts := STS("id", canary.Word("key"), canary.Word("token")), STSOptions{Endpoint: "host.invalid"}
	for _, p := range []*Provider{
		RAMRole(RAMRoleOptions{Source: key, RoleARN: role, STS: sts}), OIDC(OIDCOptions{STS: sts}), CLIProfile(CLIProfileOptions{}),
		URI(URIOptions{URI: "http://host.invalid/?" + canary.Word("query")}),
	} {
		_, err := p.Credentials(context.Background())
		_, _ = fmt.Fprintln(os.Stdout, err)
	}
	client, err := ack.New(roa.WithEndpoint("host.invalid"), roa.WithCredentials(key), roa.WithoutRetry())
	if err == nil {
		_, err = client.DescribeClustersForRegion(context.Background(), &ack.DescribeClustersForRegionRequest{RegionID: "cn-beijing"})
	}
	_, _ = fmt.Fprintln(os.Stdout, err)
	return 0
}

// askWithoutPorts is a program that asks the metadata service where no port can be opened.
func askWithoutPorts() int {
	listen = func(context.Context, string, string) (net.Listener, error) { return nil, errors.New("no port") }
	_, err := ECSRole(ECSRoleOptions{}).Credentials(context.Background())
	_, _ = fmt.Fprintln(os.Stdout, err, errors.Is(err, ErrNotConfigured))
	return 0
}

// TestMetadataWithoutPorts has a proxy that credentials-go would use by itself.
func TestMetadataWithoutPorts(t *testing.T) {
	t.Parallel()
	proxy := metadataService(t, true)
	cmd := exec.CommandContext(t.Context(), os.Args[0], "program:ask without ports") //nolint:gosec // this program
	cmd.Env = []string{"HTTP_PROXY=" + proxy.URL}
	out, err := cmd.CombinedOutput()
	require.NoError(t, err)
	assert.Equal(t, "get credentials from ECS metadata: no port on 127.0.0.1 can be opened, without which a proxy would see the keys: "+
		"name 100.100.100.200 in NO_PROXY false\n", string(out))
	assert.Empty(t, proxy.seen())
}

// TestHostileEnvironmentOfPrograms has variables that Go and libraries read when a program starts. What the
// program writes, to wherever, holds no secret.
func TestHostileEnvironmentOfPrograms(t *testing.T) {
	t.Parallel()
	secret := canary.Word("password")
	file := profileFile(t, map[string]any{
		"mode": "CloudSSO", "access_token": canary.Word("SSO"), "cloud_sso_access_token_expire": 1 << 40,
		"cloud_sso_sign_in_url": "https://127.0.0.1:1", "cloud_sso_account_id": "1", "cloud_sso_access_config": "ac-1",
	})
	closed := refusing(t)
	proxies := func(proxy string) []string { return []string{"HTTP_PROXY=" + proxy, "HTTPS_PROXY=" + proxy} }
	const direct, call = "proxy of the metadata service: false", "ack: DescribeClustersForRegion: "
	tests := map[string]struct {
		variables []string
		want      []string
	}{
		"talk of a library":   {[]string{"DEBUG=a,credential"}, []string{"CLI profile: " + file + `: profile "mine": mode CloudSSO: DEBUG names credential`}},
		"password":            {proxies("http://user:" + secret + "@" + closed), []string{direct, "reach the service: proxyconnect tcp: dial tcp " + closed, call + "proxyconnect tcp: dial tcp " + closed}},
		"proxies of others":   {nil, []string{direct, "proxy of others: true", "proxy of the options: true"}},
		"program of a server": {[]string{"REQUEST_METHOD=GET"}, []string{direct, "proxy of others: true"}}, // net/http refuses HTTP_PROXY then
		"no scheme":           {proxies("user:" + secret + "@" + closed), []string{direct, "reach the service: proxyconnect tcp: ", call + "proxyconnect tcp: "}},
		"socks":               {proxies("socks5://user:" + secret + "@" + closed), []string{direct, "reach the service: ", call}},
		"huge port":           {proxies("http://user:" + secret + "@127.0.0.1:99999"), []string{direct, "address 99999: invalid port", call}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.CommandContext(t.Context(), os.Args[0], "program:ask") //nolint:gosec // this program
			cmd.Env = append([]string{
				"HTTP_PROXY=http://" + closed, "HTTPS_PROXY=http://" + closed, // no name is looked up
				"HOME=" + t.TempDir(), "ALIBABA_CLOUD_CONFIG_FILE=" + file,
				"ALIBABA_CLOUD_ROLE_ARN=r", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN=p", "ALIBABA_CLOUD_OIDC_TOKEN=" + canary.Word("OIDC"),
			}, tt.variables...)
			out, err := cmd.CombinedOutput()
			require.NoError(t, err)
			text := string(out)
			assert.Empty(t, canary.Find(text, secret, canary.Word("SSO"), canary.Word("OIDC"), canary.Word("token"), canary.Word("key"), canary.Word("query")))
			for _, want := range tt.want {
				assert.True(t, strings.Contains(text, want), want)
			}
		})
	}
}
