package credentials

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // the signature of STS is defined over SHA-1
	"encoding/base64"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/ackgen/ackgen/sdk/roa"
)

// STSOptions tell which endpoint of STS a provider uses.
type STSOptions struct {
	// Endpoint is the host, with a port if need be. It wins over the other fields.
	Endpoint string
	// Region chooses the endpoint of a region, such as "cn-beijing". The default is
	// the central endpoint, sts.aliyuncs.com.
	Region string
	// VPC chooses the endpoint inside the VPC. It needs a Region.
	VPC bool
}

var (
	regionText   = regexp.MustCompile(`^[a-z][a-z0-9-]{1,40}$`)
	endpointText = regexp.MustCompile(`^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9][A-Za-z0-9.-]*)(:[0-9]{1,5})?$`)
)

func (o STSOptions) host() (string, error) {
	switch {
	case o.Endpoint != "" && !endpointText.MatchString(o.Endpoint):
		return "", errors.New("option STS.Endpoint is not a host")
	case o.Endpoint != "":
		return o.Endpoint, nil
	case o.Region != "" && !regionText.MatchString(o.Region):
		return "", errors.New("option STS.Region is not a region")
	case o.Region == "" && o.VPC:
		return "", errors.New("option STS.VPC needs a region")
	case o.Region == "":
		return "sts.aliyuncs.com", nil
	case o.VPC:
		return "sts-vpc." + o.Region + ".aliyuncs.com", nil
	}
	return "sts." + o.Region + ".aliyuncs.com", nil
}

// orEnvironment returns the options, or those of the environment for zero ones.
func (o STSOptions) orEnvironment() STSOptions {
	if o == (STSOptions{}) {
		o.Region = env("ALIBABA_CLOUD_STS_REGION")
		o.VPC = o.Region != "" && envTrue("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED")
	}
	return o
}

// Limits of RAM roles.
const (
	minRole     = 15 * time.Minute
	defaultRole = time.Hour
	sessionName = "ackgen"
)

// assumption is what both ways to assume a role have in common.
type assumption struct {
	role, session, policy string
	duration              time.Duration
	sts                   STSOptions
	http                  HTTPOptions
}

// stsCall is a call of STS that is ready but for what its action needs beyond that.
type stsCall struct {
	host   string
	client *http.Client
	form   url.Values // of the body
}

// call checks the options.
func (a assumption) call() (*stsCall, error) {
	d := a.duration
	if d == 0 {
		d = defaultRole
	}
	if d < minRole || d%time.Second != 0 {
		return nil, errors.New("option Duration is not a whole number of seconds from 15 minutes on")
	}
	host, err := a.sts.host()
	if err != nil {
		return nil, err
	}
	client, err := a.http.serviceClient()
	if err != nil {
		return nil, err
	}
	form := url.Values{
		"RoleArn":         {a.role},
		"RoleSessionName": {first(a.session, sessionName)},
		"DurationSeconds": {strconv.Itoa(int(d / time.Second))},
	}
	if a.policy != "" {
		form.Set("Policy", a.policy)
	}
	return &stsCall{host, client, form}, nil
}

// send calls an action. The key signs the request, if there is one.
func (c *stsCall) send(ctx context.Context, action string, key *roa.Credentials) (lease, error) {
	query := url.Values{
		"Action": {action}, "Version": {"2015-04-01"}, "Format": {"JSON"}, "Timestamp": {time.Now().UTC().Format("2006-01-02T15:04:05Z")},
	}
	if key != nil {
		sign(query, c.form, key)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://"+c.host+"/?"+query.Encode(), strings.NewReader(c.form.Encode()))
	if err != nil {
		return lease{}, errors.New("the endpoint of STS is not a host")
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := send(c.client, req)
	if err != nil {
		return lease{}, err
	}
	var said struct{ Credentials temporary }
	if decode(resp.body, &said) != nil {
		return lease{}, errNotJSON
	}
	return said.Credentials.lease(resp.date)
}

var errNotJSON = errors.New("the response is not the JSON of credentials")

// sign adds the signature of version 1.0 to the query of a POST.
func sign(query, form url.Values, key *roa.Credentials) {
	query.Set("AccessKeyId", key.AccessKeyID)
	query.Set("SignatureMethod", "HMAC-SHA1")
	query.Set("SignatureVersion", "1.0")
	query.Set("SignatureNonce", rand.Text())
	if key.SecurityToken != "" {
		query.Set("SecurityToken", key.SecurityToken.Reveal())
	}
	query.Set("Signature", signature(http.MethodPost, key.AccessKeySecret, query, form))
}

func signature(method string, secret roa.Secret, query, form url.Values) string {
	all := url.Values{}
	maps.Copy(all, query)
	maps.Copy(all, form)
	canonical := strings.ReplaceAll(all.Encode(), "+", "%20")
	mac := hmac.New(sha1.New, []byte(secret.Reveal()+"&"))
	_, _ = mac.Write([]byte(method + "&%2F&" + url.QueryEscape(canonical)))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
