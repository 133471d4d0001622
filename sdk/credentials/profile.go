package credentials

import (
	"context"
	"errors"
	"io/fs"
	"strings"

	"github.com/ackgen/ackgen/sdk/internal/oneline"
	"github.com/ackgen/ackgen/sdk/roa"
)

// Profile gives the credentials of a profile in the credentials file of Alibaba
// Cloud's SDKs: ALIBABA_CLOUD_CREDENTIALS_FILE, else ~/.alibabacloud/credentials.
// The name "" means ALIBABA_CLOUD_PROFILE, else "default". The types of profiles
// are access_key, ecs_ram_role and ram_role_arn. Lines that start with # or ; are
// comments, and so is the rest of a line after white space and one of them. It is not
// configured when there is no such file and, without a name, when there is no such
// profile.
func Profile(name string) *Provider {
	return session("credentials file", func(ctx context.Context) (lease, error) {
		file := env("ALIBABA_CLOUD_CREDENTIALS_FILE")
		if file == "" {
			home, err := homeFile(".alibabacloud", "credentials")
			if err != nil {
				return lease{}, err
			}
			file = home
		}
		data, err := readFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			return lease{}, absent("there is no file " + guessed(file))
		}
		if err != nil {
			return lease{}, err
		}
		profiles, err := readINI(string(data))
		if err != nil {
			return lease{}, &fileError{file, err}
		}
		chosen := first(name, env(envProfile), "default")
		p, ok := profiles[chosen]
		if !ok && name == "" {
			return lease{}, absent(shown(file) + ": " + profileError(chosen, errNoProfile).Error())
		}
		got, err := p.fetch(ctx)
		if err != nil {
			return lease{}, &fileError{file, profileError(chosen, certain(err))}
		}
		return got, nil
	})
}

// iniProfile is a section of the file; nil is none.
type iniProfile map[string]string

func (p iniProfile) fetch(ctx context.Context) (lease, error) {
	if p == nil {
		return lease{}, errNoProfile
	}
	switch p["type"] {
	case "":
		return lease{}, errors.New("type is missing")
	case "access_key":
		if err := p.needs("access_key_id", "access_key_secret"); err != nil {
			return lease{}, err
		}
		return permanent(trimmed(p["access_key_id"]), trimmed(p["access_key_secret"]), ""), nil
	case "ecs_ram_role":
		return ECSRoleOptions{RoleName: p["role_name"]}.fetch(ctx)
	case "ram_role_arn":
		if err := p.needs("access_key_id", "access_key_secret", "role_arn", "role_session_name"); err != nil {
			return lease{}, err
		}
		sts, err := STSOptions{}.orEnvironment()
		if err != nil {
			return lease{}, err
		}
		return RAMRoleOptions{
			Source:  roa.StaticCredentials(p["access_key_id"], p["access_key_secret"], ""),
			RoleARN: p["role_arn"], SessionName: p["role_session_name"], Policy: p["policy"], STS: sts,
		}.fetch(ctx)
	}
	return lease{}, unknown("type", p["type"], []string{"access_key", "ecs_ram_role", "ram_role_arn"})
}

func (p iniProfile) needs(keys ...string) error {
	for _, key := range keys {
		if p[key] == "" {
			return errors.New(key + " is missing")
		}
	}
	return nil
}

// readINI reads the sections of an INI file. Values are what is written: nothing in
// them is replaced, and quotes around them are left out.
func readINI(text string) (map[string]iniProfile, error) {
	sections := map[string]iniProfile{}
	section := iniProfile{} // keys before the first section belong to nobody
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#' || line[0] == ';':
			continue
		case line[0] == '[':
			name, _, ok := strings.Cut(line[1:], "]")
			if !ok {
				return nil, errors.New("the file is not an INI file")
			}
			name = strings.TrimSpace(name)
			if sections[name] == nil {
				sections[name] = iniProfile{}
			}
			section = sections[name]
			continue
		}
		at := strings.IndexAny(line, "=:")
		if at < 0 {
			return nil, errors.New("the file is not an INI file")
		}
		section[strings.TrimSpace(line[:at])] = iniValue(strings.TrimSpace(line[at+1:]))
	}
	return sections, nil
}

// iniValue returns a value without quotes around it or the comment after it.
func iniValue(text string) string {
	if len(text) > 1 && (text[0] == '"' || text[0] == '\'') {
		if end := strings.IndexByte(text[1:], text[0]); end >= 0 {
			return text[1 : end+1]
		}
	}
	for i := 1; i < len(text); i++ {
		if (text[i] == '#' || text[i] == ';') && (text[i-1] == ' ' || text[i-1] == '\t') {
			return strings.TrimSpace(text[:i])
		}
	}
	return text
}

// fileError is an error about a file, or about a part of one.
type fileError struct {
	path string
	err  error
}

func (e *fileError) Error() string { return shown(e.path) + ": " + e.err.Error() }

func (e *fileError) Unwrap() error { return e.err }

// shown returns a path for errors, in one short line: a variable can name anything.
func shown(path string) string { return oneline.Of(path, 300) }
