package credentials

import (
	"context"
	"errors"
	"io/fs"
	"strconv"

	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

// CLIProfileOptions configure [CLIProfile].
type CLIProfileOptions struct {
	// File is the path of the configuration of the CLI. Else
	// ALIBABA_CLOUD_CONFIG_FILE. The default is ~/.aliyun/config.json.
	File string
	// Profile is the name of the profile. Else ALIBABA_CLOUD_PROFILE. The default
	// is the current profile of the CLI.
	Profile string
}

// CLIProfile gives the credentials of a profile of the Alibaba Cloud CLI. All
// modes of the CLI work: AK, StsToken, RamRoleArn,
// ChainableRamRoleArn, RamRoleArnWithRoleName, EcsRamRole, OIDC, CredentialsURI,
// CloudSSO, OAuth, which writes renewed tokens back into the file, and External, which
// runs the program of the profile as [Process] does. The exception is RsaKeyPair, which
// is deprecated. Errors name the file, the profile and its mode.
//
// It is not configured when there is no file, when no option named a profile and the
// file has none of that name, names no current one, or has an empty one, and where
// ALIBABA_CLOUD_CLI_PROFILE_DISABLED is true.
func CLIProfile(o CLIProfileOptions) *Provider { return session("CLI profile", o.fetch) }

func (o CLIProfileOptions) fetch(ctx context.Context) (lease, error) {
	conf, err := o.read()
	if err != nil {
		return lease{}, err
	}
	name, err := o.profile(conf)
	if err != nil {
		return lease{}, err
	}
	got, err := conf.fetch(ctx, name, nil)
	switch {
	case err == nil:
		return got, nil
	case o.Profile == "" && (errors.Is(err, errNoProfile) || errors.Is(err, errEmptyProfile)):
		return lease{}, absent(shown(conf.file) + ": " + err.Error())
	}
	return lease{}, &fileError{conf.file, certain(err)}
}

// read reads the configuration of the CLI.
func (o CLIProfileOptions) read() (*cliConfig, error) {
	if envTrue("ALIBABA_CLOUD_CLI_PROFILE_DISABLED") {
		return nil, absent("ALIBABA_CLOUD_CLI_PROFILE_DISABLED is true")
	}
	file := first(o.File, env("ALIBABA_CLOUD_CONFIG_FILE"))
	if file == "" {
		home, err := homeFile(".aliyun", "config.json")
		if err != nil {
			return nil, err
		}
		file = home
	}
	conf, err := readCLI(file)
	if err != nil && o.File == "" && errors.Is(err, fs.ErrNotExist) {
		return nil, absent("there is no file " + guessed(file))
	}
	return conf, err
}

// profile returns the name of the profile to use.
func (o CLIProfileOptions) profile(conf *cliConfig) (string, error) {
	name := first(o.Profile, env(envProfile), string(conf.Current))
	if name == "" {
		return "", absent(shown(conf.file) + `: it has no "current" profile, and ` + envProfile + ` is not set`)
	}
	return name, nil
}

// cliConfig is what is needed of the file of the CLI.
type cliConfig struct {
	file     string
	Current  trimmed      `json:"current"`
	Profiles []cliProfile `json:"profiles"`
}

type cliProfile struct {
	Name         trimmed `json:"name"`
	Mode         trimmed `json:"mode"`
	ID           trimmed `json:"access_key_id"`
	Secret       trimmed `json:"access_key_secret"`
	Token        trimmed `json:"sts_token"`
	TokenExpire  int64   `json:"sts_expiration"`
	Source       trimmed `json:"source_profile"`
	Command      trimmed `json:"process_command"`
	RoleARN      trimmed `json:"ram_role_arn"`
	RoleName     trimmed `json:"ram_role_name"`
	SessionName  trimmed `json:"ram_session_name"`
	Seconds      int     `json:"expired_seconds"`
	RegionID     trimmed `json:"region_id"`
	STSRegion    trimmed `json:"sts_region"`
	VPC          bool    `json:"enable_vpc"`
	Policy       trimmed `json:"policy"`
	ExternalID   trimmed `json:"external_id"`
	URI          trimmed `json:"credentials_uri"`
	ProviderARN  trimmed `json:"oidc_provider_arn"`
	OIDCFile     trimmed `json:"oidc_token_file"`
	OIDCToken    trimmed `json:"oidc_token"`
	SignIn       trimmed `json:"cloud_sso_sign_in_url"`
	Account      trimmed `json:"cloud_sso_account_id"`
	Access       trimmed `json:"cloud_sso_access_config"`
	SSOToken     trimmed `json:"access_token"`
	SSOExpire    int64   `json:"cloud_sso_access_token_expire"`
	OAuthSite    trimmed `json:"oauth_site_type"`
	OAuthRefresh trimmed `json:"oauth_refresh_token"`
	OAuthToken   trimmed `json:"oauth_access_token"`
	OAuthExpire  int64   `json:"oauth_access_token_expire"`
}

func readCLI(file string) (*cliConfig, error) {
	data, err := readFile(file)
	if err != nil {
		return nil, err
	}
	conf := &cliConfig{file: file}
	if decode(data, conf) != nil {
		return nil, &fileError{file, errors.New("the file is not a configuration of the CLI")}
	}
	return conf, nil
}

func (c *cliConfig) find(name string) *cliProfile {
	for i := range c.Profiles {
		if string(c.Profiles[i].Name) == name {
			return &c.Profiles[i]
		}
	}
	return nil
}

var (
	errNoProfile    = errors.New("the file has no such profile")
	errEmptyProfile = errors.New("the profile is empty")
)

const envProfile = "ALIBABA_CLOUD_PROFILE"

// profileError is an error about one profile of a file. A name that only the variable knows is not
// shown: it may be a key in the wrong place.
func profileError(name string, err error) error {
	if errors.Is(err, errNoProfile) && name == env(envProfile) {
		return &fileError{envProfile, err}
	}
	return &fileError{"profile " + strconv.Quote(oneline.Of(name, 60)), err}
}

// certain makes an error one of a place that is configured: a profile is, even if what
// it names is not.
func certain(err error) error {
	for _, mark := range []error{ErrNotConfigured, errNoProfile, errEmptyProfile} {
		if errors.Is(err, mark) {
			return errors.New(err.Error())
		}
	}
	return err
}
