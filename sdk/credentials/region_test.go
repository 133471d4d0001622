package credentials

import (
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// regions is a configuration of the CLI.
func regions(t *testing.T) string {
	t.Helper()
	return writeFile(t, toJSON(t, map[string]any{
		"current": "beijing",
		"profiles": []map[string]any{
			{"name": "beijing", "mode": "AK", "access_key_id": "key id", "access_key_secret": "hidden", "region_id": "cn-beijing"},
			{"name": "role", "mode": "EcsRamRole", "region_id": " cn-hongkong\n"},
			{"name": "blank", "region_id": " "},
			{"name": "nowhere", "mode": "AK", "access_key_id": "key id", "access_key_secret": "hidden"},
		},
	}))
}

func TestRegion(t *testing.T) {
	tests := []struct {
		name string
		env  map[string]string // CONFIG_FILE is that of regions
		want string
	}{
		{"current profile", nil, "cn-beijing"},
		{"named profile", map[string]string{"ALIBABA_CLOUD_PROFILE": "role"}, "cn-hongkong"},
		{"last variable", map[string]string{"ALICLOUD_REGION_ID": "cn-hangzhou"}, "cn-hangzhou"},
		{"second variable", map[string]string{"ALICLOUD_REGION_ID": "cn-hangzhou", "ALIBABACLOUD_REGION_ID": "cn-shanghai"}, "cn-shanghai"},
		{"first variable", map[string]string{"ALIBABACLOUD_REGION_ID": "cn-shanghai", "ALIBABA_CLOUD_REGION_ID": " cn-shenzhen\n"}, "cn-shenzhen"},
		{"a variable without text", map[string]string{"ALIBABA_CLOUD_REGION_ID": " "}, "cn-beijing"},
		{"the file is not needed", map[string]string{"ALIBABA_CLOUD_REGION_ID": "cn-hangzhou", "ALIBABA_CLOUD_CONFIG_FILE": "/nowhere"}, "cn-hangzhou"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("ALIBABA_CLOUD_CONFIG_FILE", regions(t))
			for name, value := range tt.env {
				t.Setenv(name, value)
			}
			got, err := region()
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
		})
	}
}

func TestNoRegion(t *testing.T) {
	const unset = "find the region: ALIBABA_CLOUD_REGION_ID, ALIBABACLOUD_REGION_ID, ALICLOUD_REGION_ID are not set; CLI profile: "
	const advice = ": set ALIBABA_CLOUD_REGION_ID or run `aliyun configure`"
	home, err := os.UserHomeDir()
	require.NoError(t, err)
	file := regions(t)
	broken := writeFile(t, `{"current": hidden`)
	tests := []struct {
		name       string
		env        map[string]string
		want       string
		configured bool
	}{
		{"no file", nil, unset + "there is no file " + filepath.Join(home, ".aliyun", "config.json") + advice, false},
		{
			"profile without a region", map[string]string{"ALIBABA_CLOUD_CONFIG_FILE": file, "ALIBABA_CLOUD_PROFILE": "nowhere"},
			unset + file + `: profile "nowhere": region_id is missing` + advice, false,
		},
		{
			"profile with a blank region", map[string]string{"ALIBABA_CLOUD_CONFIG_FILE": file, "ALIBABA_CLOUD_PROFILE": "blank"},
			unset + file + `: profile "blank": region_id is missing` + advice, false,
		},
		{
			"no such profile", map[string]string{"ALIBABA_CLOUD_CONFIG_FILE": file, "ALIBABA_CLOUD_PROFILE": "gone"},
			unset + file + `: ALIBABA_CLOUD_PROFILE: the file has no such profile` + advice, false,
		},
		{
			"left out", map[string]string{"ALIBABA_CLOUD_CONFIG_FILE": file, "ALIBABA_CLOUD_CLI_PROFILE_DISABLED": "true"},
			unset + "ALIBABA_CLOUD_CLI_PROFILE_DISABLED is true" + advice, false,
		},
		{
			"broken file", map[string]string{"ALIBABA_CLOUD_CONFIG_FILE": broken},
			"find the region: " + broken + ": the file is not a configuration of the CLI", true,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for name, value := range tt.env {
				t.Setenv(name, value)
			}
			options, err := FromEnvironment()
			assert.Nil(t, options)
			require.EqualError(t, err, tt.want)
			assert.Equal(t, !tt.configured, errors.Is(err, ErrNotConfigured))
			assert.NotContains(t, err.Error(), hidden)
		})
	}
}

// TestFromEnvironment looks at a request of a client that is set up by the
// environment.
func TestFromEnvironment(t *testing.T) {
	t.Setenv("ALIBABA_CLOUD_CONFIG_FILE", regions(t))
	options, err := FromEnvironment()
	require.NoError(t, err)
	tests := []struct {
		name      string
		more      []roa.Option
		host, key string
	}{
		{"as it is", nil, "cs.cn-beijing.aliyuncs.com", "Credential=key id,"},
		{"another region", []roa.Option{roa.WithRegion("cn-hongkong")}, "cs.cn-hongkong.aliyuncs.com", "Credential=key id,"},
		{
			"other credentials", []roa.Option{roa.WithCredentials(Static("other id", hidden))},
			"cs.cn-beijing.aliyuncs.com", "Credential=other id,",
		},
	}
	for _, tt := range tests {
		seen := &recorder{}
		client, err := ack.New(slices.Concat(options, []roa.Option{roa.WithTransport(seen)}, tt.more)...)
		require.NoError(t, err, tt.name)
		_, err = client.DescribeClustersForRegion(t.Context(), &ack.DescribeClustersForRegionRequest{RegionID: "cn-beijing"})
		require.NoError(t, err, tt.name)
		assert.Equal(t, tt.host, seen.host, tt.name)
		assert.Contains(t, seen.authorization, tt.key, tt.name)
	}
}

// recorder responds to every request itself and keeps what the last one said.
type recorder struct{ host, authorization string }

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	r.host, r.authorization = req.URL.Host, req.Header.Get("Authorization")
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(`{"clusters": []}`)), Request: req,
	}, nil
}
