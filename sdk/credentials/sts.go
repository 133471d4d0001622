package credentials

import (
	"context"
	"errors"
	"regexp"
	"time"

	"github.com/aliyun/credentials-go/credentials/providers"
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

const envSTSRegion = "ALIBABA_CLOUD_STS_REGION"

// orEnvironment returns the options, or those of the environment for zero ones.
func (o STSOptions) orEnvironment() (STSOptions, error) {
	region := env(envSTSRegion)
	switch {
	case o != (STSOptions{}) || region == "":
		return o, nil
	case !regionText.MatchString(region):
		return o, errors.New(envSTSRegion + " is not a region")
	}
	return STSOptions{Region: region, VPC: envTrue("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED")}, nil
}

// Limits of RAM roles.
const (
	minRole     = 15 * time.Minute
	defaultRole = time.Hour
	sessionName = "ackgen"
)

// stsCall is what both ways to assume a role need.
type stsCall struct {
	seconds int
	host    string
	http    HTTPOptions
}

// checkSTS checks options.
func checkSTS(d time.Duration, sts STSOptions, http HTTPOptions) (call stsCall, err error) {
	if d == 0 {
		d = defaultRole
	}
	if d < minRole || d%time.Second != 0 {
		return call, errors.New("option Duration is not a whole number of seconds from 15 minutes on")
	}
	call.seconds = int(d / time.Second)
	if call.host, err = sts.host(); err != nil {
		return call, err
	}
	call.http, err = http.forService()
	return call, err
}

// ask asks STS with a provider of credentials-go.
func (c *stsCall) ask(ctx context.Context, secret string, build func(*providers.HttpOptions) (library, error)) (lease, error) {
	return c.http.ask(ctx, "https://"+c.host, []string{secret}, build)
}
