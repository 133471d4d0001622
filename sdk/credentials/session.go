package credentials

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/ackgen/ackgen/sdk/internal/refresh"
	"github.com/ackgen/ackgen/sdk/roa"
)

// lease is credentials with the time that they are good for.
type lease = refresh.Lease[roa.Credentials]

// session makes a provider that keeps what a fetch gave. A fetch looks at everything
// anew: the environment, files, services.
func session(name string, fetch func(context.Context) (lease, error)) *Provider {
	return &Provider{name: name, get: refresh.New(fetch).Get}
}

var (
	errIncomplete = errors.New("the response is incomplete")
	errExpired    = errors.New("the credentials have expired, or the clock of this machine is wrong")
	errExpiration = errors.New("the expiration in the response is not a time of RFC 3339")
	errNotJSON    = errors.New("the response is not the JSON of credentials")
)

// trimmed is text without white space around it, which is never meant in what is
// copied from files and programs.
type trimmed string

// UnmarshalJSON reads a string. It leaves null as "".
func (t *trimmed) UnmarshalJSON(data []byte) error {
	var text string
	err := json.Unmarshal(data, &text)
	*t = trimmed(strings.TrimSpace(text))
	return err
}

// permanent returns a lease of a key that does not expire.
func permanent(id, secret, token trimmed) lease {
	return lease{Value: credentialsOf(id, secret, token)}
}

func credentialsOf(id, secret, token trimmed) roa.Credentials {
	return roa.Credentials{AccessKeyID: string(id), AccessKeySecret: roa.Secret(secret), SecurityToken: roa.Secret(token)}
}

// temporary is how services write temporary credentials.
type temporary struct {
	Code       trimmed
	ID         trimmed `json:"AccessKeyId"`
	Secret     trimmed `json:"AccessKeySecret"`
	Token      trimmed `json:"SecurityToken"`
	Expiration trimmed
}

// lease checks the credentials.
func (t *temporary) lease() (lease, error) {
	if t.ID == "" || t.Secret == "" || t.Token == "" || t.Expiration == "" {
		return lease{}, errIncomplete
	}
	end, err := time.Parse(time.RFC3339, string(t.Expiration))
	if err != nil {
		return lease{}, errExpiration
	}
	return until(credentialsOf(t.ID, t.Secret, t.Token), end)
}

// until returns a lease of credentials that expire at a time.
func until(c roa.Credentials, end time.Time) (lease, error) {
	now := time.Now()
	if !now.Before(end) {
		return lease{}, errExpired
	}
	return refresh.Until(c, now, end), nil
}

// askAgain and discard are for credentials that come without an expiration: they are asked
// for again every minute, in the background, and not used for longer than two.
const (
	askAgain = time.Minute
	discard  = 2 * time.Minute
)

func withoutExpiration(c roa.Credentials) lease {
	now := time.Now()
	return lease{Value: c, Refresh: now.Add(askAgain), Expire: now.Add(discard)}
}

// decode reads JSON, with or without the byte order mark that some editors write.
func decode(data []byte, into any) error {
	return json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), into)
}
