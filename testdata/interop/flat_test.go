package interop

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	openapiutil "github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/roa"
)

// A tag and a filter are objects in a query, as products other than ACK have them.
type tag struct {
	Key   string  `json:"Key,omitzero"`
	Value *string `json:"Value,omitzero"`
}

type filter struct {
	Name   *string           `json:"Name,omitzero"`
	Size   *int64            `json:"Size,omitzero"`
	Ratio  *float64          `json:"Ratio,omitzero"`
	On     *bool             `json:"On,omitzero"`
	IDs    []string          `json:"IDs,omitzero"`
	Tags   []tag             `json:"Tags,omitzero"`
	Labels map[string]string `json:"Labels,omitzero"`
	Inner  *filter           `json:"Inner,omitzero"`
	Any    any               `json:"Any,omitzero"`
}

// TestQueriesAreFlattenedAlike compares what both make of the same values.
func TestQueriesAreFlattenedAlike(t *testing.T) {
	t.Parallel()
	full := filter{
		Name: new("a b&c=ü"), Size: new(int64(1) << 60), Ratio: new(0.25), On: new(false), IDs: []string{"z", "a,b"},
		Tags: []tag{{"k1", new("v1")}, {"k2", nil}}, Labels: map[string]string{"b": "2", "a.c": "1"},
	}
	for name, value := range map[string]any{
		"scalars":      "text",
		"numbers":      []int64{3, 1, 2},
		"object":       full,
		"objects":      []filter{full, {Name: new("second")}},
		"nested":       filter{Inner: &filter{Inner: &full}},
		"lists":        map[string]any{"a": []any{"x", 1, true}},
		"free":         filter{Any: map[string]any{"n": 12345678901234567, "l": []any{map[string]any{"k": "v"}}}},
		"eleven items": []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"},
		"time":         map[string]time.Time{"at": time.Unix(0, 0).UTC()},
		"nulls":        map[string]any{"a": nil, "b": "c"},
	} {
		want := url.Values{}
		for key, text := range openapiutil.Query(map[string]any{"Param": value}) {
			want.Set(key, *text)
		}
		assert.Equal(t, want, flattened(t, value), name)
	}
}

// flattened returns the query that a call of the SDK sends.
func flattened(t *testing.T, value any) url.Values {
	t.Helper()
	var sent url.Values
	client, err := roa.NewClient(&roa.Service{Name: "any"}, roa.WithEndpoint("example.com"), roa.WithCredentials(roa.StaticCredentials("id", "secret", "")),
		roa.WithTransport(transport(func(req *http.Request) (*http.Response, error) {
			sent = req.URL.Query()
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: http.NoBody}, nil
		})))
	require.NoError(t, err)
	req := roa.NewRequest(&roa.Operation{Name: "List", Method: http.MethodGet, Path: "/"}, nil)
	req.QueryFlat("Param", value)
	require.NoError(t, client.Do(t.Context(), req, nil, nil, nil))
	return sent
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }
