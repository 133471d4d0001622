package roa

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const centralHost = "cs.aliyuncs.com"

// endpointService is what a spec says about the regions in
// testdata/endpoints.json: those that the central host serves, and a rule for all
// others.
func endpointService(regions map[string]endpointRow) *Service {
	s := &Service{
		Name: "ack", Version: "2015-12-15", Endpoint: "cs.{region}.aliyuncs.com",
		VPCEndpoint: "cs-vpc.{region}.aliyuncs.com", CentralEndpoint: centralHost,
	}
	for region, row := range regions {
		if row.Public == centralHost {
			s.CentralRegions = append(s.CentralRegions, region)
		}
	}
	slices.Sort(s.CentralRegions)
	return s
}

type endpointRow struct {
	Public    string `json:"public"`
	VPC       string `json:"vpc"`
	PrintedAs string `json:"printed_as"`
}

func readEndpoints(t *testing.T) map[string]endpointRow {
	t.Helper()
	data, err := os.ReadFile("testdata/endpoints.json")
	require.NoError(t, err)
	var regions map[string]endpointRow
	require.NoError(t, json.Unmarshal(data, &regions))
	return regions
}

func TestEndpointsOfAllRegions(t *testing.T) {
	t.Parallel()
	regions := readEndpoints(t)
	service := endpointService(regions)
	require.Len(t, regions, 73)
	require.Len(t, service.CentralRegions, 30)
	host := func(opts ...Option) (string, error) {
		c, err := NewClient(service, append(opts, WithCredentials(StaticCredentials("id", "s", "")))...)
		if err != nil {
			return "", err
		}
		assert.Equal(t, "https", c.scheme)
		return c.host, nil
	}
	for region, row := range regions {
		got, err := host(WithRegion(region))
		require.NoError(t, err, region)
		assert.Equal(t, row.Public, got, region)
		got, err = host(WithRegion(region), WithVPC())
		switch {
		case row.Public == centralHost:
			assert.ErrorContains(t, err, `region "`+region+`" has no VPC endpoint`)
		case row.VPC != "":
			assert.Equal(t, row.VPC, got, region)
		default:
			assert.Equal(t, "cs-vpc."+region+".aliyuncs.com", got, region)
		}
		got, err = host(WithRegion(region), WithCentralEndpoint())
		require.NoError(t, err)
		assert.Equal(t, centralHost, got)
		got, err = host(WithRegion(region), WithVPC(), WithEndpoint("cs.example.com"))
		require.NoError(t, err)
		assert.Equal(t, "cs.example.com", got)
	}
}

func TestEndpointRule(t *testing.T) {
	t.Parallel()
	service := endpointService(readEndpoints(t))
	tests := map[string]struct {
		opts []Option
		want string
		err  string
	}{
		"unknown region":         {[]Option{WithRegion("mars-north-1")}, "cs.mars-north-1.aliyuncs.com", ""},
		"unknown region in VPC":  {[]Option{WithRegion("mars-north-1"), WithVPC()}, "cs-vpc.mars-north-1.aliyuncs.com", ""},
		"central without region": {[]Option{WithCentralEndpoint()}, centralHost, ""},
		"no region":              {nil, "", "region is missing"},
		"no region in VPC":       {[]Option{WithVPC()}, "", "region is missing"},
		"central in VPC":         {[]Option{WithCentralEndpoint(), WithVPC()}, "", "central endpoint cannot be reached by WithVPC"},
		"malformed in VPC":       {[]Option{WithRegion("cn_beijing"), WithVPC()}, "", "is malformed"},
		"malformed at central":   {[]Option{WithRegion("a.b"), WithCentralEndpoint()}, "", "is malformed"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := NewClient(service, append(tt.opts, WithCredentials(StaticCredentials("id", "s", "")))...)
			if tt.err != "" {
				require.ErrorContains(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, tt.want, c.host)
		})
	}
	_, err := NewClient(&fixtureService, WithCentralEndpoint(), WithCredentials(StaticCredentials("id", "s", "")))
	require.ErrorContains(t, err, "service has no central endpoint")
}
