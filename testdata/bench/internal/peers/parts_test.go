package peers

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	cs "github.com/alibabacloud-go/cs-20151215/v7/client"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/ackgen/ackgen/testdata/bench/internal/canned"
)

// TestPartsOfAGroupDoTheSame runs all parts and compares what they come to.
func TestPartsOfAGroupDoTheSame(t *testing.T) {
	t.Parallel()
	ours := map[string]string{}
	for _, part := range Parts() {
		once, err := part.Open()
		require.NoError(t, err, part.Title())
		got, err := once()
		require.NoError(t, err, part.Title())
		if part.Name == Ours {
			ours[part.Group] = got
		}
		require.Contains(t, ours, part.Group, "ours goes first")
		require.Equal(t, ours[part.Group], got, part.Title())
		again, err := once()
		require.NoError(t, err, part.Title())
		require.Equal(t, got, again, part.Title())
	}
	require.Equal(t, canned.NodeName(99), ours["decode 100 nodes"])
	require.Equal(t, canned.ClusterName, ours["small GET without a network"])
	require.Contains(t, ours["sign a POST, HMAC-SHA1"], "acs id:")
	require.Contains(t, ours["sign a POST, ACS3-HMAC-SHA256"], "Signature=")
}

// TestBindingsSendTheSame compares paths and bodies. Those of ours are seen in what is
// sent.
func TestBindingsSendTheSame(t *testing.T) {
	t.Parallel()
	const path = "/clusters/" + canned.Cluster + "/nodepools"
	byHand := decoded[handNodePool](t)
	handPath, handBody, err := bindByHand(byHand)
	require.NoError(t, err)
	require.Equal(t, path, handPath)
	require.JSONEq(t, canned.NodePool, string(handBody))

	officialPath, officialBody := bindOfficial(decoded[cs.CreateClusterNodePoolRequest](t))
	require.Equal(t, path, officialPath)
	require.JSONEq(t, canned.NodePool, officialBody)

	var ours exchange
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		ours = exchange{r.Method, r.URL.String(), string(body)}
	}))
	t.Cleanup(server.Close)
	client, err := roa.NewClient(&roa.Service{Name: "ack", Version: "2015-12-15"}, roa.WithEndpoint(server.URL), roa.WithPlainHTTP(),
		roa.WithRegion(region), roa.WithCredentials(roa.StaticCredentials("id", "secret", "")))
	require.NoError(t, err)
	require.NoError(t, client.Do(t.Context(), bindOurs(decoded[ack.CreateClusterNodePoolRequest](t)), nil, nil, nil))
	require.Equal(t, path, ours.target)
	require.JSONEq(t, canned.NodePool, ours.body)
}

func decoded[T any](t *testing.T) *T {
	t.Helper()
	out := new(T)
	require.NoError(t, json.Unmarshal([]byte(canned.NodePool), out))
	return out
}

func TestOddNodesAreNotWhatTheStandardLibraryTakes(t *testing.T) {
	t.Parallel()
	_, err := decodeByHand(oddNodes())
	require.Error(t, err)
	_, err = FindPart("sign: nobody")
	require.ErrorContains(t, err, "is not a part")
}
