package credentials

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// profileFile writes a configuration of the CLI whose current profile has these fields.
func profileFile(t *testing.T, fields map[string]any) string {
	t.Helper()
	fields["name"] = "mine"
	return writeFile(t, "\ufeff"+toJSON(t, map[string]any{
		"current": "mine", "meta_path": "kept", "profiles": []any{fields, map[string]any{"name": "other", "number": 9007199254740993}},
	}))
}

// TestCLIModes has every mode that the CLI writes. Each gives credentials, or an error that
// says what is wrong in which profile of which file.
func TestCLIModes(t *testing.T) {
	t.Setenv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")
	t.Setenv("ALIBABA_CLOUD_STS_REGION", "not a region") // so that no service is asked
	good := newServer(t, false, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"Code":"Success","AccessKeyId":"id of uri","AccessKeySecret":"hidden","SecurityToken":"hidden","Expiration":"`+nextHour()+`"}`)
	})
	program, err := os.Executable()
	require.NoError(t, err)
	const noRegion, noMetadata = "ALIBABA_CLOUD_STS_REGION is not a region", "ALIBABA_CLOUD_ECS_METADATA_DISABLED is true"
	tests := []struct {
		mode   string
		fields map[string]any
		id     string // of the credentials, or else
		want   string // the end of the error
	}{
		{mode: "AK", fields: map[string]any{"access_key_id": " a ", "access_key_secret": "hidden\n"}, id: "a"},
		{mode: "StsToken", fields: map[string]any{"access_key_id": "a", "access_key_secret": "hidden", "sts_token": "\thidden"}, id: "a"},
		{mode: "StsToken", fields: map[string]any{"access_key_id": "a", "access_key_secret": "hidden", "sts_token": "hidden", "sts_expiration": time.Now().Add(time.Hour).Unix()}, id: "a"},
		{mode: "StsToken", fields: map[string]any{"access_key_id": "a", "access_key_secret": "hidden", "sts_token": "hidden", "sts_expiration": 1577836800}, want: errExpired.Error()},
		{mode: "RamRoleArn", fields: map[string]any{"access_key_id": "a", "access_key_secret": "hidden", "ram_role_arn": role}, want: noRegion},
		{mode: "EcsRamRole", want: noMetadata},
		{mode: "RamRoleArnWithRoleName", fields: map[string]any{"ram_role_arn": role, "ram_role_name": "r", "sts_region": "cn-beijing"}, want: noMetadata},
		{mode: "RamRoleArnWithRoleName", want: "ram_role_arn is missing"},
		{mode: "ChainableRamRoleArn", fields: map[string]any{"ram_role_arn": role, "sts_region": "cn-beijing", "source_profile": "other"}, want: `profile "other": the profile is empty`},
		{mode: "OIDC", fields: map[string]any{"ram_role_arn": role, "oidc_provider_arn": "p", "oidc_token_file": "f"}, want: noRegion},
		{mode: "OIDC", fields: map[string]any{"ram_role_arn": role, "oidc_provider_arn": "p"}, want: "oidc_token_file is missing"},
		{mode: "OIDC", fields: map[string]any{"ram_role_arn": role, "oidc_token": "hidden"}, want: "oidc_provider_arn is missing"},
		{mode: "External", fields: map[string]any{"process_command": `"` + program + `" program:key`}, id: "id of program"},
		{mode: "External", want: "process_command is missing"},
		{mode: "CredentialsURI", fields: map[string]any{"credentials_uri": good.URL}, id: "id of uri"},
		{mode: "CredentialsURI", want: "credentials_uri is missing"},
		{mode: "CloudSSO", want: errLoggedOut.Error()},
		{mode: "CloudSSO", fields: map[string]any{"access_token": "hidden", "cloud_sso_access_token_expire": 1}, want: errLoginExpired.Error()},
		{mode: "OAuth", want: "oauth_site_type is neither CN nor INTL"},
		{mode: "OAuth", fields: map[string]any{"oauth_site_type": "cn"}, want: errLoggedOut.Error()},
		{mode: "RsaKeyPair", fields: map[string]any{"private_key": "hidden"}, want: "mode RsaKeyPair is not supported"},
		{mode: "ak", fields: map[string]any{"access_key_id": "a", "access_key_secret": "hidden"}, want: "mode ak is not supported: write AK"},
		{mode: "ecsramrole", want: "mode ecsramrole is not supported: write EcsRamRole"},
		{mode: "SomethingNew", want: "mode SomethingNew is not supported"},
		{mode: "hidden secret", want: "mode is not one that is known"},
	}
	for _, tt := range tests {
		fields := map[string]any{"mode": tt.mode}
		maps.Copy(fields, tt.fields)
		file := profileFile(t, fields)
		p := CLIProfile(CLIProfileOptions{File: file})
		if tt.id != "" {
			c := get(t, p)
			assert.Equal(t, tt.id, c.AccessKeyID, tt.mode)
			assert.True(t, c.AccessKeySecret == "hidden" || c.AccessKeySecret == "hidden secret", tt.mode)
			assert.True(t, c.SecurityToken == "" || c.SecurityToken == "hidden", tt.mode)
			continue
		}
		err := failure(t, p, file+`: profile "mine": mode `)
		require.True(t, strings.HasSuffix(err.Error(), tt.want), err)
		require.NotErrorIs(t, err, ErrNotConfigured, "a chain must not go on to other credentials")
	}
}

func TestCLIProfileWithoutACurrentOne(t *testing.T) {
	file := writeFile(t, `{"profiles":[{"name":"only","mode":"AK","access_key_id":"a","access_key_secret":"hidden"}]}`)
	err := failure(t, CLIProfile(CLIProfileOptions{File: file}), file+`: it has no "current" profile, and ALIBABA_CLOUD_PROFILE is not set`)
	require.ErrorIs(t, err, ErrNotConfigured)
	check(t, get(t, CLIProfile(CLIProfileOptions{File: file, Profile: "only"})), "a", "hidden", "")
	t.Setenv("ALIBABA_CLOUD_PROFILE", "only")
	check(t, get(t, CLIProfile(CLIProfileOptions{File: file})), "a", "hidden", "")
}

func TestCloudSSO(t *testing.T) {
	t.Parallel()
	srv := newServer(t, true, func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "/cloud-credentials", r.URL.Path)
		assert.True(t, r.Header.Get("Authorization") == "Bearer hidden login")
		body, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		assert.JSONEq(t, `{"AccountId":"1","AccessConfigurationId":"ac-1"}`, string(body))
		_, _ = fmt.Fprintf(w, `{"RequestId":"964E0EC5","CloudCredential":{"AccessKeyId":"sso","AccessKeySecret":"hidden secret","SecurityToken":"hidden token","Expiration":%q}}`, nextHour())
	})
	fields := map[string]any{
		"mode": "CloudSSO", "access_token": "hidden login", "cloud_sso_access_token_expire": time.Now().Add(time.Hour).Unix(),
		"cloud_sso_sign_in_url": srv.URL + "/start/login", "cloud_sso_account_id": "1", "cloud_sso_access_config": "ac-1",
	}
	got, err := CLIProfileOptions{File: profileFile(t, fields)}.fetch(t.Context())
	require.NoError(t, err)
	check(t, got.Value, "sso", "hidden secret", "hidden token")
	assert.WithinDuration(t, time.Now().Add(48*time.Minute), got.Refresh, time.Minute, "credentials-go keeps the expiration")
	fields["cloud_sso_account_id"] = ""
	fails(t, CLIProfile(CLIProfileOptions{File: profileFile(t, fields)}), "cloud_sso_access_config is missing")
	fields["cloud_sso_account_id"], fields["cloud_sso_sign_in_url"] = "1", "http://plain"
	fails(t, CLIProfile(CLIProfileOptions{File: profileFile(t, fields)}), "cloud_sso_sign_in_url is not an https URL")
}

// TestOAuthRenewsTheLogin finds a token that is about to end. The next one must be in the file,
// and nothing else there may change.
func TestOAuthRenewsTheLogin(t *testing.T) {
	t.Parallel()
	srv := newServer(t, true, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/v1/token" {
			assert.True(t, r.FormValue("refresh_token") == "hidden refresh")
			assert.Equal(t, "refresh_token client", r.FormValue("grant_type")+" "+r.FormValue("client_id"))
			_, _ = io.WriteString(w, `{"access_token":"next login","refresh_token":"next refresh","expires_in":3600}`)
			return
		}
		assert.Equal(t, "/v1/exchange", r.URL.Path)
		if r.Header.Get("Authorization") != "Bearer next login" {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"error":"invalid_token","error_description":"hidden"}`)
			return
		}
		_, _ = fmt.Fprintf(w, `{"requestId":"964E0EC5","accessKeyId":"oauth","accessKeySecret":"hidden secret","securityToken":"hidden token","expiration":%q}`, nextHour())
	})
	fetch := func(file string) (lease, error) {
		conf, err := readCLI(file)
		require.NoError(t, err)
		return conf.exchange(t.Context(), conf.find("mine"), oauthSite{srv.URL, "client"})
	}
	file := profileFile(t, map[string]any{
		"mode": "OAuth", "oauth_access_token": "hidden", "oauth_access_token_expire": time.Now().Add(time.Minute).Unix(),
		"oauth_refresh_token": "hidden refresh", "unknown": 9007199254740993,
	})
	got, err := fetch(file)
	require.NoError(t, err)
	check(t, got.Value, "oauth", "hidden secret", "hidden token")
	assert.WithinDuration(t, time.Now().Add(48*time.Minute), got.Refresh, time.Minute, "credentials-go keeps the expiration")

	text, err := os.ReadFile(file)
	require.NoError(t, err)
	for _, kept := range []string{`"meta_path": "kept"`, `"unknown": 9007199254740993`, `"number": 9007199254740993`, `"oauth_refresh_token": "next refresh"`} {
		assert.Contains(t, string(text), kept)
	}
	var conf cliConfig
	require.NoError(t, json.Unmarshal(text, &conf))
	assert.Equal(t, trimmed("next login"), conf.find("mine").OAuthToken)
	assert.WithinDuration(t, time.Now().Add(time.Hour), time.Unix(conf.find("mine").OAuthExpire, 0), time.Minute)
	_, err = fetch(file)
	require.NoError(t, err, "the login in the file is good")
	assert.Len(t, srv.seen(), 3, "it is renewed once")

	_, err = fetch(profileFile(t, map[string]any{"mode": "OAuth", "oauth_access_token": "hidden"}))
	require.EqualError(t, err, "the service responded with code invalid_token")
}

func TestOAuthThatCannotRenew(t *testing.T) {
	t.Parallel()
	fields := func() map[string]any { return map[string]any{"mode": "OAuth", "oauth_refresh_token": "hidden"} }
	tests := []struct {
		name, response string
		status         int
		want           string
	}{
		{"refused", `{"error":"invalid_grant","error_description":"hidden"}`, http.StatusBadRequest, "the service responded with status 400"},
		{"not JSON", hidden, http.StatusOK, "the response is incomplete"},
		{"incomplete", `{"access_token":"hidden"}`, http.StatusOK, "the response is incomplete"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			srv := newServer(t, true, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.response)
			})
			file := profileFile(t, fields())
			before, err := os.ReadFile(file)
			require.NoError(t, err)
			conf, err := readCLI(file)
			require.NoError(t, err)
			_, err = conf.exchange(t.Context(), conf.find("mine"), oauthSite{srv.URL, "client"})
			require.EqualError(t, err, tt.want)
			after, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(before), string(after))
		})
	}
	t.Run("the file was changed meanwhile", func(t *testing.T) {
		t.Parallel()
		file := profileFile(t, fields())
		conf, err := readCLI(file)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(file, []byte("hidden"), 0o600))
		require.EqualError(t, conf.update("mine", nil), "the file is not a configuration of the CLI any more")
	})
}
