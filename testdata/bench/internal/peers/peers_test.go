package peers

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/testdata/bench/internal/canned"
)

// TestClientsReadEverything calls the server of the benchmark with each client.
func TestClientsReadEverything(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(canned.Handler())
	t.Cleanup(server.Close)
	for _, peer := range All() {
		t.Run(peer.Name, func(t *testing.T) {
			t.Parallel()
			client, err := peer.Open(Target{URL: server.URL, ID: "id", Secret: "secret", Parallel: 1})
			require.NoError(t, err)
			name, err := client.Detail(t.Context(), canned.Cluster)
			require.NoError(t, err)
			small, err := client.Nodes(t.Context(), canned.ClusterOf100)
			require.NoError(t, err)
			large, err := client.Nodes(t.Context(), canned.ClusterBig)
			require.NoError(t, err)
			created, err := client.Create(t.Context(), canned.Cluster)
			require.NoError(t, err)
			_, err = client.Detail(t.Context(), canned.ClusterGone)
			require.Error(t, err)
			if peer.Blind {
				return
			}
			require.Equal(t, canned.ClusterName, name)
			require.Equal(t, Nodes{100, canned.NodeName(99)}, small)
			require.Equal(t, Nodes{1500, canned.NodeName(1499)}, large)
			require.Equal(t, canned.NodePoolID, created)
		})
	}
}

// TestRequestsAreSigned calls a server that verifies signatures and checks requests
// against the spec. All clients send it the same.
func TestRequestsAreSigned(t *testing.T) {
	t.Parallel()
	for _, peer := range All() {
		if peer.Blind {
			continue
		}
		t.Run(peer.Name, func(t *testing.T) {
			t.Parallel()
			server := acktest.NewServer(t, acktest.WithPlainHTTP(), acktest.WithExamples(), acktest.WithCredentials("id", "secret", ""))
			client, err := peer.Open(Target{URL: server.URL, ID: "id", Secret: "secret", Parallel: 1})
			require.NoError(t, err)
			_, err = client.Detail(t.Context(), canned.Cluster)
			require.NoError(t, err)
			_, err = client.Nodes(t.Context(), canned.ClusterOf100)
			require.NoError(t, err)
			_, err = client.Create(t.Context(), canned.Cluster)
			require.NoError(t, err)

			forger, err := peer.Open(Target{URL: server.URL, ID: "id", Secret: "wrong", Parallel: 1})
			require.NoError(t, err)
			_, err = forger.Detail(t.Context(), canned.Cluster)
			require.Error(t, err)
		})
	}
}

// exchange is what a client sent, without what each may have as it likes.
type exchange struct{ method, target, body string }

// TestClientsSendTheSame compares the requests of all clients with each other.
func TestClientsSendTheSame(t *testing.T) {
	t.Parallel()
	for _, peer := range All() {
		t.Run(peer.Name, func(t *testing.T) {
			t.Parallel()
			var lock sync.Mutex
			var sent []exchange
			handler := canned.Handler()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				lock.Lock()
				sent = append(sent, exchange{r.Method, r.URL.String(), string(body)})
				lock.Unlock()
				handler.ServeHTTP(w, r)
			}))
			t.Cleanup(server.Close)
			client, err := peer.Open(Target{URL: server.URL, ID: "id", Secret: "secret", Parallel: 1})
			require.NoError(t, err)
			for _, operation := range Operations {
				require.NoError(t, operation.call(t.Context(), client))
			}
			require.Len(t, sent, 4)
			require.Equal(t, exchange{"GET", "/clusters/" + canned.Cluster, ""}, sent[0])
			require.Equal(t, exchange{"GET", "/clusters/" + canned.ClusterOf100 + "/nodes?pageNumber=1&pageSize=100", ""}, sent[1])
			require.Equal(t, "/clusters/"+canned.Cluster+"/nodepools", sent[3].target)
			require.JSONEq(t, canned.NodePool, sent[3].body)
		})
	}
}

func TestResponsesAreAsLargeAsTheyAreSaidToBe(t *testing.T) {
	t.Parallel()
	require.InDelta(t, 62_000, len(canned.Nodes(100)), 2000)
	require.InDelta(t, 930_000, len(canned.Nodes(1500)), 30_000)
}
