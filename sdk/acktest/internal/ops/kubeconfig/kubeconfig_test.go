package kubeconfig_test

import (
	"crypto/x509"
	"encoding/pem"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/acktest/internal/ops/kubeconfig"
	"github.com/ackgen/ackgen/sdk/acktest/internal/opstest"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
	sdk "github.com/ackgen/ackgen/sdk/kubeconfig"
	"github.com/ackgen/ackgen/sdk/roa"
)

const tom = "236712345678901234"

// leaf returns the certificate of the user in a kubeconfig, which the SDK must accept.
func leaf(t *testing.T, text roa.Secret) *x509.Certificate {
	t.Helper()
	config, err := sdk.Parse(text)
	require.NoError(t, err)
	block, _ := pem.Decode(config.Certificate())
	require.NotNil(t, block)
	certificate, err := x509.ParseCertificate(block.Bytes)
	require.NoError(t, err)
	return certificate
}

func own(t *testing.T, client *ack.Client, in ack.DescribeClusterUserKubeconfigRequest) *ack.DescribeClusterUserKubeconfigResponse {
	t.Helper()
	out, err := client.DescribeClusterUserKubeconfig(t.Context(), &in)
	require.NoError(t, err)
	return out
}

// in returns the time after some time, in the seconds of certificates.
func in(srv *acktest.Server, d time.Duration) time.Time {
	return srv.Now().Add(d).Truncate(time.Second)
}

// usual returns when a certificate ends that is issued now.
func usual(srv *acktest.Server) time.Time { return srv.Now().AddDate(3, 0, 0).Truncate(time.Second) }

func TestKubeconfig(t *testing.T) {
	t.Parallel()
	srv, client, cluster := opstest.Start(t)
	first := own(t, client, ack.DescribeClusterUserKubeconfigRequest{ClusterID: cluster})
	certificate := leaf(t, first.Config)
	assert.Equal(t, opstest.Account, certificate.Subject.CommonName)
	assert.Equal(t, usual(srv), first.Expiration)
	assert.Equal(t, first.Expiration, certificate.NotAfter)

	srv.Advance(24 * time.Hour)
	same := own(t, client, ack.DescribeClusterUserKubeconfigRequest{ClusterID: cluster})
	assert.True(t, first.Config == same.Config, "a kubeconfig stays the same")
	older, err := client.DescribeClusterV2UserKubeconfig(t.Context(), &ack.DescribeClusterV2UserKubeconfigRequest{ClusterID: cluster})
	require.NoError(t, err)
	assert.True(t, first.Config == older.Config)
	assert.Zero(t, older.Expiration)

	public, err := sdk.Parse(first.Config)
	require.NoError(t, err)
	private, err := sdk.Parse(own(t, client, ack.DescribeClusterUserKubeconfigRequest{ClusterID: cluster, PrivateIPAddress: new(true)}).Config)
	require.NoError(t, err)
	assert.NotEqual(t, public.BaseURL(), private.BaseURL())

	srv.Advance(3 * 366 * 24 * time.Hour)
	next := own(t, client, ack.DescribeClusterUserKubeconfigRequest{ClusterID: cluster})
	assert.NotEqual(t, certificate.SerialNumber, leaf(t, next.Config).SerialNumber, "the first has expired")
	other := own(t, client, ack.DescribeClusterUserKubeconfigRequest{ClusterID: opstest.Cluster(t, client, "other")})
	config, err := sdk.Parse(other.Config)
	require.NoError(t, err)
	assert.NotEqual(t, public.CA(), config.CA(), "each cluster has an authority")
}

func TestTemporary(t *testing.T) {
	t.Parallel()
	srv, client, cluster := opstest.Start(t)
	for _, minutes := range []int64{15, 4320} {
		out := own(t, client, ack.DescribeClusterUserKubeconfigRequest{ClusterID: cluster, TemporaryDurationMinutes: &minutes})
		assert.Equal(t, in(srv, time.Duration(minutes)*time.Minute), out.Expiration)
		assert.Equal(t, out.Expiration, leaf(t, out.Config).NotAfter)
	}
	for _, minutes := range []int64{14, 4321} {
		_, err := client.DescribeClusterUserKubeconfig(t.Context(), &ack.DescribeClusterUserKubeconfigRequest{ClusterID: cluster, TemporaryDurationMinutes: &minutes})
		require.Error(t, err)
		_, err = client.DescribeClusterV2UserKubeconfig(t.Context(), &ack.DescribeClusterV2UserKubeconfigRequest{ClusterID: cluster, TemporaryDurationMinutes: &minutes})
		require.ErrorIs(t, err, roa.CodeInvalidParameter)
	}
	states := holders(t, client, ack.ListClusterKubeconfigStatesRequest{ClusterID: cluster})
	assert.Equal(t, ack.KubeconfigCertStateUnexpired, states.States[0].CertState)
	srv.Advance(4320 * time.Minute)
	states = holders(t, client, ack.ListClusterKubeconfigStatesRequest{ClusterID: cluster})
	assert.Equal(t, ack.KubeconfigCertStateExpired, states.States[0].CertState)
}

func TestNotReady(t *testing.T) {
	t.Parallel()
	srv, client, _ := opstest.Start(t)
	out, err := client.CreateCluster(t.Context(), &ack.CreateClusterRequest{
		Name: "next", RegionID: "cn-hangzhou", ClusterType: new(ack.ClusterTypeManagedKubernetes),
	})
	require.NoError(t, err)
	ask := func(id string) error {
		_, err := client.DescribeClusterUserKubeconfig(t.Context(), &ack.DescribeClusterUserKubeconfigRequest{ClusterID: id})
		return err
	}
	require.ErrorContains(t, ask(out.ClusterID), "has no API server")
	require.ErrorIs(t, ask("c1"), ack.CodeErrorClusterNotFound)
	srv.Advance(time.Hour)
	require.NoError(t, ask(out.ClusterID))
}

func holders(t *testing.T, client *ack.Client, in ack.ListClusterKubeconfigStatesRequest) *ack.ListClusterKubeconfigStatesResponse {
	t.Helper()
	out, err := client.ListClusterKubeconfigStates(t.Context(), &in)
	require.NoError(t, err)
	return out
}

func TestClusterStates(t *testing.T) {
	t.Parallel()
	srv, client, cluster := opstest.Start(t)
	own(t, client, ack.DescribeClusterUserKubeconfigRequest{ClusterID: cluster})
	for i := range 12 {
		_, err := client.DescribeSubaccountK8sClusterUserConfig(t.Context(), &ack.DescribeSubaccountK8sClusterUserConfigRequest{ClusterID: cluster, UID: strconv.Itoa(i)})
		require.NoError(t, err)
	}
	_, err := client.GrantPermissions(t.Context(), &ack.GrantPermissionsRequest{UID: "0", Items: []ack.PermissionGrant{
		{Cluster: &cluster, RoleType: ack.PermissionScopeCluster, RoleName: "dev", IsRAMRole: new(true)},
	}})
	require.NoError(t, err)
	first := holders(t, client, ack.ListClusterKubeconfigStatesRequest{ClusterID: cluster})
	assert.Equal(t, ack.PageInfo{PageNumber: 1, PageSize: 10, TotalCount: 13}, first.Page)
	assert.Equal(t, ack.KubeconfigState{
		AccountID: opstest.Account, AccountName: opstest.Account, AccountDisplayName: opstest.Account, AccountType: ack.KubeconfigStateAccountTypeRootAccount,
		AccountState: ack.KubeconfigStateAccountStateActive, CertState: ack.KubeconfigCertStateUnexpired, CertExpireTime: usual(srv), Revokable: true,
	}, first.States[0])
	assert.Equal(t, ack.KubeconfigStateAccountTypeRAMRole, first.States[1].AccountType)
	assert.Equal(t, ack.KubeconfigStateAccountTypeRAMUser, first.States[2].AccountType)
	second := holders(t, client, ack.ListClusterKubeconfigStatesRequest{ClusterID: cluster, PageNumber: new(int32(2)), CloudServiceKubeConfig: new(true)})
	assert.Equal(t, int32(14), second.Page.TotalCount)
	require.Len(t, second.States, 4)
	assert.Equal(t, "sls", second.States[3].CloudServiceName)
	assert.False(t, second.States[3].Revokable)
}

func TestUserStates(t *testing.T) {
	t.Parallel()
	srv, client, cluster := opstest.Start(t)
	other := opstest.Cluster(t, client, "other")
	_, err := client.DescribeSubaccountK8sClusterUserConfig(t.Context(), &ack.DescribeSubaccountK8sClusterUserConfigRequest{ClusterID: cluster, UID: tom})
	require.NoError(t, err)
	end := usual(srv)
	out, err := client.ListUserKubeConfigStates(t.Context(), &ack.ListUserKubeConfigStatesRequest{UID: tom})
	require.NoError(t, err)
	assert.Equal(t, []ack.UserKubeconfigState{
		{ClusterID: cluster, ClusterName: "test", ClusterState: "running", CertState: "Unexpired", CertExpireTime: end},
		{ClusterID: other, ClusterName: "other", ClusterState: "running", CertState: "Unissued"},
	}, out.States)
	assert.Equal(t, ack.PageInfo{PageNumber: 1, PageSize: 50, TotalCount: 2}, out.Page)
	out, err = client.ListUserKubeConfigStates(t.Context(), &ack.ListUserKubeConfigStatesRequest{UID: tom, PageNumber: new(int32(2)), PageSize: new(int32(1))})
	require.NoError(t, err)
	require.Len(t, out.States, 1)
	assert.Equal(t, other, out.States[0].ClusterID)
}

func TestExpire(t *testing.T) {
	t.Parallel()
	srv, client, cluster := opstest.Start(t)
	serial := leaf(t, own(t, client, ack.DescribeClusterUserKubeconfigRequest{ClusterID: cluster}).Config).SerialNumber
	set := &ack.UpdateK8sClusterUserConfigExpireRequest{ClusterID: cluster, User: opstest.Account, ExpireHour: 720}
	_, err := client.UpdateK8sClusterUserConfigExpire(t.Context(), set)
	require.NoError(t, err)
	out := own(t, client, ack.DescribeClusterUserKubeconfigRequest{ClusterID: cluster})
	assert.Equal(t, in(srv, 720*time.Hour), out.Expiration)
	assert.NotEqual(t, serial, leaf(t, out.Config).SerialNumber)
	states := holders(t, client, ack.ListClusterKubeconfigStatesRequest{ClusterID: cluster})
	assert.Equal(t, out.Expiration, states.States[0].CertExpireTime)

	_, err = client.RevokeK8sClusterKubeConfig(t.Context(), &ack.RevokeK8sClusterKubeConfigRequest{ClusterID: cluster})
	require.NoError(t, err)
	again := own(t, client, ack.DescribeClusterUserKubeconfigRequest{ClusterID: cluster})
	assert.Equal(t, usual(srv), again.Expiration, "the time is lost with the kubeconfig")
	assert.False(t, out.Config == again.Config)

	set.User, set.ExpireHour = tom, 1
	_, err = client.UpdateK8sClusterUserConfigExpire(t.Context(), set)
	require.NoError(t, err)
	assert.Len(t, holders(t, client, ack.ListClusterKubeconfigStatesRequest{ClusterID: cluster}).States, 1, "nothing was issued to tom")
	later, err := client.DescribeSubaccountK8sClusterUserConfig(t.Context(), &ack.DescribeSubaccountK8sClusterUserConfigRequest{ClusterID: cluster, UID: tom})
	require.NoError(t, err)
	assert.Equal(t, in(srv, time.Hour), later.Expiration)
	assert.Equal(t, tom, leaf(t, later.Config).Subject.CommonName)
	set.ClusterID = "c1"
	_, err = client.UpdateK8sClusterUserConfigExpire(t.Context(), set)
	require.ErrorIs(t, err, ack.CodeErrorClusterNotFound)
}

// TestRevoke holds that the authority of a cluster lets nobody in with a certificate that was revoked.
func TestRevoke(t *testing.T) {
	t.Parallel()
	s := world.New(world.NewSteppedClock(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)), 1)
	c := new(world.Cluster)
	user, other, account := opstest.As{State: s, User: tom}, opstest.As{State: s, User: "1"}, opstest.As{State: s}
	require.NoError(t, s.Do(world.Call{Caller: world.Caller{Account: opstest.Account}}, func(w *world.World) error {
		w.CreateCluster(c)
		return nil
	}))
	s.Advance(time.Hour)
	get := func(as opstest.As, minutes *int64) *x509.Certificate {
		out, err := opstest.Call(as, kubeconfig.DescribeClusterUserKubeconfig, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: c.ClusterID, TemporaryDurationMinutes: minutes})
		require.NoError(t, err)
		return leaf(t, out.Config)
	}
	verify := func(certificate *x509.Certificate) error {
		_, err := c.Authority.Verify([]*x509.Certificate{certificate}, s.Now())
		return err
	}
	old, short, others := get(user, nil), get(user, new(int64(15))), get(other, nil)
	require.NoError(t, verify(old))
	require.NoError(t, verify(short))
	_, err := opstest.Call(user, kubeconfig.RevokeK8sClusterKubeConfig, &ack.RevokeK8sClusterKubeConfigRequest{ClusterID: c.ClusterID})
	require.NoError(t, err)
	require.Error(t, verify(old))
	require.Error(t, verify(short), "temporary ones are revoked, too")
	require.NoError(t, verify(others))
	require.NoError(t, verify(get(user, nil)))
	short = get(user, new(int64(15)))
	s.Advance(15*time.Minute + time.Second)
	require.Error(t, verify(short), "it has expired")

	_, err = opstest.Call(user, kubeconfig.DescribeSubaccountK8sClusterUserConfig, &ack.DescribeSubaccountK8sClusterUserConfigRequest{ClusterID: c.ClusterID, UID: "1"})
	require.ErrorContains(t, err, string(ack.CodeStatusForbidden))
	_, err = opstest.Call(user, kubeconfig.UpdateK8sClusterUserConfigExpire, &ack.UpdateK8sClusterUserConfigExpireRequest{ClusterID: c.ClusterID, User: "1", ExpireHour: 1})
	require.ErrorContains(t, err, string(ack.CodeStatusForbidden))
	_, err = opstest.Call(account, kubeconfig.DescribeSubaccountK8sClusterUserConfig, &ack.DescribeSubaccountK8sClusterUserConfigRequest{ClusterID: c.ClusterID, UID: "1"})
	require.NoError(t, err)
}
