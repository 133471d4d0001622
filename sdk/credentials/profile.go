package credentials

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"github.com/aliyun/credentials-go/credentials/providers"
)

// Profile gives the credentials of a profile in the credentials file of Alibaba
// Cloud's SDKs: ALIBABA_CLOUD_CREDENTIALS_FILE, else ~/.alibabacloud/credentials.
// The name "" means ALIBABA_CLOUD_PROFILE, else "default". The types of profiles
// are access_key, ecs_ram_role and ram_role_arn. It is not configured when there is no
// such file and, without a name, when there is no such profile.
func Profile(name string) *Provider {
	return session("credentials file", func(context.Context) (backend, error) {
		file := env("ALIBABA_CLOUD_CREDENTIALS_FILE")
		if file == "" {
			home, err := homeFile(".alibabacloud", "credentials")
			if err != nil {
				return nil, err
			}
			file = home
		}
		if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
			return nil, absent("there is no file " + file)
		}
		inner, err := providers.NewProfileCredentialsProviderBuilder().WithProfileName(name).Build()
		if err != nil {
			return nil, cause(err)
		}
		return iniFile{inner, file, name != ""}, nil
	})
}

// iniFile adds the path to errors, and tells a profile that nobody asked for from one
// that is missing.
type iniFile struct {
	backend
	path  string
	named bool
}

// GetCredentials asks for the profile.
func (f iniFile) GetCredentials() (*providers.Credentials, error) {
	c, err := f.backend.GetCredentials()
	if err == nil {
		return c, nil
	}
	shown := cause(err)
	if shown.Error() == noSuchProfile && !f.named {
		return nil, &sourceError{absent(f.path + ": " + noSuchProfile)}
	}
	return nil, &sourceError{&fileError{f.path, shown}}
}

// fileError is an error about a file.
type fileError struct {
	path string
	err  error
}

func (e *fileError) Error() string { return e.path + ": " + e.err.Error() }

func (e *fileError) Unwrap() error { return e.err }
