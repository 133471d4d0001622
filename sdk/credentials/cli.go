package credentials

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"time"

	"github.com/aliyun/credentials-go/credentials/providers"
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
// modes of the CLI that end in an AccessKey work: AK, StsToken, RamRoleArn,
// ChainableRamRoleArn, EcsRamRole, OIDC, CloudSSO, OAuth, which writes renewed
// tokens back into the file, and External, which runs the program of the profile as [Process]
// does. It is not configured when there is no file, when the file has no
// such profile and no option named it, when the profile is empty, and where
// ALIBABA_CLOUD_CLI_PROFILE_DISABLED is true.
func CLIProfile(o CLIProfileOptions) *Provider {
	return session("CLI profile", func(context.Context) (backend, error) {
		conf, err := o.read()
		if err != nil {
			return nil, err
		}
		b, err := conf.build(o.profile(conf))
		switch {
		case errors.Is(err, errNoProfile) && o.Profile == "":
			return nil, absent(conf.file + ": " + noSuchProfile)
		case errors.Is(err, errEmptyProfile) && o.Profile == "":
			return nil, absent(conf.file + ": the profile is empty")
		case err != nil:
			return nil, &fileError{conf.file, err}
		}
		return b, nil
	})
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
		return nil, absent("there is no file " + file)
	}
	return conf, err
}

// profile returns the name of the profile to use.
func (o CLIProfileOptions) profile(conf *cliConfig) string {
	return first(o.Profile, env("ALIBABA_CLOUD_PROFILE"), conf.Current)
}

// cliConfig is what is needed of the file of the CLI.
type cliConfig struct {
	file     string
	Current  string       `json:"current"`
	Profiles []cliProfile `json:"profiles"`
}

type cliProfile struct {
	Name        string `json:"name"`
	Mode        string `json:"mode"`
	ID          string `json:"access_key_id"`
	Secret      string `json:"access_key_secret"`
	Token       string `json:"sts_token"`
	Source      string `json:"source_profile"`
	Command     string `json:"process_command"`
	RoleARN     string `json:"ram_role_arn"`
	SessionName string `json:"ram_session_name"`
	Seconds     int    `json:"expired_seconds"`
	RegionID    string `json:"region_id"`
	STSRegion   string `json:"sts_region"`
	VPC         bool   `json:"enable_vpc"`
	Policy      string `json:"policy"`
	ExternalID  string `json:"external_id"`
}

var (
	errNoProfile    = errors.New(noSuchProfile)
	errEmptyProfile = errors.New("the profile is empty")
)

func readCLI(file string) (*cliConfig, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	conf := &cliConfig{file: file}
	if json.Unmarshal(data, conf) != nil {
		return nil, &fileError{file, errors.New("the file is not a configuration of the CLI")}
	}
	return conf, nil
}

// build makes the backend of a profile. The profiles are checked here as
// credentials-go fills empty fields from the environment, and follows source
// profiles in a circle until the stack ends.
func (c *cliConfig) build(name string) (backend, error) {
	line, err := c.line(name)
	if err != nil {
		return nil, err
	}
	base := line[len(line)-1]
	if base.Mode != "External" {
		return providers.NewCLIProfileCredentialsProviderBuilder().WithProfileFile(c.file).WithProfileName(name).Build()
	}
	// The one of credentials-go prints what the program said when it cannot read it.
	command, err := splitCommand(base.Command)
	if err != nil {
		return nil, err
	}
	provider := Process(ProcessOptions{Command: command})
	for i := len(line) - 2; i >= 0; i-- {
		p := line[i]
		provider = RAMRole(RAMRoleOptions{
			Source: provider, RoleARN: p.RoleARN, SessionName: p.SessionName, Duration: time.Duration(p.Seconds) * time.Second,
			Policy: p.Policy, ExternalID: p.ExternalID, STS: STSOptions{Region: p.STSRegion, VPC: p.VPC},
		})
	}
	src := &source{provider: provider}
	return sourced{src, src}, nil
}

// line returns the profile and the ones it starts from, the last of which has
// credentials of its own.
func (c *cliConfig) line(name string) ([]*cliProfile, error) {
	var line []*cliProfile
	seen := map[string]bool{}
	for {
		p := c.find(name)
		switch {
		case p == nil && len(line) > 0:
			return nil, errors.New("a source_profile is not in the file")
		case p == nil:
			return nil, errNoProfile
		case seen[name]:
			return nil, errors.New("the source_profile of the profiles is a circle")
		}
		if err := p.check(); err != nil {
			return nil, err
		}
		line = append(line, p)
		if p.Mode != "ChainableRamRoleArn" {
			return line, nil
		}
		seen[name] = true
		name = p.Source
	}
}

func (c *cliConfig) find(name string) *cliProfile {
	for i := range c.Profiles {
		if c.Profiles[i].Name == name {
			return &c.Profiles[i]
		}
	}
	return nil
}

// check reports empty fields that the environment would fill.
func (p *cliProfile) check() error {
	switch p.Mode {
	case "", "AK", "StsToken", "RamRoleArn":
		if p.ID == "" && p.Secret == "" {
			return errEmptyProfile
		}
	}
	switch {
	case p.Mode == "":
		return errors.New("mode is missing")
	case (p.Mode == "AK" || p.Mode == "StsToken" || p.Mode == "RamRoleArn") && p.ID == "":
		return errors.New("access_key_id is missing")
	case (p.Mode == "AK" || p.Mode == "StsToken" || p.Mode == "RamRoleArn") && p.Secret == "":
		return errors.New("access_key_secret is missing")
	case p.Mode == "StsToken" && p.Token == "":
		return errors.New("sts_token is missing")
	case (p.Mode == "RamRoleArn" || p.Mode == "ChainableRamRoleArn") && p.RoleARN == "":
		return errors.New("ram_role_arn is missing")
	case p.Seconds != 0 && p.Seconds < int(minRole/time.Second):
		return errors.New("expired_seconds is less than " + strconv.Itoa(int(minRole/time.Second)))
	}
	return nil
}
