package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/credentials"
)

// TestListAll lists 25 clusters, of which the server gives 10 a page.
func TestListAll(t *testing.T) {
	t.Setenv("ALIBABA_CLOUD_REGION_ID", "cn-beijing")
	options, err := credentials.FromEnvironment()
	require.NoError(t, err)
	srv := acktest.NewServer(t, acktest.WithExamples())
	client, err := ack.New(append(options, srv.Options()...)...)
	require.NoError(t, err)

	const total, size = 25, 10
	var want strings.Builder
	for first := 0; first < total; first += size {
		var clusters []string
		for n := first; n < min(first+size, total); n++ {
			clusters = append(clusters, fmt.Sprintf(`{"cluster_id": "c%d", "name": "test-%d", "state": "running"}`, n, n))
			fmt.Fprintf(&want, "c%d test-%d running\n", n, n)
		}
		srv.Respond("DescribeClustersForRegion", acktest.Response{Body: fmt.Sprintf(
			`{"clusters": [%s], "page_info": {"page_number": %d, "page_size": %d, "total_count": %d}}`,
			strings.Join(clusters, ","), first/size+1, size, total)})
	}
	var out bytes.Buffer
	require.NoError(t, list(t.Context(), &out, client))
	assert.Equal(t, want.String(), out.String())
	assert.Len(t, srv.Requests(), 3)
}

func TestListFails(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t, acktest.WithExamples())
	srv.Respond("DescribeClustersForRegion", acktest.Response{Status: 403, Body: `{"code": "Forbidden.RAM"}`})
	var out bytes.Buffer
	require.ErrorContains(t, list(t.Context(), &out, srv.Client(t)), "Forbidden.RAM")
	assert.Empty(t, out.String())
}
