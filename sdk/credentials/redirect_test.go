package credentials

import (
	"io"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestHostileServiceRedirects has services that send tokens and signatures on to another
// address, which must not see them.
func TestHostileServiceRedirects(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect} {
		for _, secure := range []bool{false, true} {
			other := newServer(t, secure, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
			var asked, passedOn atomic.Int64
			sources := plantSources(t, func(w http.ResponseWriter, r *http.Request) {
				asked.Add(1)
				if r.Host == other.host() { // this is the proxy of a source
					passedOn.Add(1)
				}
				http.Redirect(w, r, other.URL+"/taken", status)
			})
			for name, s := range sources {
				asked.Store(0)
				_, err := s.source().Credentials(t.Context())
				require.Error(t, err, name)
				assert.Positive(t, asked.Load(), name)
				assert.Zero(t, passedOn.Load(), name)
			}
			assert.Empty(t, other.seen(), "status %d", status)
		}
	}
}

// TestServiceLeavesTLS has a service that redirects to its own address, in the clear.
func TestServiceLeavesTLS(t *testing.T) {
	t.Parallel()
	srv := newServer(t, true, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", "http://"+r.Host+"/")
		w.WriteHeader(http.StatusTemporaryRedirect)
	})
	_, err := RAMRole(RAMRoleOptions{Source: STS("id", "key", "token"), RoleARN: role, STS: STSOptions{Endpoint: srv.host()}}).Credentials(t.Context())
	require.ErrorContains(t, err, "redirects to another address")
}

// TestNoFile switches a file off as programs do.
func TestNoFile(t *testing.T) {
	t.Setenv("ALIBABA_CLOUD_CREDENTIALS_FILE", os.DevNull)
	_, err := Profile("").Credentials(t.Context())
	require.ErrorIs(t, err, ErrNotConfigured)
}

// TestHostileRoleNames has a metadata service that names a role which would lead elsewhere. Nobody but the service is asked, and the name is in no error.
func TestHostileRoleNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"../../../hidden", "hidden\r\nHost: evil.example.com", "@evil.example.com/hidden", "//evil.example.com/hidden", "http://evil.example.com/hidden", "hidden?a#b", "%zzhidden",
		"\x1b[31mhidden", "\xffhidden", strings.Repeat("hidden", 10_000),
	} {
		srv := newServer(t, false, func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/security-credentials/") {
				_, _ = io.WriteString(w, name)
				return
			}
			w.WriteHeader(http.StatusForbidden)
			_, _ = io.WriteString(w, "hidden")
		})
		fails(t, ECSRole(ECSRoleOptions{AllowIMDSv1: true, HTTP: HTTPOptions{Proxy: srv.URL}}), "get credentials from ECS metadata: ")
		require.NotEmpty(t, srv.seen())
		for _, request := range srv.seen() {
			_, place, _ := strings.Cut(request, " ")
			assert.True(t, strings.HasPrefix(place, metadataHost+"/"), "%q", request)
		}
	}
}
