package credentials

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/roa"
)

const role = "acs:ram::123456789012345678:role/test"

func TestStatic(t *testing.T) {
	t.Parallel()
	check(t, get(t, Static("id", "hidden")), "id", "hidden", "")
	check(t, get(t, STS("id", "hidden", "hidden token")), "id", "hidden", "hidden token")
	fails(t, STS("id", "hidden", " "), "get credentials from STS token: security token is missing")
}

func TestEnvironment(t *testing.T) {
	p := Environment()
	err := failure(t, p, "get credentials from environment: ALIBABA_CLOUD_ACCESS_KEY_ID is not set")
	require.ErrorIs(t, err, ErrNotConfigured)

	t.Setenv(envID, "id")
	err = failure(t, p, "ALIBABA_CLOUD_ACCESS_KEY_SECRET is not")
	require.NotErrorIs(t, err, ErrNotConfigured, "half of a key is a mistake")

	t.Setenv(envSecret, "hidden\n")
	check(t, get(t, p), "id", "hidden", "")
	t.Setenv(envToken, "hidden token")
	check(t, get(t, p), "id", "hidden", "hidden token")
}

func TestRAMRole(t *testing.T) {
	t.Parallel()
	srv := newSTS(t, func(form map[string]string) string {
		assert.Equal(t, "AssumeRole", form["Action"])
		assert.Equal(t, "source", form["AccessKeyId"])
		assert.True(t, form["SecurityToken"] == "hidden source token")
		assert.Equal(t, role, form["RoleArn"])
		assert.Equal(t, "ackgen", form["RoleSessionName"])
		assert.Equal(t, "900", form["DurationSeconds"])
		assert.Equal(t, `{"Version":"1"}`, form["Policy"])
		assert.Equal(t, "partner", form["ExternalId"])
		assert.NotEmpty(t, form["Signature"])
		return stsResponse("session")
	})
	p := RAMRole(RAMRoleOptions{
		Source: STS("source", "hidden", "hidden source token"), RoleARN: role, Duration: 15 * time.Minute,
		Policy: `{"Version":"1"}`, ExternalID: "partner", STS: STSOptions{Endpoint: srv.host()},
	})
	require.Empty(t, srv.seen(), "making a provider uses no network")
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() { check(t, get(t, p), "session", "hidden secret", "hidden token") })
	}
	group.Wait()
	assert.Len(t, srv.seen(), 1)
}

// TestFailuresShareAConnection refuses 200 calls at a service that keeps connections open. One
// fetch serves them all.
func TestFailuresShareAConnection(t *testing.T) {
	t.Parallel()
	srv := newSTS(t, func(map[string]string) string { return `{"Code":"EntityNotExist.Role"}` })
	sts := STSOptions{Endpoint: srv.host()}
	for name, p := range map[string]roa.CredentialsProvider{
		"RAM role": RAMRole(RAMRoleOptions{Source: Static("id", hidden), RoleARN: role, STS: sts}),
		"OIDC":     OIDC(OIDCOptions{RoleARN: role, ProviderARN: "p", TokenFile: writeFile(t, hidden), STS: sts}),
	} {
		before := srv.opened()
		for range 200 {
			fails(t, p, "EntityNotExist.Role")
		}
		assert.Equal(t, before+1, srv.opened(), name)
	}
}

func TestRAMRoleReportsErrors(t *testing.T) {
	t.Parallel()
	key := Static("source", "hidden")
	tests := []struct{ name, response, text string }{
		{
			"refused",
			`{"RequestId":"964E0EC5-575B","Code":"SignatureDoesNotMatch","Message":"string to sign is: SecurityToken=hidden"}`,
			"get credentials from RAM role: the service responded with code SignatureDoesNotMatch, request id 964E0EC5-575B",
		},
		{"refused with a code that is not a code", `{"Code":"hidden hidden"}`, "the service refused"},
		{"no JSON", "hidden", "the response is incomplete"},
		{"no credentials", "{}", "the response is incomplete"},
		{"no expiration", `{"Credentials":{"AccessKeyId":"id","AccessKeySecret":"hidden","SecurityToken":"hidden"}}`, "the response is incomplete"},
		{"empty", strings.ReplaceAll(stsResponse("x"), `"x"`, `""`), "the response is incomplete"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			srv := newSTS(t, func(map[string]string) string { return tt.response })
			fails(t, RAMRole(RAMRoleOptions{Source: key, RoleARN: role, STS: STSOptions{Endpoint: srv.host()}}), tt.text)
		})
	}
	t.Run("nothing listens", func(t *testing.T) {
		t.Parallel()
		fails(t, RAMRole(RAMRoleOptions{Source: key, RoleARN: role, STS: STSOptions{Endpoint: refusing(t)}}), "reach the service: dial tcp")
	})
	t.Run("source is not configured", func(t *testing.T) {
		t.Parallel()
		p := RAMRole(RAMRoleOptions{Source: Profile(""), RoleARN: role})
		err := failure(t, p, "get credentials from RAM role: get credentials from credentials file: there is no file ")
		assert.ErrorIs(t, err, ErrNotConfigured)
	})
}

func TestMistakesInOptions(t *testing.T) {
	t.Parallel()
	key := Static("id", "hidden")
	tests := []struct {
		provider roa.CredentialsProvider
		text     string
	}{
		{RAMRole(RAMRoleOptions{RoleARN: role}), "option Source is missing"},
		{RAMRole(RAMRoleOptions{Source: key}), "option RoleARN is missing"},
		{RAMRole(RAMRoleOptions{Source: key, RoleARN: role, Duration: time.Minute}), "option Duration is not"},
		{RAMRole(RAMRoleOptions{Source: key, RoleARN: role, Duration: time.Hour + time.Millisecond}), "option Duration is not"},
		{RAMRole(RAMRoleOptions{Source: key, RoleARN: role, STS: STSOptions{Endpoint: "https://hidden"}}), "option STS.Endpoint is not a host"},
		{RAMRole(RAMRoleOptions{Source: key, RoleARN: role, STS: STSOptions{Endpoint: "host@hidden"}}), "option STS.Endpoint is not a host"},
		{RAMRole(RAMRoleOptions{Source: key, RoleARN: role, STS: STSOptions{Region: "a/b"}}), "option STS.Region is not a region"},
		{RAMRole(RAMRoleOptions{Source: key, RoleARN: role, STS: STSOptions{VPC: true}}), "option STS.VPC needs a region"},
		{RAMRole(RAMRoleOptions{Source: key, RoleARN: role, HTTP: HTTPOptions{Proxy: "hidden"}}), "option HTTP.Proxy is not a URL"},
		{OIDC(OIDCOptions{RoleARN: role, ProviderARN: "p", TokenFile: "f", Duration: time.Second}), "option Duration is not"},
		{OIDC(OIDCOptions{RoleARN: role, ProviderARN: "p", TokenFile: "f", STS: STSOptions{Region: "?"}}), "option STS.Region is not"},
		{OIDC(OIDCOptions{RoleARN: role, ProviderARN: "p", TokenFile: "f", HTTP: HTTPOptions{ReadTimeout: -1}}), "negative timeout"},
		{OIDC(OIDCOptions{RoleARN: "hidden\n", ProviderARN: "p", TokenFile: "f"}), "option RoleARN holds a control character, or is not UTF-8"},
		{OIDC(OIDCOptions{RoleARN: role, ProviderARN: "hidden\xff", TokenFile: "f"}), "option ProviderARN holds a control character, or is not UTF-8"},
		{OIDC(OIDCOptions{RoleARN: role, ProviderARN: "p", TokenFile: "f", SessionName: "hidden\x00"}), "option SessionName holds a control character, or is not UTF-8"},
		{ECSRole(ECSRoleOptions{RoleName: "../hidden"}), "option RoleName is not the name of a role"},
		{ECSRole(ECSRoleOptions{HTTP: HTTPOptions{ConnectTimeout: -1}}), "negative timeout"},
		{URI(URIOptions{URI: "ftp://user:hidden@host"}), "the URI is not an http or https URL"},
		{URI(URIOptions{URI: "http://hidden\x7f"}), "the URI is not an http or https URL"},
		{Process(ProcessOptions{}), "option Command is missing"},
		{Chain(nil), "a provider is nil"},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			err := failure(t, tt.provider, tt.text)
			assert.NotErrorIs(t, err, ErrNotConfigured, "a mistake must not lead to other credentials")
		})
	}
}

func TestSTSHost(t *testing.T) {
	t.Parallel()
	tests := []struct {
		options STSOptions
		want    string
	}{
		{STSOptions{}, "sts.aliyuncs.com"},
		{STSOptions{Region: "cn-beijing"}, "sts.cn-beijing.aliyuncs.com"},
		{STSOptions{Region: "cn-beijing", VPC: true}, "sts-vpc.cn-beijing.aliyuncs.com"},
		{STSOptions{Region: "cn-beijing", Endpoint: "[::1]:8443"}, "[::1]:8443"},
	}
	for _, tt := range tests {
		t.Run(tt.want, func(t *testing.T) {
			t.Parallel()
			got, err := tt.options.host()
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
		})
	}
}

func TestOIDCReadsTheEnvironment(t *testing.T) {
	file := writeFile(t, "first token")
	srv := newSTS(t, func(form map[string]string) string {
		assert.Equal(t, "AssumeRoleWithOIDC", form["Action"])
		assert.Equal(t, role, form["RoleArn"])
		assert.Equal(t, "provider", form["OIDCProviderArn"])
		assert.Equal(t, "3600", form["DurationSeconds"])
		assert.Equal(t, "worker", form["RoleSessionName"])
		return stsResponse("session with " + form["OIDCToken"])
	})
	options := OIDCOptions{STS: STSOptions{Endpoint: srv.host()}}
	require.ErrorIs(t, failure(t, OIDC(options), envRoleARN+" and "+envProviderARN+" and "+envOIDCFile+" are not set"), ErrNotConfigured)
	t.Setenv(envRoleARN, role)
	t.Setenv(envProviderARN, "provider")
	require.ErrorIs(t, failure(t, OIDC(options), envOIDCFile+" is not set"), ErrNotConfigured)
	t.Setenv(envOIDCFile, file)
	t.Setenv("ALIBABA_CLOUD_ROLE_SESSION_NAME", "worker")
	check(t, get(t, OIDC(options)), "session with first token", "hidden secret", "hidden token")

	require.NoError(t, os.WriteFile(file, []byte("second token"), 0o600))
	check(t, get(t, OIDC(options)), "session with second token", "hidden secret", "hidden token")

	require.NoError(t, os.WriteFile(file, []byte("\ufefftoken of echo\r\n"), 0o600))
	check(t, get(t, OIDC(options)), "session with token of echo", "hidden secret", "hidden token")
	require.NoError(t, os.WriteFile(file, []byte(" \n"), 0o600))
	fails(t, OIDC(options), "get credentials from OIDC: "+file+": the token is empty")
	require.NoError(t, os.WriteFile(file, []byte("second token"), 0o600))

	t.Setenv(envOIDCFile, file+".gone")
	fails(t, OIDC(options), "file.gone: no such file")
	t.Setenv(envOIDCToken, "third token")
	check(t, get(t, OIDC(options)), "session with third token", "hidden secret", "hidden token")
	options.TokenFile = file
	check(t, get(t, OIDC(options)), "session with second token", "hidden secret", "hidden token")
}

func TestOIDCEndpointFollowsTheEnvironment(t *testing.T) {
	t.Setenv("ALIBABA_CLOUD_STS_REGION", "hidden/region")
	o := OIDCOptions{RoleARN: role, ProviderARN: "provider", TokenFile: "file"}
	fails(t, OIDC(o), "ALIBABA_CLOUD_STS_REGION is not a region")
	t.Setenv("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED", "true")
	for region, want := range map[string]string{"": "sts.aliyuncs.com", "cn-beijing": "sts-vpc.cn-beijing.aliyuncs.com"} {
		t.Setenv("ALIBABA_CLOUD_STS_REGION", region)
		proxy := newServer(t, false, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
		o := OIDCOptions{RoleARN: role, ProviderARN: "provider", TokenFile: writeFile(t, hidden), HTTP: HTTPOptions{Proxy: proxy.URL}}
		_, err := OIDC(o).Credentials(t.Context())
		require.Error(t, err)
		assert.Contains(t, proxy.seen(), "CONNECT "+want+":443")
	}
	t.Setenv("ALIBABA_CLOUD_STS_REGION", "cn-beijing")
	for _, o := range []STSOptions{{Endpoint: "sts.example.com"}, {Region: "cn-hangzhou"}} {
		got, err := o.orEnvironment()
		require.NoError(t, err)
		assert.Equal(t, o, got, "the environment is for options that say nothing")
	}
	t.Setenv("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED", "")
	got, err := STSOptions{}.orEnvironment()
	require.NoError(t, err)
	assert.Equal(t, STSOptions{Region: "cn-beijing"}, got)
}

// metadataService responds like the one of an ECS instance with IMDSv2.
func metadataService(t *testing.T, tokens bool) *server {
	t.Helper()
	return newServer(t, false, func(w http.ResponseWriter, r *http.Request) {
		const roles = "/latest/meta-data/ram/security-credentials/"
		token := r.Header.Get("X-Aliyun-Ecs-Metadata-Token")
		switch {
		case r.Host != "100.100.100.200":
			w.WriteHeader(http.StatusBadGateway)
		case r.Method == http.MethodPut && r.URL.Path == "/latest/api/token" && tokens:
			_, _ = io.WriteString(w, "imds token")
		case r.Method == http.MethodPut || tokens && token != "imds token":
			w.WriteHeader(http.StatusForbidden)
		case r.URL.Path == roles:
			_, _ = io.WriteString(w, "worker-role\n")
		case r.URL.Path == roles+"worker-role":
			_, _ = io.WriteString(w, `{"Code":"Success","AccessKeyId":"ecs","AccessKeySecret":"hidden secret","SecurityToken":"hidden token","Expiration":"`+nextHour()+`"}`)
		case r.URL.Path == roles+"broken-role":
			_, _ = io.WriteString(w, `{"AccessKeyId":"ecs","AccessKeySecret":"hidden secret","SecurityToken":"hidden token"}`)
		default:
			w.WriteHeader(http.StatusNotFound)
			_, _ = io.WriteString(w, "hidden")
		}
	})
}

func TestECSRole(t *testing.T) {
	t.Parallel()
	srv := metadataService(t, true)
	via := HTTPOptions{Proxy: srv.URL}
	check(t, get(t, ECSRole(ECSRoleOptions{HTTP: via})), "ecs", "hidden secret", "hidden token")
	check(t, get(t, ECSRole(ECSRoleOptions{RoleName: "worker-role", HTTP: via})), "ecs", "hidden secret", "hidden token")
	fails(t, ECSRole(ECSRoleOptions{RoleName: "broken-role", HTTP: via}), "the response is incomplete")
	err := failure(t, ECSRole(ECSRoleOptions{RoleName: "other-role", HTTP: via}), "ECS metadata: no RAM role is attached to the instance")
	require.ErrorIs(t, err, ErrNotConfigured)
}

func TestECSRoleUsesIMDSv1OnlyWhenAllowed(t *testing.T) {
	t.Parallel()
	srv := metadataService(t, false)
	via := HTTPOptions{Proxy: srv.URL}
	err := failure(t, ECSRole(ECSRoleOptions{HTTP: via}), "the service responded with status 403")
	require.NotErrorIs(t, err, ErrNotConfigured)
	for _, request := range srv.seen() {
		assert.Equal(t, "PUT 100.100.100.200/latest/api/token", request)
	}
	check(t, get(t, ECSRole(ECSRoleOptions{HTTP: via, AllowIMDSv1: true})), "ecs", "hidden secret", "hidden token")
}

// TestIMDSv1FromTheEnvironment has the variable that also serves the default chain and profiles.
func TestIMDSv1FromTheEnvironment(t *testing.T) {
	srv := newServer(t, false, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusMethodNotAllowed) })
	const hint = "the service responded with status 405: if it has no tokens of IMDSv2, set the option AllowIMDSv1, " +
		"or the variable ALIBABA_CLOUD_IMDSV1_DISABLED to false"
	err := failure(t, ECSRole(ECSRoleOptions{HTTP: HTTPOptions{Proxy: srv.URL}}), hint)
	require.NotErrorIs(t, err, ErrNotConfigured)
	via := HTTPOptions{Proxy: metadataService(t, false).URL}
	t.Setenv("ALIBABA_CLOUD_IMDSV1_DISABLED", "False")
	check(t, get(t, ECSRole(ECSRoleOptions{HTTP: via})), "ecs", "hidden secret", "hidden token")
	t.Setenv("ALIBABA_CLOUD_IMDSV1_DISABLED", "true")
	fails(t, ECSRole(ECSRoleOptions{HTTP: via, AllowIMDSv1: true}), "ALIBABA_CLOUD_IMDSV1_DISABLED to false")
}

// TestDefaultOnAnInstanceWithIMDSv1 routes the chain to the metadata service of a test.
func TestDefaultOnAnInstanceWithIMDSv1(t *testing.T) {
	proxy, err := url.Parse(metadataService(t, false).URL)
	require.NoError(t, err)
	transport := http.DefaultTransport.(*http.Transport) //nolint:forbidigo,errcheck // fetches copy it
	before := transport.Proxy
	transport.Proxy = http.ProxyURL(proxy)
	t.Cleanup(func() { transport.Proxy = before })
	fails(t, Default(), "ALIBABA_CLOUD_IMDSV1_DISABLED to false")
	t.Setenv("ALIBABA_CLOUD_IMDSV1_DISABLED", "false")
	check(t, get(t, Default()), "ecs", "hidden secret", "hidden token")
	file := writeFile(t, `{"current":"c","profiles":[{"name":"c","mode":"EcsRamRole"}]}`)
	check(t, get(t, CLIProfile(CLIProfileOptions{File: file})), "ecs", "hidden secret", "hidden token")
}

func TestECSRoleIsAbsent(t *testing.T) {
	o := ECSRoleOptions{HTTP: HTTPOptions{Proxy: "http://" + refusing(t)}}
	require.ErrorIs(t, failure(t, ECSRole(o), "the metadata service does not respond"), ErrNotConfigured)
	t.Setenv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "True")
	require.ErrorIs(t, failure(t, ECSRole(o), "ALIBABA_CLOUD_ECS_METADATA_DISABLED is true"), ErrNotConfigured)
}

func TestURI(t *testing.T) {
	t.Parallel()
	respond := func(t *testing.T, text string) URIOptions {
		t.Helper()
		srv := newServer(t, false, func(w http.ResponseWriter, _ *http.Request) {
			if text == "" {
				w.WriteHeader(http.StatusTeapot)
				text = "hidden"
			}
			_, _ = io.WriteString(w, text)
		})
		return URIOptions{URI: srv.URL + "/path?key=hidden"}
	}
	good := `{"AccessKeyId":"id","AccessKeySecret":"hidden secret","SecurityToken":"hidden token","Expiration":"` + nextHour() + `"}`
	check(t, get(t, URI(respond(t, good))), "id", "hidden secret", "hidden token")
	secure := newServer(t, true, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, good) })
	check(t, get(t, URI(URIOptions{URI: secure.URL})), "id", "hidden secret", "hidden token")
	fails(t, URI(respond(t, `{"AccessKeySecret":"hidden secret"}`)), "get credentials from credentials URI: the response is incomplete")
	fails(t, URI(respond(t, `{"AccessKeyId":"id","AccessKeySecret":"hidden","SecurityToken":"hidden","Expiration":"hidden"}`)), "the expiration in the response is not a time of RFC 3339")
	fails(t, URI(respond(t, "hidden")), "the response is not the JSON of credentials")
	fails(t, URI(respond(t, `{"Code":"NoRole","Message":"hidden"}`)), "the service responded with status 200, code NoRole")
	fails(t, URI(respond(t, "")), "get credentials from credentials URI: the service responded with status 418")
}

func TestURIFromTheEnvironment(t *testing.T) {
	require.ErrorIs(t, failure(t, URI(URIOptions{}), "ALIBABA_CLOUD_CREDENTIALS_URI is not set"), ErrNotConfigured)
	t.Setenv("ALIBABA_CLOUD_CREDENTIALS_URI", "hidden")
	require.NotErrorIs(t, failure(t, URI(URIOptions{}), "ALIBABA_CLOUD_CREDENTIALS_URI is not an http or https URL"), ErrNotConfigured)
}
