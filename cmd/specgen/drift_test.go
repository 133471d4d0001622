package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/drift"
	"github.com/ackgen/ackgen/cmd/specgen/internal/regions"
	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
)

// TestSpecHasNoDrift compares the spec of this repository with all that is kept of
// others. Each difference is decided, and no decision is about nothing.
func TestSpecHasNoDrift(t *testing.T) {
	t.Parallel()
	for _, file := range []string{
		filepath.Join(specDir, "upstream/snapshot.json"), "../../testdata/upstream/cs-v7.6.0.yaml", "../../testdata/upstream/cli-metadata.json",
		"../../testdata/upstream/official-changelog.txt",
	} {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			var stdout, stderr bytes.Buffer
			code := run([]string{"drift", file, "--spec", specDir, "-o", "json"}, strings.NewReader(""), &stdout, &stderr)
			require.Zero(t, code, "%s%s", stdout.String(), stderr.String())
			var r drift.Report
			require.NoError(t, json.Unmarshal(stdout.Bytes(), &r))
			assert.Empty(t, r.Differences)
			assert.Empty(t, r.Stale)
			assert.NotZero(t, r.Decided)
		})
	}
}

// TestEndpointsOfTheTool compares the hosts inside of VPCs that list prints with those
// of the command line tool.
func TestEndpointsOfTheTool(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../testdata/upstream/cli-metadata.json")
	require.NoError(t, err)
	var tool struct {
		Product struct {
			Public map[string]string `json:"regional_endpoints"`
			VPC    map[string]string `json:"regional_vpc_endpoints"`
		} `json:"product"`
	}
	require.NoError(t, json.Unmarshal(data, &tool))
	assert.Empty(t, tool.Product.Public)

	var stdout, stderr bytes.Buffer
	require.Zero(t, run([]string{"list", "--regions", "--spec", specDir, "-o", "json"}, strings.NewReader(""), &stdout, &stderr), stderr.String())
	var listed []regions.Region
	require.NoError(t, json.Unmarshal(stdout.Bytes(), &listed))
	ours := map[string]string{}
	for _, r := range listed {
		if r.VPC != "" {
			ours[r.Region] = r.VPC
		}
	}
	assert.Equal(t, tool.Product.VPC, ours)
	assert.Len(t, ours, 37)
}

// TestSnapshotIsBare makes sure that what is kept of upstream has no sentence: it is
// what the description in it is written as.
func TestSnapshotIsBare(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join(specDir, "upstream/snapshot.json"))
	require.NoError(t, err)
	d, err := upstream.Parse(data)
	require.NoError(t, err)
	assert.Len(t, d.Operations, 147)
	again, err := upstream.Encode(d)
	require.NoError(t, err)
	assert.Equal(t, string(data), string(again))
}

// TestOldSourcesAreNoDrift compares the spec with older states of sources, and with what
// changed between them: what the last snapshot confirms is left out.
func TestOldSourcesAreNoDrift(t *testing.T) {
	t.Parallel()
	const data = "../../testdata/upstream/"
	for _, args := range [][]string{
		{data + "cs-v7.0.0.yaml"}, {data + "cli-metadata-old.json"}, {data + "cs-v7.6.0.yaml", "--since", data + "cs-v7.0.0.yaml"},
		{data + "cs-v7.0.0.yaml", "--since", data + "cs-v5.9.8.yaml"}, {data + "cli-metadata.json", "--since", data + "cli-metadata-old.json"},
	} {
		var stdout, stderr bytes.Buffer
		code := run(append([]string{"drift", "--spec", specDir}, args...), strings.NewReader(""), &stdout, &stderr)
		assert.Zero(t, code, "%v: %s%s", args, stdout.String(), stderr.String())
	}
}

// TestHugeUpstream refuses a file that no description is as large as.
func TestHugeUpstream(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "upstream.json")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	require.NoError(t, os.Truncate(file, maxSource+1))
	var stdout, stderr bytes.Buffer
	require.Equal(t, 2, run([]string{"drift", file, "--spec", specDir}, strings.NewReader(""), &stdout, &stderr))
	assert.Contains(t, stderr.String(), "has more than 64 MiB, which no description has")
}
