package credentials

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/ackgen/ackgen/sdk/internal/privatefile"
)

var (
	errLoggedOut    = errors.New("the CLI is not logged in: run `aliyun configure` for the profile")
	errLoginExpired = errors.New("the login of the CLI has expired: run `aliyun configure` for the profile")
)

// login is a site where somebody has logged in with the CLI.
type login struct {
	site  string // its URL, of which scheme and host are used
	token string // of the login; "" sends none
}

func (l login) post(ctx context.Context, path, mediaType, body string) (*response, error) {
	site, err := url.Parse(l.site)
	if err != nil || site.Scheme != "https" || site.Host == "" {
		return nil, errors.New("the site to sign in at is not an https URL")
	}
	client, err := HTTPOptions{}.serviceClient()
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://"+site.Host+path, strings.NewReader(body))
	if err != nil {
		return nil, errors.New("the site to sign in at is not an https URL")
	}
	req.Header.Set("Content-Type", mediaType)
	req.Header.Set("Accept", "application/json")
	if l.token != "" {
		req.Header.Set("Authorization", "Bearer "+l.token)
	}
	return send(client, req)
}

// oauthSite is where the CLI logs in with OAuth, and as which client.
type oauthSite struct{ url, client string }

var oauthSites = map[string]oauthSite{
	"CN":   {"https://oauth.aliyun.com", "4038181954557748008"},
	"INTL": {"https://oauth.alibabacloud.com", "4103531455503354461"},
}

// renewBefore is how long before its end the token of a login is renewed.
const renewBefore = 20 * time.Minute

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
	token := p.OAuthToken
	if p.OAuthRefresh != "" && (token == "" || time.Until(time.Unix(p.OAuthExpire, 0)) <= renewBefore) {
		renewed, err := c.renew(ctx, p, site)
		if err != nil {
			return lease{}, err
		}
		token = renewed
	}
	resp, err := login{site.url, string(token)}.post(ctx, "/v1/exchange", "application/json", "")
	if err != nil {
		return lease{}, err
	}
	var said temporary // whose names differ in case only
	if decode(resp.body, &said) != nil {
		return lease{}, errNotJSON
	}
	return said.lease(resp.date)
}

// renew gets the next token of a login and writes it into the file: the token that
// renewed it is not good any more.
func (c *cliConfig) renew(ctx context.Context, p *cliProfile, site oauthSite) (trimmed, error) {
	form := url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {string(p.OAuthRefresh)}, "client_id": {site.client},
		"Timestamp": {time.Now().UTC().Format("2006-01-02T15:04:05Z")},
	}
	resp, err := login{site: site.url}.post(ctx, "/v1/token", "application/x-www-form-urlencoded", form.Encode())
	if err != nil {
		return "", err
	}
	var said struct {
		Token   trimmed `json:"access_token"`
		Refresh trimmed `json:"refresh_token"`
		Seconds int64   `json:"expires_in"`
	}
	switch {
	case decode(resp.body, &said) != nil:
		return "", errors.New("the response is not the JSON of a token")
	case said.Token == "" || said.Refresh == "":
		return "", errIncomplete
	}
	return said.Token, c.update(string(p.Name), map[string]any{
		"oauth_access_token": said.Token, "oauth_refresh_token": said.Refresh,
		"oauth_access_token_expire": time.Now().Unix() + said.Seconds,
	})
}

// update changes fields of a profile in the file, and nothing else.
func (c *cliConfig) update(name string, fields map[string]any) error {
	file, err := filepath.EvalSymlinks(c.file)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(file)
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
		for field, value := range fields {
			p[field] = jsonBody(value)
		}
	}
	conf["profiles"] = jsonBody(profiles)
	if data, err = json.MarshalIndent(conf, "", "\t"); err != nil {
		return err
	}
	return privatefile.Write(file, append(data, '\n'))
}
