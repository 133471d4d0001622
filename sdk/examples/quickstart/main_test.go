package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRun(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, run(&out))
	text := out.String()
	rest := text
	for _, want := range []string{
		"Step 1 of 5", "https://127.0.0.1:", "Step 2 of 5", "c82e6987e2961451182edacd74faf1234", "T-5a54309c80282e39ea00002f",
		"Step 3 of 5", "cn-beijing.192.168.0.36", "That makes 2 nodes.", "Step 4 of 5", "[REDACTED]", "Step 5 of 5", "ErrorClusterNotFound",
		`roa.WithRegion("cn-hangzhou")`,
	} {
		_, after, found := strings.Cut(rest, want)
		require.True(t, found, "%q is missing or out of order", want)
		rest = after
	}
	assert.Regexp(t, `It came, \d{3,} bytes long, and is valid until 20\d\d-`, text)
	for _, secret := range []string{"PRIVATE KEY", "client-key-data", "apiVersion"} {
		assert.NotContains(t, text, secret)
	}
}

func TestRunReportsWriteErrors(t *testing.T) {
	t.Parallel()
	assert.ErrorIs(t, run(fullDisk{}), errFull)
}

var errFull = errors.New("disk is full")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }
