package interop

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/alibabacloud-go/tea/tea"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest"
)

// A refusal is the body of an error.
type refusal struct {
	Code      string `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// An outcome is what the official runtime says of a call.
type outcome struct {
	status int
	refusal
}

// A bench makes calls with the official runtime on a fake server that keeps state, each on the same site.
type bench struct {
	site *site
	rec  *recorder
	call func(op *operation, in input) (map[string]any, error)
}

func newBench(t *testing.T) (*bench, []*operation) {
	t.Helper()
	m := modes[0]
	srv := acktest.NewServer(t, acktest.WithCredentials(m.id, m.secret, m.token))
	version, ops := operations(t)
	rec := newRecorder(t, srv)
	return &bench{site: newSite(t, srv), rec: rec, call: officialRuntimeOf(t, rec, version, m)}, ops
}

// try makes one call. The response must be a success, or a refusal of the shape that the service gives it.
func (b *bench) try(t *testing.T, op *operation, in input) outcome {
	t.Helper()
	result, err := b.call(op, in)
	op.checkReply(t, b.rec.latest())
	if err == nil {
		status := statusOf(t, result)
		assert.Less(t, status, http.StatusMultipleChoices)
		return outcome{status: status}
	}
	var failure *tea.SDKError
	require.ErrorAs(t, err, &failure, "the call failed without a response")
	out := outcome{status: tea.IntValue(failure.StatusCode)}
	require.NoError(t, json.Unmarshal([]byte(tea.StringValue(failure.Data)), &out.refusal))
	assert.GreaterOrEqual(t, out.status, http.StatusBadRequest, out.Message)
	assert.Less(t, out.status, http.StatusInternalServerError, out.Message)
	assert.Equal(t, tea.StringValue(failure.Code), out.Code)
	assert.NotEmpty(t, out.Code)
	assert.NotEmpty(t, out.Message)
	assert.NotEmpty(t, out.RequestID)
	return out
}

// checkReply compares a response with what the spec says of those with its status, which is the default unless it says so.
func (op *operation) checkReply(t *testing.T, got reply) {
	t.Helper()
	ref := op.responses.Status(got.status)
	if ref == nil {
		ref = op.responses.Default()
		assert.GreaterOrEqual(t, got.status, http.StatusBadRequest, "the spec has no such success")
	}
	require.NotNil(t, ref, "the spec has no response with the status %d", got.status)
	if len(ref.Value.Content) == 0 {
		assert.Empty(t, got.body)
		return
	}
	media := ref.Value.Content.Get(got.mediaType)
	require.NotNil(t, media, "the spec has no response of the type %q", got.mediaType)
	if media.Schema == nil || !strings.HasPrefix(got.mediaType, jsonType) {
		return
	}
	var value any
	require.NoError(t, json.Unmarshal(got.body, &value))
	if err := media.Schema.Value.VisitJSON(value, openapi3.VisitAsResponse()); err != nil {
		var mismatch *openapi3.SchemaError
		require.ErrorAs(t, err, &mismatch)
		assert.Fail(t, "the response does not fit the spec", "%v: %s", mismatch.JSONPointer(), mismatch.SchemaField) // without values: they may be secret
	}
}

// TestStatefulServer makes each call of the API with the official runtime on a server that has what the call is about, on one that has not, and
// with values that the spec forbids.
func TestStatefulServer(t *testing.T) {
	t.Parallel()
	b, ops := newBench(t)
	table := []string{fmt.Sprintf("%-40s %-8s %-8s %s", "operation", "valid", "unknown", "invalid")}
	//nolint:paralleltest // The calls share a site.
	for _, op := range ops {
		row := make(map[string][]string)
		t.Run(op.name, func(t *testing.T) {
			for _, in := range op.examples(t) {
				t.Run("valid "+in.label, func(t *testing.T) { row["valid"] = append(row["valid"], b.valid(t, op, in)) })
				t.Run("unknown "+in.label, func(t *testing.T) { row["unknown"] = append(row["unknown"], b.unknown(t, op, in)) })
			}
			for label, spoil := range op.spoilers(t) {
				t.Run("invalid "+label, func(t *testing.T) { row["invalid"] = append(row["invalid"], b.refused(t, op, spoil)) })
			}
		})
		table = append(table, fmt.Sprintf("%-40s %-8s %-8s %s", op.name, summary(row["valid"]), summary(row["unknown"]), summary(row["invalid"])))
	}
	t.Log("\n" + strings.Join(table, "\n"))
}

// summary is each status once.
func summary(statuses []string) string {
	if len(statuses) == 0 {
		return "-"
	}
	slices.Sort(statuses)
	return strings.Join(slices.Compact(statuses), ",")
}

// examples returns the calls with the examples of the spec, one for each example of the body.
func (op *operation) examples(t *testing.T) []input {
	t.Helper()
	return slices.DeleteFunc(op.inputs(t), func(in input) bool { return !strings.HasPrefix(in.label, "example") })
}

// valid makes a call about what there is, which must succeed.
func (b *bench) valid(t *testing.T, op *operation, in input) string {
	t.Helper()
	b.site.restore(t, b.site.full)
	got := b.try(t, op, b.site.suited(t, op, in))
	assert.Less(t, got.status, http.StatusMultipleChoices, "%s: %s", got.Code, got.Message)
	return strconv.Itoa(got.status)
}

// unknown makes the call of the spec as it is, about what there is not: whatever has an id in its path is not found.
func (b *bench) unknown(t *testing.T, op *operation, in input) string {
	t.Helper()
	b.site.restore(t, b.site.empty)
	got := b.try(t, op, in)
	if strings.Contains(op.path, "{ClusterId}") {
		assert.Equal(t, http.StatusNotFound, got.status, "%s: %s", got.Code, got.Message)
	}
	return strconv.Itoa(got.status)
}

// refused makes a call about what there is that the spec forbids.
func (b *bench) refused(t *testing.T, op *operation, spoil func(*input)) string {
	t.Helper()
	b.site.restore(t, b.site.full)
	in := b.site.suited(t, op, op.examples(t)[0])
	spoil(&in)
	got := b.try(t, op, in)
	assert.Equal(t, http.StatusBadRequest, got.status, "%s: %s", got.Code, got.Message)
	return strconv.Itoa(got.status)
}
