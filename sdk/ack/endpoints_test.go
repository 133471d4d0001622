package ack_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// TestEndpoints shows the hosts of the real service.
func TestEndpoints(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		options []roa.Option
		want    string
	}{
		"region":             {[]roa.Option{roa.WithRegion("cn-beijing")}, "https://cs.cn-beijing.aliyuncs.com"},
		"region of no host":  {[]roa.Option{roa.WithRegion("cn-wuhan")}, "https://cs.aliyuncs.com"},
		"VPC":                {[]roa.Option{roa.WithRegion("cn-beijing"), roa.WithVPC()}, "https://cs-anony-vpc.cn-beijing.aliyuncs.com"},
		"VPC, older host":    {[]roa.Option{roa.WithRegion("cn-beijing"), roa.WithEndpoint("cs-vpc.cn-beijing.aliyuncs.com")}, "https://cs-vpc.cn-beijing.aliyuncs.com"},
		"central":            {[]roa.Option{roa.WithRegion("cn-beijing"), roa.WithCentralEndpoint()}, "https://cs.aliyuncs.com"},
		"region of tomorrow": {[]roa.Option{roa.WithRegion("mars-north-1")}, "https://cs.mars-north-1.aliyuncs.com"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			options := append(slices.Clone(tc.options), roa.WithCredentials(roa.StaticCredentials("id", "secret", "")))
			client, err := ack.New(options...)
			require.NoError(t, err)
			assert.Contains(t, fmt.Sprint(client), tc.want+")")
		})
	}
}
