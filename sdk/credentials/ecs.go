package credentials

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/aliyun/credentials-go/credentials/providers"
)

// ECSRoleOptions configure [ECSRole].
type ECSRoleOptions struct {
	// RoleName is the name of the role. The default is the variable
	// ALIBABA_CLOUD_ECS_METADATA, and then the role that the metadata service
	// names, which costs one more request.
	RoleName string
	// AllowIMDSv1 falls back to requests without a token where the service gives
	// none. They are open to attacks through a proxy on the instance. The variable
	// ALIBABA_CLOUD_IMDSV1_DISABLED wins: false allows them, also for [Default] and for
	// profiles, and true forbids them.
	AllowIMDSv1 bool
	// HTTP changes how the metadata service is reached.
	HTTP HTTPOptions
}

const (
	envECSRole  = "ALIBABA_CLOUD_ECS_METADATA"
	envNoIMDSv1 = "ALIBABA_CLOUD_IMDSV1_DISABLED"
)

// metadataHost is where instances find the service.
const metadataHost = "100.100.100.200"

// roleText is the name of a role, which becomes the last part of a path.
var roleText = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$`)

// ECSRole gives the credentials of the RAM role of the ECS instance that the
// program runs on, from its metadata service, in the hardened mode (IMDSv2). It
// is not configured where nothing responds, where no role is attached, and where
// ALIBABA_CLOUD_ECS_METADATA_DISABLED is true.
func ECSRole(o ECSRoleOptions) *Provider { return session("ECS metadata", o.fetch) }

func (o ECSRoleOptions) fetch(ctx context.Context) (lease, error) {
	if envTrue("ALIBABA_CLOUD_ECS_METADATA_DISABLED") {
		return lease{}, absent("ALIBABA_CLOUD_ECS_METADATA_DISABLED is true")
	}
	role, from := orVariable(o.RoleName, "RoleName", envECSRole)
	if role != "" && !roleText.MatchString(role) {
		return lease{}, errors.New(from + " is not the name of a role")
	}
	limits, err := o.HTTP.check(time.Second, time.Second)
	if err != nil {
		return lease{}, err
	}
	got, err := limits.ask(ctx, "http://"+metadataHost, nil, func(options *providers.HttpOptions) (library, error) {
		return providers.NewECSRAMRoleCredentialsProviderBuilder().
			WithRoleName(role).WithDisableIMDSv1(!o.allowsIMDSv1()).WithHttpOptions(options).Build()
	})
	if err != nil {
		return lease{}, ofMetadata(err)
	}
	return got, nil
}

func (o ECSRoleOptions) allowsIMDSv1() bool {
	switch disabled := env(envNoIMDSv1); {
	case strings.EqualFold(disabled, "true"):
		return false
	case strings.EqualFold(disabled, "false"):
		return true
	}
	return o.AllowIMDSv1
}

// ofMetadata tells what an error of the metadata service means.
func ofMetadata(err error) error {
	if _, ok := errors.AsType[*networkError](err); ok {
		return absent("the metadata service does not respond")
	}
	refused, ok := errors.AsType[*statusError](err)
	switch {
	case ok && refused.status == http.StatusNotFound:
		return absent("no RAM role is attached to the instance")
	case ok && (refused.status == http.StatusMethodNotAllowed || refused.status == http.StatusForbidden):
		return fmt.Errorf("%w: if it has no tokens of IMDSv2, set the option AllowIMDSv1, or the variable %s to false", refused, envNoIMDSv1)
	}
	return err
}
