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
	errExpired    = errors.New("the credentials have expired")
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

// lease checks the credentials. The time at the service decides what has expired, so
// that a wrong clock of this machine does no harm.
func (t *temporary) lease(atService time.Time) (lease, error) {
	if t.ID == "" || t.Secret == "" || t.Token == "" || t.Expiration == "" {
		return lease{}, errIncomplete
	}
	end, err := time.Parse(time.RFC3339, string(t.Expiration))
	if err != nil {
		return lease{}, errors.New("the expiration in the response is not a time of RFC 3339")
	}
	return until(credentialsOf(t.ID, t.Secret, t.Token), end.Sub(atService))
}

// until returns a lease of credentials that expire after some time.
func until(c roa.Credentials, left time.Duration) (lease, error) {
	if left <= 0 {
		return lease{}, errExpired
	}
	now := time.Now()
	return refresh.Until(c, now, now.Add(left)), nil
}

// decode reads JSON, with or without the byte order mark that some editors write.
func decode(data []byte, into any) error {
	return json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), into)
}
