package credentials

import (
	"context"
	"errors"
	"net/http"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/roa"
)

func TestDefaultNamesEverythingItTried(t *testing.T) {
	t.Setenv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")
	err := failure(t, Default(), "get credentials from default chain: environment: ALIBABA_CLOUD_ACCESS_KEY_ID is not set; "+
		"OIDC: ALIBABA_CLOUD_ROLE_ARN and ALIBABA_CLOUD_OIDC_PROVIDER_ARN and ALIBABA_CLOUD_OIDC_TOKEN_FILE are not set; "+
		"CLI profile: there is no file ")
	for _, part := range []string{
		"; credentials file: there is no file ", "; ECS metadata: ALIBABA_CLOUD_ECS_METADATA_DISABLED is true; ",
		"; credentials URI: ALIBABA_CLOUD_CREDENTIALS_URI is not set",
	} {
		assert.ErrorContains(t, err, part)
	}
	require.ErrorIs(t, err, ErrNotConfigured)
	failed, ok := errors.AsType[*ChainError](err)
	require.True(t, ok)
	assert.Equal(t, "default chain", failed.Chain)
	assert.Len(t, failed.Attempts, 6)
}

func TestDefaultTakesTheFirst(t *testing.T) {
	t.Setenv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")
	fails(t, Default(), "default chain")

	p := Default()
	t.Setenv("ALIBABA_CLOUD_CONFIG_FILE", cliFile(t))
	check(t, get(t, p), "key id", "hidden", "")
	t.Setenv(envID, "id of environment")
	t.Setenv(envSecret, "hidden")
	check(t, get(t, p), "key id", "hidden", "") // it keeps to what it found
	check(t, get(t, Default()), "id of environment", "hidden", "")
}

func TestDefaultStopsAtWhatIsConfiguredAndFails(t *testing.T) {
	srv := newServer(t, true, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	t.Setenv("ALIBABA_CLOUD_CONFIG_FILE", cliFile(t)) // would have credentials
	oidc := OIDC(OIDCOptions{RoleARN: role, ProviderARN: "p", TokenFile: writeFile(t, "hidden"), STS: STSOptions{Endpoint: srv.host()}})
	p := Chain(Environment(), oidc, CLIProfile(CLIProfileOptions{}))
	err := failure(t, p, "get credentials from chain: environment: ALIBABA_CLOUD_ACCESS_KEY_ID is not set; OIDC: the service refused")
	assert.NotContains(t, err.Error(), "CLI profile")
}

func TestChainSearchesOnce(t *testing.T) {
	t.Parallel()
	asked := 0 // the race detector finds searches that overlap
	absentee := roa.CredentialsFunc(func(context.Context) (roa.Credentials, error) {
		asked++
		return roa.Credentials{}, ErrNotConfigured
	})
	p := Chain(absentee, Static("id", "hidden"))
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() { check(t, get(t, p), "id", "hidden", "") })
	}
	group.Wait()
	assert.Equal(t, 1, asked)
}

func TestChainsNest(t *testing.T) {
	t.Parallel()
	nothing := roa.CredentialsFunc(func(context.Context) (roa.Credentials, error) { return roa.Credentials{}, ErrNotConfigured })
	check(t, get(t, Chain(Chain(nothing), Static("id", "hidden"))), "id", "hidden", "")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Chain(roa.CredentialsFunc(func(context.Context) (roa.Credentials, error) {
		<-ctx.Done()
		return roa.Credentials{}, ctx.Err()
	})).Credentials(ctx)
	require.ErrorIs(t, err, context.Canceled)
}

// Programs that do not import this package must not link what it needs.
func TestOthersDoNotImportThisPackage(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "../roa", "../ack", "../kubeconfig").Output()
	require.NoError(t, err)
	assert.Contains(t, string(out), "github.com/ackgen/ackgen/sdk/ack")
	for pkg := range strings.FieldsSeq(string(out)) {
		assert.NotContains(t, pkg, "github.com/aliyun/")
		assert.NotContains(t, pkg, "sdk/credentials")
	}
}
