package credentials

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/aliyun/credentials-go/credentials/providers"
)

// library is a provider of credentials-go. It is made for one fetch, asked once and
// dropped, so that its own cache plays no part.
type library interface {
	GetCredentials() (*providers.Credentials, error)
}

// ask builds a provider and asks it for temporary credentials. The URL is that of its
// service, and the options are checked. Errors do not show what is secret in the request.
func (o HTTPOptions) ask(ctx context.Context, service string, secrets []string, build func(*providers.HttpOptions) (library, error)) (lease, error) {
	if proxy, err := url.Parse(o.Proxy); err == nil {
		secrets = append(secrets, secretsOf(proxy)...)
	}
	got, err := o.askOpenly(ctx, service, build)
	return got, withhold(err, secrets...)
}

// isTalkative is whether credentials-go prints the headers of its requests, in which tokens
// are. It looks at this variable when a program starts, and cannot be told otherwise.
var isTalkative = slices.Contains(strings.Split(env("DEBUG"), ","), "credential")

func (o HTTPOptions) askOpenly(ctx context.Context, service string, build func(*providers.HttpOptions) (library, error)) (lease, error) {
	if isTalkative {
		return lease{}, errors.New("DEBUG names credential, with which credentials-go prints tokens: take it out")
	}
	if _, ok := http.DefaultTransport.(*http.Transport); !ok { //nolint:forbidigo // credentials-go copies it for every request
		return lease{}, errors.New("http.DefaultTransport is not an *http.Transport any more, which credentials-go needs")
	}
	to, err := url.Parse(service)
	if err != nil {
		return lease{}, errors.New("the address of the service is not a URL")
	}
	// credentials-go limits a request to the sum, and takes its defaults for zero.
	options := &providers.HttpOptions{
		Proxy:          o.Proxy,
		ConnectTimeout: max(1, milliseconds(o.ConnectTimeout)),
		ReadTimeout:    max(1, milliseconds(o.ReadTimeout-o.ConnectTimeout)),
	}
	gate := openGate(ctx, to, o.transportTo(to))
	switch {
	case gate != nil:
		defer gate.close()
		options.Proxy = gate.proxy()
	case o.avoidsProxy(to): // credentials-go would not
		return lease{}, errors.New("no port on 127.0.0.1 can be opened, without which a proxy would see the keys: name " + to.Host + " in NO_PROXY")
	}
	p, err := build(options)
	if err != nil {
		return lease{}, cause(err)
	}
	got, err := ask(p)
	if err != nil && gate != nil && gate.failure() != nil {
		err = gate.failure()
	}
	return got, err
}

func milliseconds(d time.Duration) int { return int(d / time.Millisecond) }

// ask gets temporary credentials from a provider. Some of those in credentials-go panic
// when a response lacks a field.
func ask(p library) (got lease, err error) {
	defer func() {
		if recover() != nil {
			got, err = lease{}, errIncomplete
		}
	}()
	said, err := p.GetCredentials()
	switch {
	case err != nil:
		return lease{}, cause(err)
	case said == nil || said.AccessKeyId == "" || said.AccessKeySecret == "" || said.SecurityToken == "":
		return lease{}, errIncomplete
	}
	c := credentialsOf(trimmed(said.AccessKeyId), trimmed(said.AccessKeySecret), trimmed(said.SecurityToken))
	end, ok := expiration(p)
	if !ok {
		return withoutExpiration(c), nil
	}
	return until(c, end)
}

// expiration returns until when the credentials of a provider are good. credentials-go
// does not tell, but keeps it in the field of one name in every provider of temporary
// credentials. Reading a field is safe: a version without it has no value here.
func expiration(p library) (time.Time, bool) {
	v := reflect.Indirect(reflect.ValueOf(p))
	if v.Kind() != reflect.Struct {
		return time.Time{}, false
	}
	field := v.FieldByName("expirationTimestamp")
	if !field.IsValid() || !field.CanInt() || field.Int() == 0 {
		return time.Time{}, false
	}
	return time.Unix(field.Int(), 0), true
}
