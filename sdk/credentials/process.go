package credentials

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
	"time"
	"unicode"

	"github.com/ackgen/ackgen/sdk/internal/refresh"
	"github.com/ackgen/ackgen/sdk/roa"
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
// says is dropped.
func Process(o ProcessOptions) *Provider {
	cache := refresh.New(func(ctx context.Context) (refresh.Lease[roa.Credentials], error) {
		if len(o.Command) == 0 || o.Command[0] == "" {
			return refresh.Lease[roa.Credentials]{}, errors.New("option Command is missing")
		}
		timeout := o.Timeout
		if timeout <= 0 {
			timeout = time.Minute
		}
		ctx, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		return runProcess(ctx, o.Command)
	})
	return &Provider{name: "process", get: cache.Get}
}

func runProcess(ctx context.Context, command []string) (lease refresh.Lease[roa.Credentials], err error) {
	cmd := exec.CommandContext(ctx, command[0], command[1:]...) //nolint:gosec // running what the caller names is the purpose
	cmd.WaitDelay = time.Second
	var out bytes.Buffer
	cmd.Stdout = &out // and not Output, whose error keeps a part of what goes to stderr
	err = cmd.Run()
	if ctx.Err() != nil {
		return lease, fmt.Errorf("run program: %w", ctx.Err())
	}
	if err != nil {
		return lease, fmt.Errorf("run program: %w", err) // holds the name or the exit status only
	}
	var response struct {
		ID         string `json:"access_key_id"`
		Secret     string `json:"access_key_secret"`
		Token      string `json:"sts_token"`
		Mode       string `json:"mode"`
		Expiration string `json:"expiration"`
	}
	if json.Unmarshal(out.Bytes(), &response) != nil {
		return lease, errors.New("read output of program: it is not the JSON of credentials")
	}
	if response.ID == "" || response.Secret == "" || response.Mode == "StsToken" && response.Token == "" {
		return lease, errors.New("read output of program: it is incomplete")
	}
	c := roa.Credentials{AccessKeyID: response.ID, AccessKeySecret: roa.Secret(response.Secret), SecurityToken: roa.Secret(response.Token)}
	now := time.Now()
	if response.Expiration == "" {
		return refresh.Lease[roa.Credentials]{Value: c, Refresh: now.Add(askAgain), Expire: now.Add(discard)}, nil
	}
	end, err := time.Parse(time.RFC3339, response.Expiration)
	switch {
	case err != nil:
		return lease, errors.New("read output of program: expiration is not a time of RFC 3339")
	case !now.Before(end):
		return lease, errors.New("read output of program: the credentials have expired")
	}
	return refresh.Until(c, now, end), nil
}

// splitCommand splits the process_command of a profile as the CLI does: at white
// space, with quotes, and outside of Windows with backslashes.
func splitCommand(text string) ([]string, error) {
	var args []string
	var arg strings.Builder
	var quote rune
	started, escaped := false, false
	for _, r := range text {
		switch {
		case escaped:
			if quote == '"' && !strings.ContainsRune("\"\\$`", r) {
				arg.WriteRune('\\')
			}
			arg.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'' && runtime.GOOS != "windows":
			escaped, started = true, true
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			arg.WriteRune(r)
		case r == '"' || r == '\'':
			quote, started = r, true
		case unicode.IsSpace(r):
			if started {
				args = append(args, arg.String())
			}
			arg.Reset()
			started = false
		default:
			arg.WriteRune(r)
			started = true
		}
	}
	if quote != 0 || escaped {
		return nil, errors.New("process_command has an open quote")
	}
	if started {
		args = append(args, arg.String())
	}
	if len(args) == 0 || args[0] == "" {
		return nil, errors.New("process_command is missing")
	}
	return args, nil
}
