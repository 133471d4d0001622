package otel

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

const (
	id      = "testAccessKeyId"
	secret  = "testAccessKeySecret"
	token   = "testSecurityToken"
	cluster = "c82e6987e2961451182edacd74faf1234"
)

// fixture is a fake server, a traced client of it, and what both saw.
type fixture struct {
	srv      *acktest.Server
	client   *ack.Client
	spans    *tracetest.InMemoryExporter
	tracers  *sdktrace.TracerProvider
	requests *headers
}

// headers remembers the header of every request below the tracing layer.
type headers struct {
	base http.RoundTripper
	seen []http.Header
}

func (h *headers) RoundTrip(req *http.Request) (*http.Response, error) {
	h.seen = append(h.seen, req.Header.Clone())
	return h.base.RoundTrip(req)
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	f := &fixture{
		srv:      acktest.NewServer(t, acktest.WithExamples(), acktest.WithCredentials(id, secret, token)),
		spans:    tracetest.NewInMemoryExporter(),
		requests: &headers{},
	}
	f.tracers = sdktrace.NewTracerProvider(sdktrace.WithSyncer(f.spans))
	f.client = f.srv.Client(t,
		roa.WithRetry(roa.DefaultRetryPolicy{BaseDelay: time.Nanosecond}),
		traced(otelhttp.WithTracerProvider(f.tracers), otelhttp.WithPropagators(propagation.TraceContext{})),
		roa.WithMiddleware(func(next http.RoundTripper) http.RoundTripper {
			f.requests.base = next
			return f.requests
		}),
	)
	return f
}

func TestEveryAttemptIsASpan(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	const operation = "DescribeClusterUserKubeconfig"
	f.srv.Respond(operation, acktest.Response{Status: http.StatusServiceUnavailable, Body: `{"code":"ServiceUnavailable"}`})

	ctx, parent := f.tracers.Tracer("test").Start(t.Context(), "deploy")
	_, err := f.client.DescribeClusterUserKubeconfig(ctx, &ack.DescribeClusterUserKubeconfigRequest{
		ClusterID: cluster, TemporaryDurationMinutes: new(int64(60)),
	})
	require.NoError(t, err, "the added header does not spoil the signature")
	parent.End()

	spans := f.spans.GetSpans()
	require.Len(t, spans, 3)
	for i, status := range []int{http.StatusServiceUnavailable, http.StatusOK} {
		span, got := spans[i], attributes(spans[i])
		assert.Equal(t, operation, span.Name)
		assert.Equal(t, trace.SpanKindClient, span.SpanKind)
		assert.Equal(t, parent.SpanContext().SpanID(), span.Parent.SpanID())
		assert.Equal(t, "GET", got["http.request.method"])
		assert.Equal(t, "127.0.0.1", got["server.address"])
		assert.Equal(t, f.srv.URL+"/k8s/"+cluster+"/user_config?TemporaryDurationMinutes=60", got["url.full"])
		assert.Equal(t, strconv.Itoa(status), got["http.response.status_code"])
		assert.Contains(t, f.requests.seen[i].Get("Traceparent"), span.SpanContext.SpanID().String())
	}
	assert.Equal(t, codes.Error, spans[0].Status.Code)
	assert.Equal(t, codes.Unset, spans[1].Status.Code)
	assertNoSecret(t, f)
}

func TestAnAttemptWithoutAnAnswerIsASpan(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.srv.Close()
	_, err := f.client.DescribeClusterDetail(t.Context(), &ack.DescribeClusterDetailRequest{ClusterID: cluster})
	require.Error(t, err)
	spans := f.spans.GetSpans()
	require.Len(t, spans, roa.DefaultMaxAttempts)
	for _, span := range spans {
		assert.Equal(t, codes.Error, span.Status.Code)
		assert.Contains(t, span.Status.Description, "connection refused")
		assert.NotContains(t, attributes(span), "http.response.status_code")
	}
	assertNoSecret(t, f)
}

func attributes(span tracetest.SpanStub) map[string]string {
	out := map[string]string{}
	for _, a := range span.Attributes {
		out[string(a.Key)] = a.Value.String()
	}
	return out
}

// assertNoSecret checks everything that a span holds. The requests must have
// been signed, or it would prove nothing.
func assertNoSecret(t *testing.T, f *fixture) {
	t.Helper()
	require.NotEmpty(t, f.requests.seen)
	spans := f.spans.GetSpans()
	for _, header := range f.requests.seen {
		auth := header.Get("Authorization")
		_, signature, found := strings.Cut(auth, "Signature=")
		require.True(t, found)
		require.True(t, header.Get("X-Acs-Security-Token") == token)
		for _, span := range spans {
			for _, text := range texts(span) {
				for _, hidden := range []string{auth, signature, id, secret, token} {
					assert.False(t, strings.Contains(text, hidden), "span %s holds a part of the credentials", span.Name)
				}
			}
		}
	}
}

// texts returns the name, the status, and all keys and values of the attributes
// of a span and its events.
func texts(span tracetest.SpanStub) []string {
	out := []string{span.Name, span.Status.Description}
	all := [][]attribute.KeyValue{span.Attributes}
	for _, event := range span.Events {
		out = append(out, event.Name)
		all = append(all, event.Attributes)
	}
	for _, list := range all {
		for _, a := range list {
			out = append(out, string(a.Key), a.Value.String())
		}
	}
	return out
}
