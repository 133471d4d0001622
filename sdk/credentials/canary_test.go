package credentials

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/internal/canary"
)

// A sourceWithSecret is a source that a secret was given to, which its service gets to know.
type sourceWithSecret struct {
	secret string
	source func() *Provider // a new one, as failures are kept for a while
}

// plantSources gives a secret to each source that asks a service.
func plantSources(t *testing.T, respond http.HandlerFunc) map[string]sourceWithSecret {
	t.Helper()
	secure, plain := newServer(t, true, respond), newServer(t, false, respond)
	sts, word := STSOptions{Endpoint: secure.host()}, canary.Word
	withPassword := func(password, path string) string {
		return (&url.URL{Scheme: "http", User: url.UserPassword("user", password), Host: plain.host(), Path: path}).String()
	}
	tokenFile, tomorrow := writeFile(t, word("OIDC")), time.Now().Add(24*time.Hour).Unix()
	sso := profileFile(t, map[string]any{
		"mode": "CloudSSO", "access_token": word("SSO"), "cloud_sso_access_token_expire": tomorrow, "cloud_sso_sign_in_url": secure.URL,
		"cloud_sso_account_id": "1", "cloud_sso_access_config": "ac-1",
	})
	oauth := func(fields map[string]any) func() *Provider {
		conf, err := readCLI(profileFile(t, fields))
		require.NoError(t, err)
		return func() *Provider {
			return session("OAuth", func(ctx context.Context) (lease, error) {
				return conf.exchange(ctx, conf.find("mine"), oauthSite{secure.URL, "client"})
			})
		}
	}
	return map[string]sourceWithSecret{
		"RAM role": {word("token"), func() *Provider {
			return RAMRole(RAMRoleOptions{Source: STS("id", word("key"), word("token")), RoleARN: role, STS: sts})
		}},
		"OIDC": {word("OIDC"), func() *Provider {
			return OIDC(OIDCOptions{RoleARN: role, ProviderARN: "p", TokenFile: tokenFile, STS: sts})
		}},
		"URI with a key":      {word("query"), func() *Provider { return URI(URIOptions{URI: plain.URL + "/?key=" + word("query")}) }},
		"URI with a password": {word("password"), func() *Provider { return URI(URIOptions{URI: withPassword(word("password"), "/")}) }},
		"metadata by a proxy": {word("proxy"), func() *Provider {
			return ECSRole(ECSRoleOptions{RoleName: "r", HTTP: HTTPOptions{Proxy: withPassword(word("proxy"), "")}})
		}},
		"CloudSSO": {word("SSO"), func() *Provider { return CLIProfile(CLIProfileOptions{File: sso}) }},
		"OAuth": {word("OAuth"), oauth(map[string]any{
			"mode": "OAuth", "oauth_access_token": word("OAuth"), "oauth_access_token_expire": tomorrow, "oauth_refresh_token": word("other"),
		})},
		"OAuth, renewed": {word("refresh"), oauth(map[string]any{"mode": "OAuth", "oauth_refresh_token": word("refresh")})},
	}
}

// echoes are the ways in which a service can say a secret back, %s. Those that begin with a blank are no HTTP.
var echoes = []string{
	`{"Code":"%s"}`, `{"Code":"Wrong.%s"}`, `{"Code":"X","RequestId":"%s"}`, `{"Code":"X","Message":"%s"}`, `{"ErrorCode":"E%s","requestId":"%s"}`,
	`{"error":"e%s","error_description":"%s"}`, `{"%s":1}`, `{"%s`, `%s`, `<a>%s</a>`, `{"AccessKeyId":{"%s":[]}}`, `{"Credentials":{"AccessKeyId":{"%s":[]}}}`,
	`{"AccessKeyId":"a","AccessKeySecret":"%s","SecurityToken":"%s","Expiration":"%s","CloudCredential":{"AccessKeyId":"a","AccessKeySecret":"%s","Expiration":"%s"}}`,
	`{"Credentials":{"AccessKeyId":"a","AccessKeySecret":"%s","SecurityToken":"%s","Expiration":"2020-01-01T00:00:0%s"}}`,
	" %s\r\n\r\n", " HTTP/1.1 2x0 %s\r\n\r\n", " HTTP/1.1 200 OK\r\n%s\r\n\r\n", " HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n",
	" HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n", " HTTP/1.1 302 X\r\nLocation: http://[::1%25%s]:1/%s\r\nContent-Length: 0\r\n\r\n",
	" HTTP/1.1 302 X\r\nLocation: ftp://%s\r\nContent-Length: 0\r\n\r\n", " HTTP/1.1 403 %s\r\nContent-Length: 0\r\n\r\n",
}

// TestCanaryOfServices has services that say back the secret that they were sent. It is neither in errors nor in what providers print.
func TestCanaryOfServices(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusOK, http.StatusForbidden} {
		for _, echo := range echoes {
			t.Run(fmt.Sprintf("%d %s", status, strings.ReplaceAll(echo, "%s", "...")), func(t *testing.T) {
				t.Parallel()
				var said atomic.Value // the text of the response
				for name, p := range plantSources(t, func(w http.ResponseWriter, _ *http.Request) { respondWith(w, status, fmt.Sprint(said.Load())) }) {
					said.Store(strings.ReplaceAll(echo, "%s", p.secret))
					source := p.source()
					got, err := source.Credentials(t.Context())
					require.Error(t, err, name)
					assert.Empty(t, canary.Find(canary.Print(err)+canary.Print(source)+canary.Print(got), p.secret), name)
				}
			})
		}
	}
}

// TestWithhold looks for secrets of some length in errors, in whichever case.
func TestWithhold(t *testing.T) {
	t.Parallel()
	err := errors.New("the host hidden12.Example.com")
	for _, secret := range []string{"hidden12", "HIDDEN12", "example.com", "den12.Ex"} {
		assert.Equal(t, errUnknown, withhold(err, "another secret", secret), secret)
	}
	for _, secret := range []string{"", "hidden1", "hidden13", "hidden12.com"} {
		assert.Equal(t, err, withhold(err, secret), secret)
	}
	require.NoError(t, withhold(nil, ""))
	uri, parseErr := url.Parse("http://user:one@h/path?a=two&b=three&a=four")
	require.NoError(t, parseErr)
	assert.ElementsMatch(t, []string{"one", "two", "three", "four"}, secretsOf(uri))
}

func respondWith(w http.ResponseWriter, status int, text string) {
	raw, isRaw := strings.CutPrefix(text, " ")
	if !isRaw {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
		return
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_, _ = io.WriteString(conn, raw)
		_ = conn.Close()
	}
}

// TestCanaryOfCredentials prints providers that have got secrets, and these.
func TestCanaryOfCredentials(t *testing.T) {
	t.Parallel()
	key, token := canary.Word("good key"), canary.Word("good token")
	fields := fmt.Sprintf(`"AccessKeyId":"a","AccessKeySecret":%q,"SecurityToken":%q,"Expiration":%q`, key, token, nextHour())
	good := fmt.Sprintf(`{%s,"Code":"Success","Credentials":{%s},"CloudCredential":{%s},`, fields, fields, fields) +
		fmt.Sprintf(`"accessKeyId":"a","accessKeySecret":%q,"securityToken":%q,"expiration":%q,"access_token":%q,"refresh_token":%q,"expires_in":3600}`,
			key, token, nextHour(), canary.Word("new login"), canary.Word("new refresh"))
	secrets := []string{key, token, canary.Word("new login"), canary.Word("new refresh"), canary.Word("key")}
	sources := plantSources(t, func(w http.ResponseWriter, _ *http.Request) { respondWith(w, http.StatusOK, good) })
	for name, p := range sources {
		for _, source := range []*Provider{p.source(), Chain(Environment(), p.source())} {
			got, err := source.Credentials(t.Context())
			require.NoError(t, err, name)
			require.True(t, got.AccessKeySecret.Reveal() == key, name)
			assert.Empty(t, canary.Find(canary.Print(source)+canary.Print(got)+canary.Print([]any{source, got}), append(secrets, p.secret)...), name)
		}
	}
}

// TestCanaryInFiles cuts files with secrets at every byte, and puts secrets into all of their lines.
func TestCanaryInFiles(t *testing.T) {
	t.Setenv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")
	t.Setenv("ALIBABA_CLOUD_STS_REGION", "not a region") // so that no service is asked
	secret := canary.Secret("in a file")
	quoted := toJSON(t, secret)
	ini := "[default]\ntype = access_key\naccess_key_id = a\naccess_key_secret = " + secret + "\n"
	cli := `{"current":"mine","profiles":[{"name":"mine","mode":"AK","access_key_id":"a","access_key_secret":` + quoted + `,"sts_token":` + quoted + `}]}`
	odd := map[string][]string{}
	for at := range len(ini) {
		odd["ini"] = append(odd["ini"], ini[:at], ini[at:], ini[:at]+"\n"+secret+"\n"+ini[at:], ini[:at]+"\n["+secret+"\n"+ini[at:], ini[:at]+"\ntype = "+secret+"\n")
	}
	for at := range len(cli) {
		odd["cli"] = append(odd["cli"], cli[:at], cli[at:], cli[:at]+quoted+cli[at:])
	}
	for _, mode := range append(slices.Clone(modes), "", secret) {
		for _, name := range cliFields(t) {
			odd["cli"] = append(odd["cli"], toJSON(t, map[string]any{"current": "mine", "profiles": []any{map[string]any{"name": "mine", "mode": mode, name: secret}}}),
				toJSON(t, map[string]any{"current": "mine", "profiles": []any{map[string]any{"name": "mine", "mode": mode, name: []any{secret}}}}))
		}
	}
	file, failed := writeFile(t, ""), 0
	t.Setenv("ALIBABA_CLOUD_CREDENTIALS_FILE", file)
	for kind, texts := range odd {
		for _, text := range texts {
			require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
			source := Profile("")
			if kind == "cli" {
				source = CLIProfile(CLIProfileOptions{File: file})
			}
			_, err := source.Credentials(t.Context())
			if err != nil {
				failed++
			}
			assert.Empty(t, canary.Find(canary.Print(err)+canary.Print(source), secret), kind)
		}
	}
	assert.Greater(t, failed, len(cli))
}

// cliFields returns the names of the fields that a profile of the CLI has.
func cliFields(t *testing.T) []string {
	t.Helper()
	var names []string
	for field := range reflect.TypeFor[cliProfile]().Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name != "" && name != "name" && name != "mode" && name != "process_command" && name != "credentials_uri" {
			names = append(names, name)
		}
	}
	require.Contains(t, names, "access_key_secret")
	return names
}

// TestCanaryOfPrograms runs programs with secrets in their arguments, which say them back.
func TestCanaryOfPrograms(t *testing.T) {
	t.Parallel()
	program, err := os.Executable()
	require.NoError(t, err)
	secret := canary.Secret("argument")
	for _, command := range [][]string{
		{program, "program:say", secret}, {program, "program:say and fail", secret}, {program, "program:endless", secret}, {"no program", secret}, {t.TempDir(), secret},
	} {
		source := Process(ProcessOptions{Command: command})
		_, err := source.Credentials(t.Context())
		require.Error(t, err)
		assert.Empty(t, canary.Find(canary.Print(err)+canary.Print(source), secret), command[1])
	}
}
