package roa

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type reservedItem struct {
	ID   string         `json:"id,omitzero"`
	Size int64          `json:"size,omitzero"`
	Subs []reservedItem `json:"subs,omitzero"`
}

type reservedPage struct {
	Total int64          `json:"total,omitzero"`
	Items []reservedItem `json:"items,omitzero"`
}

// reservedBodies are responses that begin or hide a list in each way.
var reservedBodies = map[string]string{
	"absent":               `{"total":3}`,
	"null":                 `{"items":null}`,
	"empty":                `{"items":[]}`,
	"empty, then others":   `{"items":[],"other":[{"id":"a"},{"id":"b"},{"id":"c"}]}`,
	"one":                  `{"items":[{"id":"a"}]}`,
	"several":              `{"total":3,"items":[{"id":"a"},{"id":"b"},{"id":"c"}]}`,
	"in other orders":      `{"items":[{"id":"a"},{"size":1,"id":"b"},{"id":"c"},{},{"id":"d"}]}`,
	"with lists in items":  `{"items":[{"id":"a","subs":[{"id":"b"},{"id":"c"}]},{"id":"d"}]}`,
	"first item empty":     `{"items":[{},{"id":"a"},{},{"id":"b"}]}`,
	"elsewhere":            `{"other":{"items":[{"id":"a"},{"id":"b"}]}}`,
	"elsewhere, and empty": `{"other":{"items":[{"id":"a"},{"id":"b"}]},"items":[]}`,
	"twice":                `{"items":[{"id":"a"},{"id":"b"}],"items":[{"size":1}]}`,
	"twice, null last":     `{"items":[{"id":"a"},{"id":"b"}],"items":null}`,
	"spaced":               "{ \"items\" : [ { \"id\" : \"a\" } , { \"id\" : \"b\" } ] }",
	"quoted":               `{"other":"\"items\":[{\"id\":1},{\"id\":2}]"}`,
	"not as declared":      `{"items":[{"id":"a"},{"id":"b","size":"12"},{"id":"c"}]}`,
	"one without a list":   `{"items":{"id":"a"}}`,
	"only a list":          `[{"id":"a"},{"id":"b"},{"id":"c"}]`,
}

// TestReserve checks that room for a list changes nothing but how much memory it takes.
func TestReserve(t *testing.T) {
	t.Parallel()
	for name, body := range reservedBodies {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, out := range []any{new(reservedPage), new([]reservedItem)} {
				assertReserveHidden(t, []byte(body), out)
			}
			for _, out := range []any{new(reservedPage), new([]reservedItem)} { // long enough for room
				assertReserveHidden(t, []byte(body+strings.Repeat(" ", 1000)), out)
			}
		})
	}
	page := new(reservedPage)
	_, err := decoder{}.decode([]byte(`{"total":3,"items":[{"id":"ngw-a"},{"id":"ngw-b"},{"id":"ngw-c","size":1200}]}`), page)
	require.NoError(t, err)
	assert.Equal(t, 3, cap(page.Items), "the list is as long as its items")
	page = new(reservedPage)
	_, err = decoder{}.decode([]byte(`{"items":[{"id":"a","subs":[{"id":"b"}`+strings.Repeat(`,{"id":"b"}`, 1000)+`]}]}`), page)
	require.NoError(t, err)
	assert.Equal(t, 1, cap(page.Items), "other lists are not counted for good")
	assert.Equal(t, "a", page.Items[0].ID, "what was read before room is taken back stays")
	assert.Len(t, page.Items[0].Subs, 1001)
	page = &reservedPage{Items: []reservedItem{{ID: "kept"}}}
	_, err = decoder{}.decode([]byte(`{"other":{"items":[{"id":"a"},{"id":"b"},{"id":"c"}]}}`+strings.Repeat(" ", 1000)), page)
	require.NoError(t, err)
	assert.Equal(t, []reservedItem{{ID: "kept"}}, page.Items, "the response does not mention them")
}

// assertReserveHidden decodes a body, and compares with what decoding as declared makes
// of it without room.
func assertReserveHidden(t *testing.T, body []byte, out any) {
	t.Helper()
	without := reflect.New(reflect.TypeOf(out).Elem()).Interface()
	if decodeStrict(body, without) != nil {
		return
	}
	lost, err := decoder{}.decode(body, out)
	require.NoError(t, err)
	assert.Empty(t, lost)
	assert.Equal(t, without, out) // tells nil from empty
}

// FuzzReserve looks for a response whose values change with the room for its list.
func FuzzReserve(f *testing.F) {
	for _, body := range reservedBodies {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		assertReserveHidden(t, body, new(reservedPage))
		assertReserveHidden(t, body, new([]reservedItem))
	})
}

// TestReserveIsBounded counts items of what is no list of objects.
func TestReserveIsBounded(t *testing.T) {
	t.Parallel()
	type large struct {
		Text [1000]string `json:"text"`
	}
	body := []byte(`{"items":[` + strings.Repeat(`{"a":`, 1000))
	room := listOf(reflect.TypeFor[struct {
		Items []large `json:"items"`
	}]())
	var out struct {
		Items []large `json:"items"`
	}
	reserved := room.reserve(body, reflect.ValueOf(&out).Elem())
	assert.False(t, reserved.IsValid(), "two times its length is not the room of one item")
	assert.Nil(t, out.Items)
	reserved = room.reserve([]byte(`{"items":[`+strings.Repeat("1,", 100_000)), reflect.ValueOf(&out).Elem())
	assert.False(t, reserved.IsValid(), "these are no objects")
	many := []byte(`{"items":[` + strings.Repeat(`{"a":`, 100_000))
	reserved = room.reserve(many, reflect.ValueOf(&out).Elem())
	require.True(t, reserved.IsValid())
	assert.LessOrEqual(t, cap(out.Items)*int(reflect.TypeFor[large]().Size()), 2*len(many))
}

// readingList is a list that reads its own JSON.
type readingList []reservedItem

func (*readingList) UnmarshalJSON([]byte) error { return nil }

// TestListOf has types of responses with one list of objects, and others.
func TestListOf(t *testing.T) {
	t.Parallel()
	type item struct{ ID string }
	for name, tt := range map[string]struct {
		of   reflect.Type
		want string
	}{
		"a list":      {reflect.TypeFor[[]item](), "["},
		"one list":    {reflect.TypeFor[reservedPage](), `"items":[`},
		"two lists":   {reflect.TypeFor[struct{ A, B []item }](), ""},
		"of texts":    {reflect.TypeFor[struct{ A []string }](), ""},
		"of pointers": {reflect.TypeFor[struct{ A []*item }](), ""},
		"of nothing":  {reflect.TypeFor[struct{ A []struct{} }](), ""},
		"that is not JSON": {reflect.TypeFor[struct {
			A []item `json:"-"`
		}](), ""},
		"raw":             {reflect.TypeFor[json.RawMessage](), ""},
		"of types":        {reflect.TypeFor[struct{ A []JSON }](), ""},
		"of times":        {reflect.TypeFor[struct{ A []time.Time }](), ""},
		"that reads JSON": {reflect.TypeFor[struct{ A readingList }](), ""},
		"beside such ones": {reflect.TypeFor[struct {
			A readingList
			B []time.Time
			C []item
		}](), `"C":[`},
		"a text": {reflect.TypeFor[string](), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := listOf(tt.of)
			if tt.want == "" {
				assert.Nil(t, got)
				return
			}
			require.NotNil(t, got)
			assert.Equal(t, tt.want, string(got.begin))
		})
	}
}
