package credentials

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
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

const envNoIMDSv1 = "ALIBABA_CLOUD_IMDSV1_DISABLED"

// ECSRole gives the credentials of the RAM role of the ECS instance that the
// program runs on, from its metadata service, in the hardened mode (IMDSv2). It
// is not configured where nothing responds, where no role is attached, and where
// ALIBABA_CLOUD_ECS_METADATA_DISABLED is true.
func ECSRole(o ECSRoleOptions) *Provider { return session("ECS metadata", o.fetch) }

func (o ECSRoleOptions) fetch(ctx context.Context) (lease, error) {
	if envTrue("ALIBABA_CLOUD_ECS_METADATA_DISABLED") {
		return lease{}, absent("ALIBABA_CLOUD_ECS_METADATA_DISABLED is true")
	}
	role := first(o.RoleName, env("ALIBABA_CLOUD_ECS_METADATA"))
	if strings.ContainsAny(role, "/?#% ") {
		return lease{}, errors.New("option RoleName is not the name of a role")
	}
	client, err := o.HTTP.client(time.Second, time.Second)
	if err != nil {
		return lease{}, err
	}
	m := metadata{client: client}
	if err = m.begin(ctx, o.allowsIMDSv1()); err != nil {
		return lease{}, err
	}
	if role == "" {
		resp, err := m.get(ctx, "")
		if err != nil {
			return lease{}, err
		}
		role = strings.TrimSpace(string(resp.body))
	}
	resp, err := m.get(ctx, role)
	if err != nil {
		return lease{}, err
	}
	var said temporary
	switch {
	case decode(resp.body, &said) != nil:
		return lease{}, errNotJSON
	case said.Code != "Success":
		return lease{}, errIncomplete
	}
	return said.lease(resp.date)
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

// metadata is the metadata service of an instance.
type metadata struct {
	client *http.Client
	token  string // "" for IMDSv1
}

// begin gets the token that all other requests need.
func (m *metadata) begin(ctx context.Context, allowIMDSv1 bool) error {
	resp, err := m.send(ctx, http.MethodPut, "api/token", "X-Aliyun-Ecs-Metadata-Token-Ttl-Seconds", "21600")
	refused, isStatus := errors.AsType[*statusError](err)
	switch {
	case isStatus && allowIMDSv1:
		return nil
	case isStatus:
		return fmt.Errorf("%w when asked for a token of IMDSv2: if the instance has IMDSv1 only, "+
			"set the option AllowIMDSv1, or the variable %s to false", refused, envNoIMDSv1)
	case err != nil:
		return err
	}
	m.token = strings.TrimSpace(string(resp.body))
	return nil
}

// get reads about a role, or the name of the role for "".
func (m *metadata) get(ctx context.Context, role string) (*response, error) {
	resp, err := m.send(ctx, http.MethodGet, "meta-data/ram/security-credentials/"+role, "X-Aliyun-Ecs-Metadata-Token", m.token)
	if refused, ok := errors.AsType[*statusError](err); ok && refused.status == http.StatusNotFound {
		return nil, absent("no RAM role is attached to the instance")
	}
	return resp, err
}

func (m *metadata) send(ctx context.Context, method, path, header, value string) (*response, error) {
	req, err := http.NewRequestWithContext(ctx, method, "http://100.100.100.200/latest/"+path, http.NoBody)
	if err != nil {
		return nil, errors.New("the metadata service names a role that is not one")
	}
	if value != "" {
		req.Header.Set(header, value)
	}
	resp, err := send(m.client, req)
	if _, ok := errors.AsType[*networkError](err); ok {
		return nil, absent("the metadata service does not respond")
	}
	return resp, err
}
