package main

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/ack/ackmock"
	"github.com/ackgen/ackgen/sdk/kubeconfig/kubeconfigtest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// apiServer responds as the API server of a cluster with two pods.
func apiServer(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/api/v1/pods" || r.TLS.PeerCertificates[0].Subject.CommonName != "kubernetes-admin" {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	_, _ = io.WriteString(w, `{"kind": "PodList", "items": [
		{"metadata": {"namespace": "kube-system", "name": "coredns-5d9c"}, "status": {"phase": "Running"}},
		{"metadata": {"namespace": "default", "name": "web-0"}, "status": {"phase": "Pending"}}
	]}`)
}

func TestListPods(t *testing.T) {
	t.Parallel()
	srv := kubeconfigtest.NewServer(t, http.HandlerFunc(apiServer))
	source := connect(srv.API(), "c82e6987e2961451182edacd74faf1234")
	t.Cleanup(source.HTTPClient().CloseIdleConnections)
	var out bytes.Buffer
	require.NoError(t, listPods(t.Context(), source, &out))
	assert.Equal(t, "kube-system coredns-5d9c Running\ndefault web-0 Pending\n", out.String())
}

func TestListPodsReportsErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		handler http.HandlerFunc
		want    string
	}{
		{"refused", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }, "the API server responded with 403 Forbidden"},
		{"no JSON", func(http.ResponseWriter, *http.Request) {}, "list pods: EOF"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			srv := kubeconfigtest.NewServer(t, tt.handler)
			source := connect(srv.API(), "c1")
			t.Cleanup(source.HTTPClient().CloseIdleConnections)
			require.ErrorContains(t, listPods(t.Context(), source, io.Discard), tt.want)
		})
	}
}

func TestConnectAsksForAShortKubeconfig(t *testing.T) {
	t.Parallel()
	api := ackmock.NewKubeconfigAPI(t)
	in := &ack.DescribeClusterUserKubeconfigRequest{ClusterID: "c1", PrivateIPAddress: new(false), TemporaryDurationMinutes: new(int64(30))}
	api.EXPECT().DescribeClusterUserKubeconfig(mock.Anything, in, mock.Anything).Return(nil, &roa.APIError{StatusCode: http.StatusNotFound, Code: "ErrorClusterNotFound"})
	require.ErrorIs(t, listPods(t.Context(), connect(api, "c1"), io.Discard), roa.ErrNotFound)
}

func TestSave(t *testing.T) {
	t.Parallel()
	srv := kubeconfigtest.NewServer(t, http.HandlerFunc(apiServer))
	path := filepath.Join(t.TempDir(), "config")
	require.NoError(t, save(t.Context(), connect(srv.API(), "c1"), path))
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}
