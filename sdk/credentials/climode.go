package credentials

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ackgen/ackgen/sdk/roa"
)

// fetch gets the credentials of a profile, and those it starts from. The line names
// the profiles that lead to this one.
func (c *cliConfig) fetch(ctx context.Context, name string, line []string) (lease, error) {
	p := c.find(name)
	switch {
	case p == nil:
		return lease{}, profileError(name, errNoProfile)
	case slices.Contains(line, name):
		return lease{}, profileError(name, errors.New("the source_profile of the profiles is a circle"))
	}
	got, err := c.fetchMode(ctx, p, append(line, name))
	if err == nil {
		return got, nil
	}
	if slices.Contains(modes, string(p.Mode)) {
		err = &fileError{"mode " + string(p.Mode), err}
	}
	return lease{}, profileError(name, err)
}

func (c *cliConfig) fetchMode(ctx context.Context, p *cliProfile, line []string) (lease, error) {
	switch p.Mode {
	case "":
		return p.fetchNothing()
	case "AK":
		return p.fetchKey("")
	case "StsToken":
		return p.fetchToken()
	case "RamRoleArn":
		if _, err := p.fetchKey(""); err != nil {
			return lease{}, err
		}
		return p.assumeRole(ctx, roa.StaticCredentials(string(p.ID), string(p.Secret), ""))
	case "ChainableRamRoleArn":
		return p.assumeRole(ctx, roa.CredentialsFunc(func(ctx context.Context) (roa.Credentials, error) {
			got, err := c.fetch(ctx, string(p.Source), line)
			return got.Value, certain(err)
		}))
	case "RamRoleArnWithRoleName":
		return p.assumeRole(ctx, roa.CredentialsFunc(func(ctx context.Context) (roa.Credentials, error) {
			got, err := ECSRoleOptions{RoleName: string(p.RoleName)}.fetch(ctx)
			return got.Value, err
		}))
	case "EcsRamRole":
		return ECSRoleOptions{RoleName: string(p.RoleName)}.fetch(ctx)
	case "OIDC":
		return p.assumeWithOIDC(ctx)
	case "External":
		return p.runProgram(ctx)
	case "CredentialsURI":
		if p.URI == "" {
			return lease{}, errors.New("credentials_uri is missing")
		}
		return URIOptions{URI: string(p.URI)}.fetch(ctx)
	case "CloudSSO":
		return p.signInWithSSO(ctx)
	case "OAuth":
		return c.signInWithOAuth(ctx, p)
	}
	return lease{}, unknown("mode", string(p.Mode), modes)
}

// modes are those above.
var modes = []string{
	"AK", "StsToken", "RamRoleArn", "ChainableRamRoleArn", "RamRoleArnWithRoleName", "EcsRamRole", "OIDC", "External", "CredentialsURI",
	"CloudSSO", "OAuth",
}

var modeText = regexp.MustCompile(`^[A-Za-z][A-Za-z_]{0,39}$`)

// unknown names a mode or type of a profile. Anything that does not look like one is not
// shown: it may be a secret in the wrong line.
func unknown(key, value string, known []string) error {
	if !modeText.MatchString(value) {
		return errors.New(key + " is not one that is known")
	}
	for _, k := range known {
		if strings.EqualFold(k, value) {
			return errors.New(key + " " + value + " is not supported: write " + k)
		}
	}
	return errors.New(key + " " + value + " is not supported")
}

func (p *cliProfile) fetchNothing() (lease, error) {
	if p.ID == "" && p.Secret == "" {
		return lease{}, errEmptyProfile
	}
	return lease{}, errors.New("mode is missing")
}

func (p *cliProfile) fetchKey(token trimmed) (lease, error) {
	switch {
	case p.ID == "" && p.Secret == "":
		return lease{}, errEmptyProfile
	case p.ID == "":
		return lease{}, errors.New("access_key_id is missing")
	case p.Secret == "":
		return lease{}, errors.New("access_key_secret is missing")
	}
	return permanent(p.ID, p.Secret, token), nil
}

func (p *cliProfile) fetchToken() (lease, error) {
	got, err := p.fetchKey(p.Token)
	switch {
	case err != nil:
		return lease{}, err
	case p.Token == "":
		return lease{}, errors.New("sts_token is missing")
	case p.TokenExpire != 0:
		return until(got.Value, time.Unix(p.TokenExpire, 0))
	}
	return got, nil
}

func (p *cliProfile) assumeRole(ctx context.Context, source roa.CredentialsProvider) (lease, error) {
	if err := p.checkRole(); err != nil {
		return lease{}, err
	}
	sts, err := p.sts()
	if err != nil {
		return lease{}, err
	}
	return RAMRoleOptions{
		Source: source, RoleARN: string(p.RoleARN), SessionName: p.session(), Duration: p.duration(),
		Policy: string(p.Policy), ExternalID: string(p.ExternalID), STS: sts,
	}.fetch(ctx)
}

func (p *cliProfile) assumeWithOIDC(ctx context.Context) (lease, error) {
	err := p.checkRole()
	switch {
	case err != nil:
		return lease{}, err
	case p.ProviderARN == "":
		return lease{}, errors.New("oidc_provider_arn is missing")
	case p.OIDCFile == "" && p.OIDCToken == "":
		return lease{}, errors.New("oidc_token_file is missing")
	}
	sts, err := p.sts()
	if err != nil {
		return lease{}, err
	}
	o := OIDCOptions{
		RoleARN: string(p.RoleARN), ProviderARN: string(p.ProviderARN), TokenFile: string(p.OIDCFile), SessionName: p.session(),
		Duration: p.duration(), Policy: string(p.Policy), STS: sts,
	}
	return o.assume(ctx, string(p.OIDCToken))
}

func (p *cliProfile) checkRole() error {
	switch {
	case p.RoleARN == "":
		return errors.New("ram_role_arn is missing")
	case p.Seconds != 0 && p.duration() < minRole:
		return errors.New("expired_seconds is less than " + strconv.Itoa(int(minRole/time.Second)))
	}
	return nil
}

func (p *cliProfile) duration() time.Duration { return time.Duration(p.Seconds) * time.Second }

func (p *cliProfile) session() string { return first(string(p.SessionName), env(envSession)) }

func (p *cliProfile) sts() (STSOptions, error) {
	if p.STSRegion == "" {
		return STSOptions{}.orEnvironment()
	}
	return STSOptions{Region: string(p.STSRegion), VPC: p.VPC}, nil
}

func (p *cliProfile) runProgram(ctx context.Context) (lease, error) {
	command, err := splitCommand(string(p.Command))
	if err != nil {
		return lease{}, err
	}
	return ProcessOptions{Command: command}.fetch(ctx)
}
