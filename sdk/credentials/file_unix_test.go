//go:build unix

package credentials

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// readers are all that read a file.
func readers(t *testing.T) map[string]func(path string) *Provider {
	t.Helper()
	cli := func(path string) *Provider { return CLIProfile(CLIProfileOptions{File: path, Profile: "p"}) }
	return map[string]func(path string) *Provider{
		"CLI": cli,
		"OIDC": func(path string) *Provider {
			return OIDC(OIDCOptions{RoleARN: "r", ProviderARN: "p", TokenFile: path})
		},
		"OIDC of the CLI": func(path string) *Provider {
			return cli(writeFile(t, `{"profiles":[{"name":"p","mode":"OIDC","ram_role_arn":"r","oidc_provider_arn":"p","oidc_token_file":"`+path+`"}]}`))
		},
		"profile": func(path string) *Provider {
			t.Setenv("ALIBABA_CLOUD_CREDENTIALS_FILE", path)
			return Profile("p")
		},
	}
}

// TestHostileFiles has files that let readers wait, or never end.
func TestHostileFiles(t *testing.T) { //nolint:paralleltest // sets variables
	folder := t.TempDir()
	pipe := filepath.Join(folder, "pipe")
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	link := filepath.Join(folder, "link")
	require.NoError(t, os.Symlink(pipe, link))
	huge := writeFile(t, "hidden")
	require.NoError(t, os.Truncate(huge, 1<<40)) // without blocks on the disk
	for name, provider := range readers(t) {     //nolint:paralleltest // see above
		for path, want := range map[string]string{
			pipe:        "it is not a regular file",
			link:        "it is not a regular file",
			folder:      "it is not a regular file",
			"/dev/zero": "it is not a regular file",
			huge:        "it is larger than 1 MiB",
		} {
			t.Run(name+" "+filepath.Base(path), func(t *testing.T) {
				err := failure(t, provider(path), path+": "+want)
				assert.NotErrorIs(t, err, ErrNotConfigured)
			})
		}
	}
}

// TestLinkedFile has a token behind two links, as Kubernetes projects it.
func TestLinkedFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(folder, "data1"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "data1", "token"), []byte("hidden\n"), 0o600))
	require.NoError(t, os.Symlink("data1", filepath.Join(folder, "data")))
	require.NoError(t, os.Symlink(filepath.Join("data", "token"), filepath.Join(folder, "token")))
	token, err := readToken(filepath.Join(folder, "token"))
	require.NoError(t, err)
	assert.Equal(t, "hidden", token)
}
