package credentials

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// ProcessOptions configure [Process].
type ProcessOptions struct {
	// Command is the program and its arguments. No shell reads them. Required.
	Command []string
	// Timeout limits one run. The default is a minute.
	Timeout time.Duration
}

// Process runs a program that prints credentials, as profiles of the CLI in the
// mode External do: a JSON object with access_key_id, access_key_secret and, for
// temporary ones, sts_token and expiration (RFC 3339). It runs again before they
// expire, and every minute when it names no expiration. Whatever else the program
// says is dropped; more than 64 KiB are an error. The credentials are read when the
// program ends, also where it leaves a child that goes on.
func Process(o ProcessOptions) *Provider { return session("process", o.fetch) }

// drain is how long the output of a program that has ended is read. Without it, a
// child that keeps the output open would be waited for.
const drain = 200 * time.Millisecond

func (o ProcessOptions) fetch(ctx context.Context) (lease, error) {
	if len(o.Command) == 0 || o.Command[0] == "" {
		return lease{}, errors.New("option Command is missing")
	}
	timeout := o.Timeout
	if timeout <= 0 {
		timeout = time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	out, err := run(ctx, o.Command)
	if err != nil {
		return lease{}, fmt.Errorf("run program: %w", err)
	}
	got, err := readKey(out)
	if err != nil {
		return lease{}, fmt.Errorf("read output of program: %w", err)
	}
	return got, nil
}

// run returns what a program prints. Its error holds the name or the exit status only.
func run(ctx context.Context, command []string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, command[0], command[1:]...) //nolint:gosec // running what the caller names is the purpose
	cmd.WaitDelay = drain
	var out limited
	cmd.Stdout = &out // and not Output, whose error keeps a part of what goes to stderr
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case out.full:
		return nil, errors.New("it prints more than 64 KiB")
	case err != nil && !errors.Is(err, exec.ErrWaitDelay): // that tells of a child
		return nil, err
	}
	return out.data, nil
}

// limited keeps output of up to maxResponse bytes and refuses more, which ends the program.
// It embeds no buffer: io.Copy would use a method of that in the place of Write.
type limited struct {
	data []byte
	full bool
}

// Write keeps output.
func (l *limited) Write(p []byte) (int, error) {
	if len(l.data)+len(p) > maxResponse {
		l.full = true
		return 0, errors.New("too much output")
	}
	l.data = append(l.data, p...)
	return len(p), nil
}

// readKey reads credentials as profiles of the CLI have them.
func readKey(out []byte) (lease, error) {
	var key struct {
		ID         trimmed `json:"access_key_id"`
		Secret     trimmed `json:"access_key_secret"`
		Token      trimmed `json:"sts_token"`
		Mode       trimmed `json:"mode"`
		Expiration trimmed `json:"expiration"`
	}
	if decode(out, &key) != nil {
		return lease{}, errors.New("it is not the JSON of credentials")
	}
	if key.ID == "" || key.Secret == "" || strings.EqualFold(string(key.Mode), "StsToken") && key.Token == "" {
		return lease{}, errors.New("it is incomplete")
	}
	c := credentialsOf(key.ID, key.Secret, key.Token)
	if key.Expiration == "" {
		return withoutExpiration(c), nil
	}
	end, err := time.Parse(time.RFC3339, string(key.Expiration))
	if err != nil {
		return lease{}, errors.New("expiration is not a time of RFC 3339")
	}
	return until(c, end)
}
