package kubeconfig_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/kubeconfig"
	"github.com/ackgen/ackgen/sdk/kubeconfig/kubeconfigtest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// apiFunc is an API that a test writes.
type apiFunc func(ctx context.Context, in *ack.DescribeClusterUserKubeconfigRequest) (*ack.DescribeClusterUserKubeconfigResponse, error)

func (f apiFunc) DescribeClusterUserKubeconfig(ctx context.Context, in *ack.DescribeClusterUserKubeconfigRequest, _ ...roa.CallOption) (*ack.DescribeClusterUserKubeconfigResponse, error) {
	return f(ctx, in)
}

// slow takes a second, and gives kubeconfigs that last a quarter of an hour.
func slow(authority *kubeconfigtest.Authority, calls *int) apiFunc {
	return func(context.Context, *ack.DescribeClusterUserKubeconfigRequest) (*ack.DescribeClusterUserKubeconfigResponse, error) {
		*calls++ // the race detector finds calls that overlap
		<-time.After(time.Second)
		return &ack.DescribeClusterUserKubeconfigResponse{Kubeconfig: ack.Kubeconfig{
			Config: authority.Kubeconfig(server, 24*time.Hour), Expiration: time.Now().Add(15 * time.Minute),
		}}, nil
	}
}

func TestSourceRenewsBeforeTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		source := kubeconfig.NewSource(slow(kubeconfigtest.NewAuthority(t), &calls), &ack.DescribeClusterUserKubeconfigRequest{ClusterID: "c1"})
		assert.Zero(t, calls, "making a source uses no network")
		var group sync.WaitGroup
		for range 50 {
			group.Go(func() {
				_, err := source.Config(t.Context())
				assert.NoError(t, err)
			})
		}
		group.Wait()
		require.Equal(t, 1, calls)
		first, err := source.Config(t.Context())
		require.NoError(t, err)
		assert.Equal(t, time.Now().Add(15*time.Minute), first.Expires(), "the sooner of the two ends counts")

		<-time.After(12*time.Minute + time.Second)
		again, err := source.Config(t.Context())
		require.NoError(t, err)
		assert.Same(t, first, again, "nobody waits for the renewal")
		<-time.After(2 * time.Second)
		next, err := source.Config(t.Context())
		require.NoError(t, err)
		assert.NotSame(t, first, next)
		assert.Equal(t, 2, calls)

		<-time.After(time.Hour)
		_, err = source.Config(t.Context())
		require.NoError(t, err)
		assert.Equal(t, 3, calls)
	})
}

func TestSourceOutlivesCallers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		source := kubeconfig.NewSource(slow(kubeconfigtest.NewAuthority(t), &calls), &ack.DescribeClusterUserKubeconfigRequest{ClusterID: "c1"})
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		_, err := source.Config(ctx)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		_, err = source.Config(t.Context())
		require.NoError(t, err)
		assert.Equal(t, 1, calls)
	})
}

func TestSourceReportsErrors(t *testing.T) {
	t.Parallel()
	authority := kubeconfigtest.NewAuthority(t)
	denied := &roa.APIError{StatusCode: http.StatusForbidden}
	tests := []struct {
		name string
		out  *ack.DescribeClusterUserKubeconfigResponse
		err  error
		want string
	}{
		{"denied", nil, denied, ""},
		{"empty", nil, nil, "fetch kubeconfig: the response is empty"},
		{"no kubeconfig", &ack.DescribeClusterUserKubeconfigResponse{}, nil, "parse kubeconfig: it is empty"},
		{"expired", &ack.DescribeClusterUserKubeconfigResponse{Kubeconfig: ack.Kubeconfig{
			Config: authority.Kubeconfig(server, time.Hour), Expiration: time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC),
		}}, nil, "fetch kubeconfig: it expired at 2020-01-02T03:04:05Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			source := kubeconfig.NewSource(apiFunc(func(context.Context, *ack.DescribeClusterUserKubeconfigRequest) (*ack.DescribeClusterUserKubeconfigResponse, error) {
				return tt.out, tt.err
			}), nil)
			_, err := source.Config(t.Context())
			require.ErrorContains(t, err, tt.want)
			if tt.err != nil {
				require.ErrorIs(t, err, tt.err)
			}
			_, err = ask(t, source.HTTPClient(), server)
			require.ErrorContains(t, err, tt.want)
		})
	}
}

func TestSourceCopiesTheRequest(t *testing.T) {
	t.Parallel()
	wanted := errors.New("seen")
	in := &ack.DescribeClusterUserKubeconfigRequest{ClusterID: "c1", PrivateIPAddress: new(true)}
	source := kubeconfig.NewSource(apiFunc(func(_ context.Context, in *ack.DescribeClusterUserKubeconfigRequest) (*ack.DescribeClusterUserKubeconfigResponse, error) {
		assert.Equal(t, "c1", in.ClusterID)
		assert.True(t, *in.PrivateIPAddress)
		return nil, wanted
	}), in)
	in.ClusterID = "c2"
	_, err := source.Config(t.Context())
	require.ErrorIs(t, err, wanted)
}

func TestSourceClientUsesTheKubeconfig(t *testing.T) {
	t.Parallel()
	srv := kubeconfigtest.NewServer(t, http.HandlerFunc(whoami))
	api := srv.API()
	source := kubeconfig.NewSource(api, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: "c1", TemporaryDurationMinutes: new(int64(15))})
	client := source.HTTPClient()
	client.CloseIdleConnections() // nothing yet
	t.Cleanup(client.CloseIdleConnections)
	for range 3 {
		got, err := ask(t, client, srv.URL+"/version")
		require.NoError(t, err)
		assert.Equal(t, "kubernetes-admin ", got.body)
	}
	assert.Equal(t, 1, api.Calls())
	c, err := source.Config(t.Context())
	require.NoError(t, err)
	assert.Equal(t, srv.URL, c.BaseURL())
	assert.WithinDuration(t, time.Now().Add(15*time.Minute), c.Expires(), time.Minute)
}
