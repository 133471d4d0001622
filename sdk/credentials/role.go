package credentials

import (
	"cmp"
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
func RAMRole(o RAMRoleOptions) *Provider { return session("RAM role", o.fetch) }

func (o RAMRoleOptions) fetch(ctx context.Context) (lease, error) {
	switch {
	case o.Source == nil:
		return lease{}, errors.New("option Source is missing")
	case o.RoleARN == "":
		return lease{}, errors.New("option RoleARN is missing")
	}
	sts, err := checkSTS(o.Duration, o.STS, o.HTTP)
	if err != nil {
		return lease{}, err
	}
	key, err := o.Source.Credentials(ctx)
	switch {
	case err != nil:
		return lease{}, err
	case key.AccessKeyID == "" || key.AccessKeySecret == "":
		return lease{}, errors.New("the credentials of option Source are empty")
	}
	// All that credentials-go would take from the environment is set, so that it does not.
	return sts.ask(ctx, key.SecurityToken.Reveal(), func(options *providers.HttpOptions) (library, error) {
		return providers.NewRAMRoleARNCredentialsProviderBuilder().
			WithAccessKeyId(key.AccessKeyID).
			WithAccessKeySecret(key.AccessKeySecret.Reveal()).
			WithSecurityToken(key.SecurityToken.Reveal()).
			WithRoleArn(o.RoleARN).
			WithRoleSessionName(first(o.SessionName, sessionName)).
			WithDurationSeconds(sts.seconds).
			WithPolicy(o.Policy).
			WithExternalId(o.ExternalID).
			WithStsEndpoint(sts.host).
			WithHttpOptions(options).
			Build()
	})
}

// OIDCOptions configure [OIDC]. Fields that are empty are taken from the
// environment where a variable is named.
type OIDCOptions struct {
	// RoleARN names the role. Else ALIBABA_CLOUD_ROLE_ARN.
	RoleARN string
	// ProviderARN names the OIDC identity provider. Else
	// ALIBABA_CLOUD_OIDC_PROVIDER_ARN.
	ProviderARN string
	// TokenFile is the path of the token, which is read at every renewal. White
	// space around the token does not count. Else ALIBABA_CLOUD_OIDC_TOKEN or
	// ALIBABA_CLOUD_OIDC_TOKEN_FILE.
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
	envSession     = "ALIBABA_CLOUD_ROLE_SESSION_NAME"
)

// OIDC assumes a RAM role with an OIDC token. In pods of ACK with RRSA (RAM
// Roles for Service Accounts) the zero options are right: the cluster sets all
// variables. It is not configured when a role, a provider or a token is missing.
func OIDC(o OIDCOptions) *Provider { return session("OIDC", o.fetch) }

func (o OIDCOptions) fetch(ctx context.Context) (lease, error) {
	var fromRole, fromProvider, fromSession string
	o.RoleARN, fromRole = orVariable(o.RoleARN, "RoleARN", envRoleARN)
	o.ProviderARN, fromProvider = orVariable(o.ProviderARN, "ProviderARN", envProviderARN)
	o.SessionName, fromSession = orVariable(o.SessionName, "SessionName", envSession)
	token := ""
	if o.TokenFile == "" {
		token, o.TokenFile = env(envOIDCToken), env(envOIDCFile)
	}
	if err := missing(o.RoleARN, o.ProviderARN, token+o.TokenFile); err != nil {
		return lease{}, err
	}
	sts, err := o.STS.orEnvironment()
	if err = cmp.Or(err, checkText(fromRole, o.RoleARN), checkText(fromProvider, o.ProviderARN), checkText(fromSession, o.SessionName),
		checkText(envOIDCToken, token)); err != nil {
		return lease{}, err
	}
	o.STS = sts
	return o.assume(ctx, token)
}

// assume assumes the role with the token or, without one, with that in the file.
func (o *OIDCOptions) assume(ctx context.Context, token string) (lease, error) {
	sts, err := checkSTS(o.Duration, o.STS, o.HTTP)
	if err != nil {
		return lease{}, err
	}
	if token == "" {
		// credentials-go would send the line break that ends many files.
		if token, err = readToken(o.TokenFile); err != nil {
			return lease{}, err
		}
	}
	return sts.ask(ctx, token, func(options *providers.HttpOptions) (library, error) {
		return providers.NewOIDCCredentialsProviderBuilder().
			WithRoleArn(o.RoleARN).
			WithOIDCProviderARN(o.ProviderARN).
			WithOIDCToken(token).
			WithRoleSessionName(first(o.SessionName, sessionName)).
			WithDurationSeconds(sts.seconds).
			WithPolicy(o.Policy).
			WithSTSEndpoint(sts.host).
			WithHttpOptions(options).
			Build()
	})
}

// readToken reads the token in a file.
func readToken(file string) (string, error) {
	data, err := readFile(file)
	if err != nil {
		return "", err
	}
	token := strings.TrimSpace(strings.TrimPrefix(string(data), "\ufeff"))
	if token == "" {
		return "", &fileError{file, errors.New("the token is empty")}
	}
	return token, nil
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
