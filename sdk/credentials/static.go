package credentials

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/ackgen/ackgen/sdk/roa"
)

// Names of the variables that [Environment] reads.
const (
	envID     = "ALIBABA_CLOUD_ACCESS_KEY_ID"
	envSecret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET"
	envToken  = "ALIBABA_CLOUD_SECURITY_TOKEN" //nolint:gosec // the name of a variable
)

// Static gives a permanent AccessKey.
func Static(id, secret string) roa.CredentialsProvider { return roa.StaticCredentials(id, secret, "") }

// STS gives temporary credentials that the caller got from STS. They cannot be
// renewed: use [RAMRole] or [OIDC] where that is needed. An empty token is an
// error of the first call.
func STS(id, secret, token string) roa.CredentialsProvider {
	if strings.TrimSpace(token) == "" {
		return &Provider{name: "STS token", get: func(context.Context) (roa.Credentials, error) {
			return roa.Credentials{}, errors.New("security token is missing")
		}}
	}
	return roa.StaticCredentials(id, secret, token)
}

// Environment gives the AccessKey in the variables ALIBABA_CLOUD_ACCESS_KEY_ID
// and ALIBABA_CLOUD_ACCESS_KEY_SECRET and, for temporary credentials,
// ALIBABA_CLOUD_SECURITY_TOKEN. They are read at every call, so that a program may
// change them. One of the two without the other is an error.
func Environment() *Provider {
	return &Provider{name: "environment", get: func(context.Context) (roa.Credentials, error) {
		id, secret, token := env(envID), env(envSecret), env(envToken)
		switch {
		case id == "" && secret == "":
			return roa.Credentials{}, absent(envID + " is not set")
		case id == "":
			return roa.Credentials{}, errors.New(envSecret + " is set, but " + envID + " is not")
		case secret == "":
			return roa.Credentials{}, errors.New(envID + " is set, but " + envSecret + " is not")
		}
		if err := cmp.Or(checkText(envID, id), checkText(envSecret, secret), checkText(envToken, token)); err != nil {
			return roa.Credentials{}, err
		}
		return roa.Credentials{AccessKeyID: id, AccessKeySecret: roa.Secret(secret), SecurityToken: roa.Secret(token)}, nil
	}}
}
