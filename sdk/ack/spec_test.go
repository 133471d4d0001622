package ack_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
)

// decode reads a response as it comes over the wire.
func decode[T any](t *testing.T, text string) *T {
	t.Helper()
	v := new(T)
	require.NoError(t, json.Unmarshal([]byte(text), v))
	return v
}

func TestSecretsDoNotPrint(t *testing.T) {
	t.Parallel()
	const secret = "abcdef.0123456789abcdef"
	tests := map[string]any{
		"parameters of a cluster":   decode[ack.DescribeClusterDetailResponse](t, `{"parameters":{"ScaleOutToken":"`+secret+`"}}`),
		"settings of a cluster":     decode[ack.DescribeClusterDetailResponse](t, `{"meta_data":"`+secret+`"}`),
		"an installed add-on":       decode[ack.GetClusterAddonInstanceResponse](t, `{"config":"`+secret+`"}`),
		"a version of an add-on":    decode[ack.AddonVersion](t, `{"value":"`+secret+`"}`),
		"an add-on to install":      decode[ack.AddonInstall](t, `{"name":"x","config":"`+secret+`"}`),
		"an add-on to upgrade":      decode[ack.AddonUpgrade](t, `{"config":"`+secret+`"}`),
		"an authority of a cluster": decode[ack.CreateClusterRequest](t, `{"user_ca":"`+secret+`"}`),
		"an add-on of a cluster":    decode[ack.ClusterAddon](t, `{"name":"x","config":"`+secret+`"}`),
	}
	for name, v := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.NotContains(t, fmt.Sprintf("%+v %#v", v, v), secret)
			text, err := json.Marshal(v)
			require.NoError(t, err)
			assert.Contains(t, string(text), "[REDACTED]")
			assert.NotContains(t, string(text), secret)
		})
	}
}

// TestEmptyTextIsSent sends empty texts that mean something else than none.
func TestEmptyTextIsSent(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		v    any
		want string
	}{
		"a tag without a value": {ack.Tag{Key: "env", Value: new("")}, `{"key":"env","value":""}`},
		"a grant for all clusters": {
			ack.PermissionGrant{Cluster: new(""), RoleName: "dev", RoleType: ack.PermissionScopeAllClusters},
			`{"cluster":"","role_name":"dev","role_type":"all-clusters"}`,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := json.Marshal(tt.v)
			require.NoError(t, err)
			assert.JSONEq(t, tt.want, string(text))
		})
	}
}
