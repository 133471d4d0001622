package credentials

import (
	"context"
	"errors"
	"net/http"
	"net/url"
)

// URIOptions configure [URI].
type URIOptions struct {
	// URI is where the credentials are. The default is the variable
	// ALIBABA_CLOUD_CREDENTIALS_URI.
	URI string
	// HTTP changes how it is reached.
	HTTP HTTPOptions
}

const envURI = "ALIBABA_CLOUD_CREDENTIALS_URI"

// URI gives the credentials that a GET of an http or https URI responds with: a JSON
// object with AccessKeyId, AccessKeySecret, SecurityToken and Expiration. If it has a
// Code, that must be Success. More than 64 KiB are an error.
func URI(o URIOptions) *Provider { return session("credentials URI", o.fetch) }

func (o URIOptions) fetch(ctx context.Context) (lease, error) {
	uri, from := o.URI, "the URI"
	if uri == "" {
		uri, from = env(envURI), envURI
	}
	if uri == "" {
		return lease{}, absent(envURI + " is not set")
	}
	errURI := errors.New(from + " is not an http or https URL") // its text may hold a password
	u, err := url.Parse(uri)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		return lease{}, errURI
	}
	options, err := o.HTTP.forService()
	if err != nil {
		return lease{}, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, uri, http.NoBody)
	if err != nil {
		return lease{}, errURI
	}
	got, err := options.fetchKey(req)
	return got, withhold(err, secretsOf(u)...)
}

// fetchKey reads the credentials that a request is responded with.
func (o HTTPOptions) fetchKey(req *http.Request) (lease, error) {
	body, err := o.fetch(req)
	if err != nil {
		return lease{}, err
	}
	var said temporary
	switch {
	case decode(body, &said) != nil:
		return lease{}, errNotJSON
	case said.Code != "" && said.Code != "Success":
		return lease{}, refusal(http.StatusOK, body)
	}
	return said.lease()
}
