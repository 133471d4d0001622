package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/credentials"
	"github.com/ackgen/ackgen/sdk/roa"
)

func TestTell(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, tell(t.Context(), credentials.Static("my-key", "my-secret"), &out))
	assert.Equal(t, "AccessKey my-key, secret [REDACTED]\n", out.String())
}

func TestTellFromEnvironment(t *testing.T) {
	t.Setenv("ALIBABA_CLOUD_ACCESS_KEY_ID", "")
	var out bytes.Buffer
	err := tell(t.Context(), credentials.Environment(), &out)
	require.ErrorContains(t, err, "log in with the CLI: get credentials from environment: ALIBABA_CLOUD_ACCESS_KEY_ID is not set")

	t.Setenv("ALIBABA_CLOUD_ACCESS_KEY_ID", "my-key")
	require.ErrorContains(t, tell(t.Context(), credentials.Environment(), &out), "ALIBABA_CLOUD_ACCESS_KEY_SECRET is not")
	t.Setenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "my-secret")
	require.NoError(t, tell(t.Context(), pipeline(), &out))
	assert.Equal(t, "AccessKey my-key, secret [REDACTED]\n", out.String())
}

// Making clients and providers needs neither a network nor an account.
func TestNothingHappensAtConstruction(t *testing.T) {
	t.Parallel()
	_, err := client()
	require.NoError(t, err)
	for _, p := range []roa.CredentialsProvider{inPod(), onInstance(), deployer(), pipeline()} {
		assert.NotNil(t, p)
	}
}

func TestFromEnvironment(t *testing.T) {
	for _, name := range []string{"ALIBABA_CLOUD_REGION_ID", "ALIBABACLOUD_REGION_ID", "ALICLOUD_REGION_ID"} {
		t.Setenv(name, "")
	}
	t.Setenv("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true")
	_, err := fromEnvironment()
	require.ErrorIs(t, err, credentials.ErrNotConfigured)
	t.Setenv("ALIBABA_CLOUD_REGION_ID", "cn-hongkong")
	client, err := fromEnvironment()
	require.NoError(t, err)
	assert.NotNil(t, client)
	_, err = fromEnvironment(roa.WithEndpoint("https://example.com/path"))
	require.ErrorContains(t, err, "endpoint", "an option that follows counts")
}
