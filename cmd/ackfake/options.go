package main

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/sdk/acktest"
)

// speed is the value of --speed.
type speed float64

// fastest is the highest speed: at a higher one, years are over before a client looks.
const fastest = 100_000

// String implements [pflag.Value].
func (s *speed) String() string { return strconv.FormatFloat(float64(*s), 'g', -1, 64) + "x" }

// Set implements [pflag.Value].
func (s *speed) Set(text string) error {
	factor, err := strconv.ParseFloat(strings.TrimSuffix(text, "x"), 64)
	if err != nil || !(factor > 0 && factor <= fastest) {
		return fmt.Errorf("it must be a number above 0 and at most %d, such as 60x", fastest)
	}
	*s = speed(factor)
	return nil
}

// Type implements [pflag.Value].
func (*speed) Type() string { return "times" }

// A key is the AccessKey that requests are signed with.
type key struct {
	id, secret string
	random     bool // nobody knows the secret yet
}

// secretVariable is the variable of the environment that may hold the secret, which must
// not be on the command line: others can see that.
const secretVariable = "ACKFAKE_ACCESS_KEY_SECRET" //nolint:gosec // the name of a variable

// plainID is what ids of AccessKeys look like, here and in headers and shells without quotes.
var plainID = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

// key returns the AccessKey of the flags.
func (a *app) key() (key, error) {
	if !plainID.MatchString(a.keyID) {
		return key{}, errors.New("--access-key-id has other characters than letters, digits, dots, dashes and underscores") // it may be the secret
	}
	if a.secretFile != "" {
		text, err := os.ReadFile(a.secretFile)
		if err != nil {
			return key{}, fmt.Errorf("read the secret of the AccessKey from the file of --access-key-secret-file: %w", withoutPath(err))
		}
		secret := string(bytes.TrimSpace(text))
		if secret == "" {
			return key{}, fmt.Errorf("read the secret of the AccessKey: %s is empty", a.secretFile)
		}
		return key{id: a.keyID, secret: secret}, nil
	}
	if secret := strings.TrimSpace(os.Getenv(secretVariable)); secret != "" { //nolint:forbidigo // documented, see secretVariable
		return key{id: a.keyID, secret: secret}, nil
	}
	return key{id: a.keyID, secret: rand.Text(), random: true}, nil
}

// withoutPath returns why a file could not be read: somebody may have given the secret instead of its file.
func withoutPath(err error) error {
	if failed, ok := errors.AsType[*fs.PathError](err); ok {
		return failed.Err
	}
	return err
}

// options returns what the flags say of the server, but for address, state and AccessKey.
func (a *app) options(stderr io.Writer) ([]acktest.Option, error) {
	var err error
	if a.log, err = newLogger(a.logFormat, stderr); err != nil {
		return nil, err
	}
	if a.latency < 0 {
		return nil, errors.New("--latency must not be negative")
	}
	opts := []acktest.Option{
		acktest.WithSpeed(float64(a.speed)), acktest.WithLogger(a.log),
		acktest.WithMiddleware(healthz), acktest.WithMiddleware(late(a.latency)),
	}
	if a.unsigned {
		opts = append(opts, acktest.WithUnsigned())
	}
	for _, text := range a.faults {
		f, err := parseFault(text)
		if err != nil {
			return nil, err
		}
		opts = append(opts, acktest.WithFault(f))
	}
	if a.Spec != "" {
		text, err := a.readSpec()
		if err != nil {
			return nil, err
		}
		opts = append(opts, acktest.WithSpec(text))
	}
	transport, err := a.transport()
	if err != nil {
		return nil, err
	}
	return append(opts, transport), nil
}

// transport returns whether the server speaks HTTP or HTTPS, for which it makes a certificate.
func (a *app) transport() (acktest.Option, error) {
	if !a.tls && a.certFile == "" {
		return acktest.WithPlainHTTP(), nil
	}
	cert, err := newCertificate(a.listen)
	if err != nil {
		return nil, fmt.Errorf("make the certificate: %w", err)
	}
	a.certificate = &cert
	if a.certFile != "" {
		if err := writeCertificate(a.certFile, cert); err != nil {
			return nil, fmt.Errorf("write the certificate: %w", err)
		}
	}
	return acktest.WithCertificate(cert), nil
}

// newLogger returns the logger of a --log-format.
func newLogger(form string, w io.Writer) (*slog.Logger, error) {
	switch form {
	case "text":
		return slog.New(slog.NewTextHandler(w, nil)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, nil)), nil
	}
	return nil, fmt.Errorf("unknown log format %q: use text or json", form)
}

// readSpec returns the document that --spec names. It reports what is wrong with a spec.
func (a *app) readSpec() ([]byte, error) {
	found, err := bundle.Locate(a.Spec)
	if err != nil {
		return nil, err
	}
	text, findings, err := found.Read()
	if err == nil && len(findings) > 0 {
		err = a.Report(findings, "")
	}
	return text, err
}
