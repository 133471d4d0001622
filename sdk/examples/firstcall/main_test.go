package main

import (
	"bytes"
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
)

// block returns the code of the first block of a language in the guide.
func block(t *testing.T, language string) string {
	t.Helper()
	guide, err := os.ReadFile("../../../docs/first-call.md")
	require.NoError(t, err)
	m := regexp.MustCompile("(?ms)^```" + language + "\n(.*?)^```$").FindSubmatch(guide)
	require.NotNil(t, m, "the guide has no %s", language)
	return string(m[1])
}

// TestRun holds that the program prints what the guide says.
func TestRun(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), &out))
	assert.Equal(t, block(t, "console"), "$ go run .\n"+out.String())
}

// TestPolicy holds that the policy of the guide allows what its program does, and no more.
func TestPolicy(t *testing.T) {
	t.Parallel()
	reader := acktest.User{AccessKeyID: "reader", AccessKeySecret: "made-up", RAMUser: "20001", Policies: []string{block(t, "json")}}
	srv := acktest.NewServer(t, acktest.WithUser(reader))
	client, err := ack.New(srv.OptionsOf(reader)...)
	require.NoError(t, err)
	for _, err := range client.DescribeClustersForRegionAll(t.Context(), &ack.DescribeClustersForRegionRequest{RegionID: client.Region()}) {
		require.NoError(t, err)
	}
	assert.ErrorContains(t, first(t.Context(), &bytes.Buffer{}, client), "cs:CreateCluster")
}
