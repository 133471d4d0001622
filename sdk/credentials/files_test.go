package credentials

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestProfile(t *testing.T) {
	file := writeFile(t, `
[default]
type = access_key
access_key_id = default id
access_key_secret = hidden
[other]
type = access_key
access_key_id = other id
access_key_secret = hidden
[typeless]
access_key_id = id
[strange]
type = hidden secret
[half]
type = access_key
access_key_id = id
[empty]
type = access_key
access_key_id = id
access_key_secret =
`)
	t.Setenv("ALIBABA_CLOUD_CREDENTIALS_FILE", file)
	check(t, get(t, Profile("")), "default id", "hidden", "")
	check(t, get(t, Profile("other")), "other id", "hidden", "")
	fails(t, Profile("typeless"), file+`: profile "typeless": type is missing`)
	fails(t, Profile("strange"), `profile "strange": type is not one that is known`)
	fails(t, Profile("half"), `profile "half": access_key_secret is missing`)
	fails(t, Profile("empty"), `profile "empty": access_key_secret is missing`)
	require.NotErrorIs(t, failure(t, Profile("absent"), "the file has no such profile"), ErrNotConfigured)

	t.Setenv("ALIBABA_CLOUD_PROFILE", "other")
	check(t, get(t, Profile("")), "other id", "hidden", "")
	t.Setenv("ALIBABA_CLOUD_PROFILE", "absent")
	require.ErrorIs(t, failure(t, Profile(""), "the file has no such profile"), ErrNotConfigured)

	t.Setenv("ALIBABA_CLOUD_CREDENTIALS_FILE", writeFile(t, "[default\nhidden"))
	require.NotErrorIs(t, failure(t, Profile(""), ": the file is not an INI file"), ErrNotConfigured)
	t.Setenv("ALIBABA_CLOUD_CREDENTIALS_FILE", file+".gone")
	require.ErrorIs(t, failure(t, Profile("other"), "there is no file "+file+".gone"), ErrNotConfigured)
}

func TestINIValues(t *testing.T) {
	t.Parallel()
	tests := []struct{ line, want string }{
		{"k=hid#den", "hid#den"},
		{"k=#hidden;", "#hidden;"},
		{"k = hid;den # a comment", "hid;den"},
		{"k : hidden\t; a comment", "hidden"},
		{`k = "hid # den" # a comment`, "hid # den"},
		{"k = 'hidden' ", "hidden"},
		{`k = hid\`, `hid\`},
		{"k = %(other)s=", "%(other)s="},
		{"k = \"hidden", "\"hidden"},
		{"k =", ""},
		{"# k = x\n; k = y\nk = z", "z"},
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			t.Parallel()
			got, err := readINI("\ufeffk = nobody's\n[ one ] ; a comment\nother=x\r\n" + tt.line + "\r\n[two]\nk = 2")
			require.NoError(t, err)
			assert.Equal(t, iniProfile{"other": "x", "k": tt.want}, got["one"])
			assert.Equal(t, iniProfile{"k": "2"}, got["two"])
			assert.Len(t, got, 2)
		})
	}
	for _, text := range []string{"[open\n", "[one]\nhidden\n"} {
		_, err := readINI(text)
		require.EqualError(t, err, "the file is not an INI file")
	}
}

func TestProfileThatNamesARole(t *testing.T) {
	t.Setenv("ALIBABA_CLOUD_CREDENTIALS_FILE", writeFile(t, "[default]\ntype = ecs_ram_role\n[role]\ntype = ram_role_arn\naccess_key_id = a\n"+
		"access_key_secret = hidden\nrole_arn = "+role+"\nrole_session_name = s\n[pair]\ntype = rsa_key_pair\n"))
	t.Setenv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")
	err := failure(t, Profile(""), `profile "default": ALIBABA_CLOUD_ECS_METADATA_DISABLED is true`)
	require.NotErrorIs(t, err, ErrNotConfigured, "the profile is configured")
	t.Setenv("ALIBABA_CLOUD_STS_REGION", "not a region")
	fails(t, Profile("role"), `profile "role": ALIBABA_CLOUD_STS_REGION is not a region`)
	fails(t, Profile("pair"), `profile "pair": type rsa_key_pair is not supported`)
}

func TestProfileInTheHomeFolder(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	require.NoError(t, os.Mkdir(filepath.Join(home, ".alibabacloud"), 0o700))
	text := "[default]\ntype=access_key\naccess_key_id=id\naccess_key_secret=hidden\n"
	require.NoError(t, os.WriteFile(filepath.Join(home, ".alibabacloud", "credentials"), []byte(text), 0o600))
	check(t, get(t, Profile("")), "id", "hidden", "")
}

func cliFile(t *testing.T) string {
	t.Helper()
	program, err := os.Executable()
	require.NoError(t, err)
	return writeFile(t, toJSON(t, map[string]any{
		"current": "key",
		"profiles": []map[string]any{
			{"name": "key", "mode": "AK", "access_key_id": "key id", "access_key_secret": "hidden"},
			{"name": "token", "mode": "StsToken", "access_key_id": "token id", "access_key_secret": "hidden", "sts_token": "hidden token"},
			{"name": "program", "mode": "External", "process_command": `"` + program + `" 'program:key'`},
			{"name": "empty", "mode": "AK"},
			{"name": "modeless", "access_key_id": "id", "access_key_secret": "hidden"},
			{"name": "no secret", "mode": "AK", "access_key_id": "id"},
			{"name": "no id", "mode": "AK", "access_key_secret": "hidden"},
			{"name": "no token", "mode": "StsToken", "access_key_id": "id", "access_key_secret": "hidden"},
			{"name": "no role", "mode": "RamRoleArn", "access_key_id": "id", "access_key_secret": "hidden"},
			{"name": "short", "mode": "ChainableRamRoleArn", "ram_role_arn": role, "source_profile": "key", "expired_seconds": 60},
			{"name": "circle", "mode": "ChainableRamRoleArn", "ram_role_arn": role, "source_profile": "circle"},
			{"name": "sourceless", "mode": "ChainableRamRoleArn", "ram_role_arn": role, "source_profile": "gone"},
			{"name": "strange", "mode": "hidden secret"},
			{"name": "open", "mode": "External", "process_command": `tool "hidden`},
			{"name": "region", "mode": "ChainableRamRoleArn", "ram_role_arn": role, "source_profile": "program", "sts_region": "hidden/"},
			{"name": "logged out", "mode": "CloudSSO", "cloud_sso_sign_in_url": "https://hidden"},
		},
	}))
}

func TestCLIProfile(t *testing.T) {
	t.Parallel()
	file := cliFile(t)
	check(t, get(t, CLIProfile(CLIProfileOptions{File: file})), "key id", "hidden", "")
	check(t, get(t, CLIProfile(CLIProfileOptions{File: file, Profile: "token"})), "token id", "hidden", "hidden token")
	check(t, get(t, CLIProfile(CLIProfileOptions{File: file, Profile: "program"})), "id of program", "hidden secret", "")
	tests := []struct{ profile, text string }{
		{"gone", "the file has no such profile"},
		{"empty", "the profile is empty"},
		{"modeless", "mode is missing"},
		{"no id", "access_key_id is missing"},
		{"no secret", "access_key_secret is missing"},
		{"no token", "sts_token is missing"},
		{"no role", "ram_role_arn is missing"},
		{"short", "expired_seconds is less than 900"},
		{"circle", "the source_profile of the profiles is a circle"},
		{"sourceless", `profile "sourceless": mode ChainableRamRoleArn: profile "gone": the file has no such profile`},
		{"strange", `profile "strange": mode is not one that is known`},
		{"open", "process_command has an open quote"},
		{"region", "option STS.Region is not a region"},
		{"logged out", "the CLI is not logged in"},
	}
	for _, tt := range tests {
		t.Run(tt.profile, func(t *testing.T) {
			t.Parallel()
			err := failure(t, CLIProfile(CLIProfileOptions{File: file, Profile: tt.profile}), tt.text)
			assert.NotErrorIs(t, err, ErrNotConfigured, "the option named the profile")
		})
	}
	fails(t, CLIProfile(CLIProfileOptions{File: file, Profile: strings.Repeat("\x1bx", 50_000)}), `profile "`+strings.Repeat("x ", 30)+`x...": the file has no such profile`)
}

func TestCLIProfileThatCannotBeRead(t *testing.T) {
	t.Parallel()
	broken := writeFile(t, `{"current": hidden`)
	fails(t, CLIProfile(CLIProfileOptions{File: broken}), broken+": the file is not a configuration of the CLI")
	err := failure(t, CLIProfile(CLIProfileOptions{File: broken + ".gone"}), "no such file")
	assert.NotErrorIs(t, err, ErrNotConfigured)
}

func TestCLIProfileFromTheEnvironment(t *testing.T) {
	var o CLIProfileOptions
	require.ErrorIs(t, failure(t, CLIProfile(o), filepath.Join(".aliyun", "config.json")), ErrNotConfigured)
	t.Setenv("ALIBABA_CLOUD_CONFIG_FILE", cliFile(t))
	for _, name := range []string{"gone", "empty"} {
		t.Setenv("ALIBABA_CLOUD_PROFILE", name)
		require.ErrorIs(t, failure(t, CLIProfile(o), "profile"), ErrNotConfigured)
	}
	t.Setenv("ALIBABA_CLOUD_PROFILE", "token")
	check(t, get(t, CLIProfile(o)), "token id", "hidden", "hidden token")

	t.Setenv("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true")
	require.ErrorIs(t, failure(t, CLIProfile(o), "ALIBABA_CLOUD_CLI_PROFILE_DISABLED is true"), ErrNotConfigured)
}

func TestProcess(t *testing.T) {
	t.Parallel()
	program, err := os.Executable()
	require.NoError(t, err)
	run := func(mode string) *Provider {
		return Process(ProcessOptions{Command: []string{program, "program:" + mode}})
	}
	check(t, get(t, run("key")), "id of program", "hidden secret", "")
	check(t, get(t, run("temporary")), "id of program", "hidden secret", "hidden token")
	check(t, get(t, run("child")), "id of program", "hidden secret", "")
	tests := []struct{ mode, text string }{
		{"expired", "the credentials have expired"},
		{"no time", "expiration is not a time of RFC 3339"},
		{"no token", "it is incomplete"},
		{"text", "it is not the JSON of credentials"},
		{"fail", "get credentials from process: run program: exit status 3"},
		{"endless", "run program: it prints more than 64 KiB"},
	}
	for _, tt := range tests {
		t.Run(tt.mode, func(t *testing.T) {
			t.Parallel()
			fails(t, run(tt.mode), tt.text)
		})
	}
	exit, ok := errors.AsType[*exec.ExitError](failure(t, run("fail"), "exit status 3"))
	require.True(t, ok)
	assert.Empty(t, exit.Stderr, "what the program says is dropped")
	slow := Process(ProcessOptions{Command: []string{program, "program:key"}, Timeout: time.Nanosecond})
	assert.ErrorIs(t, failure(t, slow, "run program: "), context.DeadlineExceeded)
}

func TestSplitCommand(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want []string
	}{
		{" tool  -a\tb ", []string{"tool", "-a", "b"}},
		{`"/my tools/x" 'a "b"' ""`, []string{"/my tools/x", `a "b"`, ""}},
		{`tool a"b c"d`, []string{"tool", "ab cd"}},
		{`tool a\ b "\"\n" '\'`, []string{"tool", "a b", `"\n`, `\`}},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			got, err := splitCommand(tt.text)
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
		})
	}
	for _, text := range []string{"", " ", `""`, `tool '`, `tool \`} {
		_, err := splitCommand(text)
		require.Error(t, err, text)
	}
}

// TestFileSize has the largest file that is read.
func TestFileSize(t *testing.T) {
	t.Parallel()
	file := writeFile(t, "")
	require.NoError(t, os.Truncate(file, 1<<20))
	data, err := readFile(file)
	require.NoError(t, err)
	assert.Len(t, data, 1<<20)
	require.NoError(t, os.Truncate(file, 1<<20+1))
	data, err = readFile(file)
	require.ErrorContains(t, err, "it is larger than 1 MiB")
	assert.Empty(t, data)
}
