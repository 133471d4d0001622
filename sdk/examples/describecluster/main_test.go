package main

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/ack/ackmock"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

func TestDescribeWithMock(t *testing.T) {
	t.Parallel()
	client := ackmock.NewClustersAPI(t)
	client.EXPECT().
		DescribeClusterDetail(mock.Anything, &ack.DescribeClusterDetailRequest{ClusterID: "c1"}, mock.Anything).
		Return(&ack.DescribeClusterDetailResponse{Cluster: ack.Cluster{Name: "test", State: ack.ClusterStateRunning}}, nil)

	text, err := describe(t.Context(), client, "c1")
	require.NoError(t, err)
	assert.Equal(t, "test is running", text)
}

func TestDescribeWithFakeServer(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	client := srv.Client(t)
	out, err := client.CreateCluster(t.Context(), &ack.CreateClusterRequest{Name: "test", RegionID: "cn-hangzhou"})
	require.NoError(t, err)
	_, err = client.WaitClusterRunning(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: out.ClusterID}) // takes no time
	require.NoError(t, err)

	text, err := describe(t.Context(), client, out.ClusterID)
	require.NoError(t, err)
	assert.Equal(t, "test is running", text)
}

func TestDescribeForbidden(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	srv.Respond("DescribeClusterDetail", acktest.Response{Status: http.StatusForbidden, Body: `{"code": "Forbidden.RAM"}`})

	_, err := describe(t.Context(), srv.Client(t), "c1")
	require.ErrorContains(t, err, "Forbidden.RAM")
	assert.Equal(t, "/clusters/c1", srv.Requests()[0].Path)
}

func TestDescribeReportsErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		err     error
		text    string
		message string
	}{
		{"no such cluster", &roa.APIError{StatusCode: http.StatusNotFound, Code: "ErrorClusterNotFound"}, "there is no such cluster", ""},
		{"refused", &roa.APIError{StatusCode: http.StatusForbidden, Code: "Forbidden.RAM", RequestID: "R1"}, "", "Forbidden.RAM, request R1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			client := ackmock.NewClustersAPI(t)
			client.EXPECT().DescribeClusterDetail(mock.Anything, mock.Anything, mock.Anything).Return(nil, tt.err)
			text, err := describe(t.Context(), client, "c1")
			assert.Equal(t, tt.text, text)
			if tt.message == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, tt.message)
		})
	}
}
