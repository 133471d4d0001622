package credentials

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/aliyun/credentials-go/credentials/providers"

	"github.com/ackgen/ackgen/internal/privatefile"
)

var (
	errLoggedOut    = errors.New("the CLI is not logged in: run `aliyun configure` for the profile")
	errLoginExpired = errors.New("the login of the CLI has expired: run `aliyun configure` for the profile")
)

// signInWithSSO gets the credentials of a login with CloudSSO.
func (p *cliProfile) signInWithSSO(ctx context.Context) (lease, error) {
	switch {
	case p.SSOToken == "":
		return lease{}, errLoggedOut
	case p.SSOExpire <= time.Now().Unix():
		return lease{}, errLoginExpired
	case p.SignIn == "" || p.Account == "" || p.Access == "":
		return lease{}, errors.New("cloud_sso_sign_in_url, cloud_sso_account_id or cloud_sso_access_config is missing")
	case !strings.HasPrefix(string(p.SignIn), "https://"):
		return lease{}, errors.New("cloud_sso_sign_in_url is not an https URL")
	}
	http, err := HTTPOptions{}.forService()
	if err != nil {
		return lease{}, err
	}
	return http.ask(ctx, string(p.SignIn), []string{string(p.SSOToken)}, func(options *providers.HttpOptions) (library, error) {
		return providers.NewCloudSSOCredentialsProviderBuilder().
			WithSignInUrl(string(p.SignIn)).
			WithAccountId(string(p.Account)).
			WithAccessConfig(string(p.Access)).
			WithAccessToken(string(p.SSOToken)).
			WithAccessTokenExpire(p.SSOExpire).
			WithHttpOptions(options).
			Build()
	})
}

// oauthSite is where the CLI logs in with OAuth, and as which client.
type oauthSite struct{ url, client string }

var oauthSites = map[string]oauthSite{
	"CN":   {"https://oauth.aliyun.com", "4038181954557748008"},
	"INTL": {"https://oauth.alibabacloud.com", "4103531455503354461"},
}

// signInWithOAuth gets the credentials of a login with OAuth.
func (c *cliConfig) signInWithOAuth(ctx context.Context, p *cliProfile) (lease, error) {
	site, ok := oauthSites[strings.ToUpper(string(p.OAuthSite))]
	if !ok {
		return lease{}, errors.New("oauth_site_type is neither CN nor INTL")
	}
	return c.exchange(ctx, p, site)
}

func (c *cliConfig) exchange(ctx context.Context, p *cliProfile, site oauthSite) (lease, error) {
	if p.OAuthToken == "" && p.OAuthRefresh == "" {
		return lease{}, errLoggedOut
	}
	http, err := HTTPOptions{}.forService()
	if err != nil {
		return lease{}, err
	}
	var lost error
	got, err := http.ask(ctx, site.url, []string{string(p.OAuthToken), string(p.OAuthRefresh)}, func(options *providers.HttpOptions) (library, error) {
		return providers.NewOAuthCredentialsProviderBuilder().
			WithSignInUrl(site.url).
			WithClientId(site.client).
			WithRefreshToken(string(p.OAuthRefresh)).
			WithAccessToken(string(p.OAuthToken)).
			WithAccessTokenExpire(p.OAuthExpire).
			WithTokenUpdateCallback(func(refresh, access, _, _, _ string, expire, _ int64) error {
				if trimmed(refresh) != p.OAuthRefresh {
					lost = c.keepLogin(p, refresh, access, expire)
				}
				return nil // credentials-go would print an error and go on
			}).
			WithHttpOptions(options).
			Build()
	})
	if err == nil {
		err = lost
	}
	return got, err
}

// keepLogin writes a renewed login into the file: what renewed it is not good any more.
func (c *cliConfig) keepLogin(p *cliProfile, refresh, access string, expire int64) error {
	return c.update(string(p.Name), map[string]json.RawMessage{
		"oauth_access_token": text(access), "oauth_refresh_token": text(refresh),
		"oauth_access_token_expire": json.RawMessage(strconv.FormatInt(expire, 10)),
	})
}

// text returns a string as JSON.
func text(s string) json.RawMessage {
	data, _ := json.Marshal(s) // strings cannot fail
	return data
}

// update changes fields of a profile in the file, and nothing else.
func (c *cliConfig) update(name string, fields map[string]json.RawMessage) error {
	file, err := filepath.EvalSymlinks(c.file)
	if err != nil {
		return err
	}
	data, err := readFile(file)
	if err != nil {
		return err
	}
	var conf map[string]json.RawMessage
	var profiles []map[string]json.RawMessage
	if decode(data, &conf) != nil || json.Unmarshal(conf["profiles"], &profiles) != nil {
		return errors.New("the file is not a configuration of the CLI any more")
	}
	for _, p := range profiles {
		var text trimmed
		if json.Unmarshal(p["name"], &text) != nil || string(text) != name {
			continue
		}
		maps.Copy(p, fields)
	}
	if conf["profiles"], err = json.Marshal(profiles); err != nil {
		return err
	}
	if data, err = json.MarshalIndent(conf, "", "\t"); err != nil {
		return err
	}
	return privatefile.Write(file, append(data, '\n'))
}
