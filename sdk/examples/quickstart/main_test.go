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
	require.NoError(t, run(t.Context(), nil, &out), out.String())
	text := out.String()
	rest := text
	for _, want := range []string{
		"https://127.0.0.1:", "1. create a managed cluster", "ClusterRunning: initial", "ClusterRunning: running", "It runs Kubernetes 1.",
		"2. add a node pool", "Task: success", "Make it three.", "Task: success",
		"3. install an add-on", "is active.", "4. tag the cluster", "purpose", "5. get a kubeconfig", "https://127.0.0.1:", " v1.",
		"6. upgrade the cluster", "From 1.", "7. delete the cluster", "It is gone.",
	} {
		_, after, found := strings.Cut(rest, want)
		require.True(t, found, "%q is missing or out of order in\n%s", want, text)
		rest = after
	}
	for _, secret := range []string{"PRIVATE KEY", "client-key-data", "apiVersion"} {
		assert.NotContains(t, text, secret)
	}
}

func TestRunRefusesFlags(t *testing.T) {
	t.Parallel()
	require.ErrorContains(t, run(t.Context(), []string{"-endpoint", "http://127.0.0.1:1", "-real"}, &bytes.Buffer{}), "exclude each other")
}

func TestRunReportsWriteErrors(t *testing.T) {
	t.Parallel()
	assert.ErrorIs(t, run(t.Context(), nil, fullDisk{}), errFull)
}

var errFull = errors.New("disk is full")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }
