package soak

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/internal/soak/service"
)

// serveArgument makes the test the server of a soak.
const serveArgument = "serve"

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == serveArgument {
		if err := service.Serve(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1) //nolint:forbidigo // is the main function of the server
		}
		return
	}
	os.Exit(m.Run()) //nolint:forbidigo // is the main function of the test
}

// short is a run that is bounded by what it does.
func short(t *testing.T, seed uint64, out *bytes.Buffer) Config {
	t.Helper()
	program, err := os.Executable()
	require.NoError(t, err)
	return Config{Seed: seed, Windows: 2, Lives: 1, Workers: 4, Accounts: 2, Service: []string{program, serveArgument}, Out: out}
}

// TestSoak is what make soak does, with fewer lives.
func TestSoak(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, Run(t.Context(), short(t, 3, &out)), &out)
	assert.Contains(t, out.String(), "Nothing was lost or done twice, every error has its class, and no goroutine, connection or file leaks.")
	assert.Regexp(t, `memory +not compared: that takes 7 windows\n`, out.String(), "after 2")
}

// TestInterrupted ends after the lives that have begun, with the table.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out bytes.Buffer
	config := short(t, 4, &out)
	config.Workers, config.Windows, config.For, config.Window = 1, 0, 20*time.Second, 30*time.Second
	require.NoError(t, Run(ctx, config), &out)
	assert.Contains(t, out.String(), "1 windows")
	assert.Contains(t, out.String(), "then come whole windows of 30s until 20s are over, one at least,")
}
