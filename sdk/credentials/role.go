package credentials

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/aliyun/credentials-go/credentials/providers"

	"github.com/ackgen/ackgen/sdk/roa"
)

// RAMRoleOptions configure [RAMRole].
type RAMRoleOptions struct {
	// Source gives the credentials that may assume the role. Required.
	Source roa.CredentialsProvider
	// RoleARN names the role: acs:ram::ACCOUNT:role/NAME. Required.
	RoleARN string
	// SessionName shows up in audit logs. The default is "ackgen".
	SessionName string
	// Duration is how long one session lasts: whole seconds from 15 minutes to the
	// limit that is set for the role. The default is an hour.
	Duration time.Duration
	// Policy is a RAM policy in JSON that narrows what the session may do.
	Policy string
	// ExternalID is what the owner of the role asks third parties to send.
	ExternalID string
	// STS chooses the endpoint of STS.
	STS STSOptions
	// HTTP changes how STS is reached.
	HTTP HTTPOptions
}

// RAMRole assumes a RAM role with the credentials of another provider. It is
// not configured when that one is not.
func RAMRole(o RAMRoleOptions) *Provider {
	return session("RAM role", func(context.Context) (backend, error) {
		switch {
		case o.Source == nil:
			return nil, errors.New("option Source is missing")
		case o.RoleARN == "":
			return nil, errors.New("option RoleARN is missing")
		}
		return o.build(&source{provider: o.Source})
	})
}

// build makes the backend. All that credentials-go would take from the
// environment is set, so that it does not.
func (o *RAMRoleOptions) build(src *source) (backend, error) {
	seconds, err := roleSeconds(o.Duration)
	if err != nil {
		return nil, err
	}
	host, err := o.STS.host()
	if err != nil {
		return nil, err
	}
	options, err := o.HTTP.convert()
	if err != nil {
		return nil, err
	}
	inner, err := providers.NewRAMRoleARNCredentialsProviderBuilder().
		WithCredentialsProvider(src).
		WithRoleArn(o.RoleARN).
		WithRoleSessionName(first(o.SessionName, sessionName)).
		WithDurationSeconds(seconds).
		WithPolicy(o.Policy).
		WithExternalId(o.ExternalID).
		WithStsEndpoint(host).
		WithHttpOptions(options).
		Build()
	if err != nil {
		return nil, cause(err)
	}
	return sourced{inner, src}, nil
}

// OIDCOptions configure [OIDC]. Fields that are empty are taken from the
// environment where a variable is named.
type OIDCOptions struct {
	// RoleARN names the role. Else ALIBABA_CLOUD_ROLE_ARN.
	RoleARN string
	// ProviderARN names the OIDC identity provider. Else
	// ALIBABA_CLOUD_OIDC_PROVIDER_ARN.
	ProviderARN string
	// TokenFile is the path of the token, which is read at every renewal. Else
	// ALIBABA_CLOUD_OIDC_TOKEN or ALIBABA_CLOUD_OIDC_TOKEN_FILE.
	TokenFile string
	// SessionName shows up in audit logs. Else ALIBABA_CLOUD_ROLE_SESSION_NAME. The
	// default is "ackgen".
	SessionName string
	// Duration is how long one session lasts: whole seconds from 15 minutes to the
	// limit that is set for the role. The default is an hour.
	Duration time.Duration
	// Policy is a RAM policy in JSON that narrows what the session may do.
	Policy string
	// STS chooses the endpoint of STS. When it is zero, the endpoint follows
	// ALIBABA_CLOUD_STS_REGION and ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED.
	STS STSOptions
	// HTTP changes how STS is reached.
	HTTP HTTPOptions
}

// Names of the variables that the webhook of RRSA sets in pods.
const (
	envRoleARN     = "ALIBABA_CLOUD_ROLE_ARN"
	envProviderARN = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN"
	envOIDCToken   = "ALIBABA_CLOUD_OIDC_TOKEN"
	envOIDCFile    = "ALIBABA_CLOUD_OIDC_TOKEN_FILE"
)

// OIDC assumes a RAM role with an OIDC token. In pods of ACK with RRSA (RAM
// Roles for Service Accounts) the zero options are right: the cluster sets all
// variables. It is not configured when a role, a provider or a token is missing.
func OIDC(o OIDCOptions) *Provider {
	return session("OIDC", func(context.Context) (backend, error) { return o.build() })
}

func (o *OIDCOptions) build() (backend, error) {
	role, provider := first(o.RoleARN, env(envRoleARN)), first(o.ProviderARN, env(envProviderARN))
	token, file := env(envOIDCToken), first(o.TokenFile, env(envOIDCFile))
	if err := missing(role, provider, token+file); err != nil {
		return nil, err
	}
	if token != "" && o.TokenFile != "" {
		return nil, errors.New("option TokenFile is set, but " + envOIDCToken + " would win over it")
	}
	seconds, err := roleSeconds(o.Duration)
	if err != nil {
		return nil, err
	}
	sts := o.STS
	if sts == (STSOptions{}) {
		sts.Region = env("ALIBABA_CLOUD_STS_REGION")
		sts.VPC = sts.Region != "" && envTrue("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED")
	}
	host, err := sts.host()
	if err != nil {
		return nil, err
	}
	options, err := o.HTTP.convert()
	if err != nil {
		return nil, err
	}
	inner, err := providers.NewOIDCCredentialsProviderBuilder().
		WithRoleArn(role).
		WithOIDCProviderARN(provider).
		WithOIDCTokenFilePath(file).
		WithRoleSessionName(first(o.SessionName, env("ALIBABA_CLOUD_ROLE_SESSION_NAME"), sessionName)).
		WithDurationSeconds(seconds).
		WithPolicy(o.Policy).
		WithSTSEndpoint(host).
		WithHttpOptions(options).
		Build()
	if err != nil {
		return nil, cause(err)
	}
	return inner, nil
}

// missing names what OIDC has not got.
func missing(role, provider, token string) error {
	var names []string
	if role == "" {
		names = append(names, envRoleARN)
	}
	if provider == "" {
		names = append(names, envProviderARN)
	}
	if token == "" {
		names = append(names, envOIDCFile)
	}
	switch len(names) {
	case 0:
		return nil
	case 1:
		return absent(names[0] + " is not set")
	}
	return absent(strings.Join(names, " and ") + " are not set")
}
