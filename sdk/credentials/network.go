package credentials

import (
	"context"
	"errors"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/aliyun/credentials-go/credentials/providers"
)

// HTTPOptions change how a provider reaches its service. The zero value is
// right for most programs.
type HTTPOptions struct {
	// Proxy is the URL of a proxy. The default is the one that net/http takes from
	// the environment.
	Proxy string
	// ConnectTimeout limits connecting. The default is 5 seconds, and 1 second for
	// the metadata service.
	ConnectTimeout time.Duration
	// ReadTimeout limits the rest of the request. The default is 10 seconds, and 1
	// second for the metadata service.
	ReadTimeout time.Duration
}

func (o HTTPOptions) convert() (*providers.HttpOptions, error) {
	if o.Proxy != "" {
		if u, err := url.Parse(o.Proxy); err != nil || u.Host == "" {
			return nil, errors.New("option HTTP.Proxy is not a URL with a host")
		}
	}
	if o.ConnectTimeout < 0 || o.ReadTimeout < 0 {
		return nil, errors.New("option HTTP has a negative timeout")
	}
	return &providers.HttpOptions{
		Proxy:          o.Proxy,
		ConnectTimeout: milliseconds(o.ConnectTimeout),
		ReadTimeout:    milliseconds(o.ReadTimeout),
	}, nil
}

// milliseconds rounds up, as zero would mean the default.
func milliseconds(d time.Duration) int { return int((d + time.Millisecond - 1) / time.Millisecond) }

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

// Limits of RAM roles.
const (
	minRole     = 15 * time.Minute
	defaultRole = time.Hour
	sessionName = "ackgen"
)

// roleSeconds checks how long a role is assumed for.
func roleSeconds(d time.Duration) (int, error) {
	if d == 0 {
		d = defaultRole
	}
	if d < minRole || d%time.Second != 0 {
		return 0, errors.New("option Duration is not a whole number of seconds from 15 minutes on")
	}
	return int(d / time.Second), nil
}

// ECSRoleOptions configure [ECSRole].
type ECSRoleOptions struct {
	// RoleName is the name of the role. The default is the variable
	// ALIBABA_CLOUD_ECS_METADATA, and then the role that the metadata service
	// names, which costs one more request.
	RoleName string
	// AllowIMDSv1 falls back to requests without a token where the service gives
	// none. They are open to attacks through a proxy on the instance.
	AllowIMDSv1 bool
	// HTTP changes how the metadata service is reached.
	HTTP HTTPOptions
}

// ECSRole gives the credentials of the RAM role of the ECS instance that the
// program runs on, from its metadata service, in the hardened mode (IMDSv2). It
// is not configured where nothing responds, where no role is attached, and where
// ALIBABA_CLOUD_ECS_METADATA_DISABLED is true.
func ECSRole(o ECSRoleOptions) *Provider {
	return session("ECS metadata", func(context.Context) (backend, error) {
		if envTrue("ALIBABA_CLOUD_ECS_METADATA_DISABLED") {
			return nil, absent("ALIBABA_CLOUD_ECS_METADATA_DISABLED is true")
		}
		options, err := o.HTTP.convert()
		if err != nil {
			return nil, err
		}
		if strings.ContainsAny(o.RoleName, "/?#% ") {
			return nil, errors.New("option RoleName is not the name of a role")
		}
		inner, err := providers.NewECSRAMRoleCredentialsProviderBuilder().
			WithRoleName(o.RoleName).WithDisableIMDSv1(!o.AllowIMDSv1).WithHttpOptions(options).Build()
		if err != nil {
			return nil, cause(err)
		}
		return metadata{inner}, nil
	})
}

// metadata marks the errors that mean that there is no role to be had.
type metadata struct{ backend }

// GetCredentials asks the metadata service.
func (m metadata) GetCredentials() (*providers.Credentials, error) {
	c, err := m.backend.GetCredentials()
	if err == nil {
		return c, nil
	}
	shown := cause(err)
	if _, ok := errors.AsType[*networkError](shown); ok {
		return nil, &sourceError{absent("the metadata service does not respond")}
	}
	if s, ok := errors.AsType[*statusError](shown); ok && s.status == "404" {
		return nil, &sourceError{absent("no RAM role is attached to the instance")}
	}
	return nil, &sourceError{shown}
}

// URIOptions configure [URI].
type URIOptions struct {
	// URI is where the credentials are. The default is the variable
	// ALIBABA_CLOUD_CREDENTIALS_URI.
	URI string
	// HTTP changes how it is reached.
	HTTP HTTPOptions
}

// URI gives the credentials that a GET of an http or https URI returns: a JSON
// object with AccessKeyId, AccessKeySecret, SecurityToken and Expiration.
func URI(o URIOptions) *Provider {
	return session("credentials URI", func(context.Context) (backend, error) {
		uri := first(o.URI, env("ALIBABA_CLOUD_CREDENTIALS_URI"))
		if uri == "" {
			return nil, absent("ALIBABA_CLOUD_CREDENTIALS_URI is not set")
		}
		u, err := url.Parse(uri)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return nil, errors.New("the URI is not an http or https URL") // its text may hold a password
		}
		options, err := o.HTTP.convert()
		if err != nil {
			return nil, err
		}
		inner, err := providers.NewURLCredentialsProviderBuilder().WithUrl(uri).WithHttpOptions(options).Build()
		if err != nil {
			return nil, cause(err)
		}
		return inner, nil
	})
}
