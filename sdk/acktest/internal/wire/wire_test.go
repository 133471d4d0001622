package wire_test

import (
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/wire"
	"github.com/ackgen/ackgen/sdk/roa"
)

type item struct {
	Name   string     `json:"name,omitzero"`
	Kind   roa.Code   `json:"kind,omitzero"`
	Count  int64      `json:"count,omitzero"`
	On     bool       `json:"on,omitzero"`
	Maybe  *int64     `json:"maybe,omitzero"`
	Key    roa.Secret `json:"key,omitzero"`
	List   []string   `json:"list,omitzero"`
	Any    roa.JSON   `json:"any,omitzero"`
	At     time.Time  `json:"at,omitzero"`
	Nested *item      `json:"nested,omitzero"`
}

type listResponse struct {
	Metadata roa.Metadata      `json:"-"`
	Items    []item            `json:"items,omitzero"`
	Map      map[string][]item `json:"map,omitzero"`
	Page     item              `json:"page,omitzero"`
	Total    int64             `json:"total,omitzero"`
}

type alwaysThere struct {
	List  []string `json:"list"`
	Maybe []string `json:"maybe,omitzero"`
}

// brokenStream cannot be read to its end.
type brokenStream struct{ io.Reader }

func (brokenStream) Close() error { return errors.New("broken") }

func TestEncodeErrors(t *testing.T) {
	t.Parallel()
	for name, response := range map[string]any{
		"no struct": new("a"),
		"a stream that breaks": &struct {
			Body roa.ReadCloser `json:"-"`
		}{brokenStream{strings.NewReader("a")}},
		"a number that JSON lacks": &struct {
			Ratio float64 `json:"ratio"`
		}{math.Inf(1)},
		"keys that are no text": &struct {
			Map map[int]string `json:"map"`
		}{map[int]string{1: "a"}},
	} {
		_, err := wire.Encode(response)
		require.Error(t, err, name)
	}
}

func TestEncode(t *testing.T) {
	t.Parallel()
	zero := int64(0)
	for name, tt := range map[string]struct {
		response any
		want     string
	}{
		"nothing": {&listResponse{}, `{"items":[],"map":{},"total":0}`},
		"no body": {&struct{ Metadata roa.Metadata }{}, ``},
		"no items": {&struct {
			Items []item `json:"-"`
		}{}, `[]`},
		"text": {&struct {
			Text roa.Secret `json:"-"`
		}{"curl -k"}, `curl -k`},
		"zeros": {&listResponse{Items: []item{{}}}, `{"items":[{"name":"","count":0,"on":false}],"map":{},"total":0}`},
		"values": {
			&listResponse{Page: item{
				Name: "a\"<b>", Kind: "k", Maybe: &zero, Key: "secret", List: []string{}, Any: roa.JSON(`[1]`), At: time.Unix(0, 0).UTC(), Nested: &item{Count: 1 << 60},
			}},
			`{"items":[],"map":{},"page":{"name":"a\"<b>","kind":"k","count":0,"on":false,"maybe":0,"key":"secret","list":[],"any":[1],"at":"1970-01-01T00:00:00Z",` +
				`"nested":{"name":"","count":1152921504606846976,"on":false}},"total":0}`,
		},
		"JSON text": {&struct {
			Value string `json:"-"`
		}{"a\"b"}, `"a\"b"`},
		"anything": {&struct {
			Value any `json:"-"`
		}{[]any{nil, map[string]any{"a": json.Number("9007199254740993")}}}, `[null,{"a":9007199254740993}]`},
		"stream": {&struct {
			Body roa.ReadCloser `json:"-"`
		}{io.NopCloser(strings.NewReader("\x00binary"))}, "\x00binary"},
		"no stream": {&struct {
			Body roa.ReadCloser `json:"-"`
		}{}, ""},
		"bytes": {&struct {
			Raw  []byte `json:"raw,omitzero"`
			None []byte `json:"none,omitzero"`
		}{Raw: []byte{0, 1, 255}}, `{"raw":"AAH/"}`},
		"what is always there": {&struct {
			Name *string      `json:"name"`
			Kind roa.Code     `json:"kind"`
			Page struct{}     `json:"page"`
			List []string     `json:"list"`
			Deep *alwaysThere `json:"deep,omitzero"`
		}{Deep: &alwaysThere{}}, `{"name":null,"kind":"","page":{},"list":[],"deep":{"list":[]}}`},
		"parts of a second": {&struct {
			At time.Time `json:"at"`
		}{time.Unix(0, 5e8).UTC()}, `{"at":"1970-01-01T00:00:00.5Z"}`},
		"embedded": {&ack.DescribeClustersV1Response{}, `{"clusters":[]}`},
		"map": {&struct {
			Entries map[string][]string `json:"-"`
		}{map[string][]string{"b": nil, "a": {"x"}}}, `{"a":["x"],"b":[]}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := wire.Encode(tt.response)
			require.NoError(t, err)
			if tt.want == "" || tt.want[0] != '{' {
				assert.Equal(t, tt.want, string(got))
				return
			}
			assert.JSONEq(t, tt.want, string(got))
		})
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	var in ack.DescribeClusterNodesRequest
	require.NoError(t, wire.Decode(wire.Input{
		Path:  map[string]string{"ClusterId": "c1"},
		Query: url.Values{"instanceIds": {"i-1,i-2"}, "pageSize": {"5"}},
	}, &in))
	assert.Equal(t, "c1", in.ClusterID)
	assert.Equal(t, []string{"i-1", "i-2"}, in.InstanceIDs)

	var tags ack.ListTagResourcesRequest
	require.NoError(t, wire.Decode(wire.Input{Query: url.Values{"resource_ids": {`["c1","c2"]`}, "tags": {`[{"key":"a","value":"b"}]`}, "region_id": {"cn-beijing"}}}, &tags))
	assert.Equal(t, []string{"c1", "c2"}, tags.ResourceIDs)
	require.Len(t, tags.Tags, 1)
	assert.Equal(t, "cn-beijing", tags.RegionID)

	var create ack.CreateClusterRequest
	require.NoError(t, wire.Decode(wire.Input{Body: []byte(`{"name":"a","control_plane_config":{"login_password":"geheim"}}`)}, &create))
	assert.Equal(t, "geheim", create.ControlPlaneConfig.LoginPassword.Reveal())

	var install ack.InstallClusterAddonsRequest
	require.NoError(t, wire.Decode(wire.Input{Path: map[string]string{"ClusterId": "c1"}, Body: []byte(`[{"name":"a"}]`)}, &install))
	assert.Equal(t, "c1", install.ClusterID)
	assert.Len(t, install.Items, 1)

	type otherRequest struct {
		Labels  map[string]string    `json:"-" roa:"query=labels"`
		Since   *time.Time           `json:"-" roa:"query=since"`
		Numbers []int64              `json:"-" roa:"header=X-Numbers"`
		Body    roa.Reader           `json:"-"`
		Nested  *struct{ A *string } `json:"-" roa:"query=nested"`
	}
	var other otherRequest
	require.NoError(t, wire.Decode(wire.Input{
		Query:  url.Values{"labels": {`{"a b":"c"}`}, "since": {"2026-01-02T03:04:05.5Z"}, "nested": {`{"A":"1"}`}},
		Header: http.Header{"X-Numbers": {"1,-2"}},
		Body:   []byte("\x00binary"),
	}, &other))
	assert.Equal(t, map[string]string{"a b": "c"}, other.Labels)
	assert.Equal(t, time.Date(2026, 1, 2, 3, 4, 5, 5e8, time.UTC), *other.Since)
	assert.Equal(t, []int64{1, -2}, other.Numbers)
	assert.Equal(t, "1", *other.Nested.A)
	body, err := io.ReadAll(other.Body)
	require.NoError(t, err)
	assert.Equal(t, "\x00binary", string(body))
	other = otherRequest{}
	require.NoError(t, wire.Decode(wire.Input{}, &other))
	assert.Zero(t, other)

	err = wire.Decode(wire.Input{Body: []byte(`{"login_password":{"a":"geheim"}}`)}, &create)
	require.Error(t, err)
	assert.NotContains(t, err.Error(), "geheim")
}
