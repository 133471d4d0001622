package roa

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestResponseThatGrows has short texts of values that take much memory.
func TestResponseThatGrows(t *testing.T) {
	t.Parallel()
	type large struct {
		Text [200]string `json:"text"`
	}
	type pointers struct {
		List []*large          `json:"list"`
		Maps map[string]string `json:"maps"`
		Next *pointers         `json:"next"`
	}
	for name, tt := range map[string]struct {
		body string
		out  any
	}{
		"structs":      {"[{}" + strings.Repeat(",{}", 20_000) + "]", new([]large)},
		"pointers":     {`{"list":[{}` + strings.Repeat(",{}", 20_000) + "]}", new(pointers)},
		"members":      {strings.Repeat(`{"next":`, 9000) + "null" + strings.Repeat("}", 9000), new(pointers)},
		"maps":         {"[{}" + strings.Repeat(`,{"a":"b"}`, 20_000) + "]", new([]map[string]string)},
		"map entries":  {`{"a":{}` + strings.Repeat(`,"b":{}`, 20_000) + "}", new(map[string]large)},
		"free objects": {"[{}" + strings.Repeat(`,{}`, 20_000) + "]", new(any)},
		"free numbers": {"[0" + strings.Repeat(`,0`, 20_000) + "]", new(any)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := decoder{room: 1000}.decode([]byte(tt.body), tt.out)
			require.ErrorIs(t, err, ErrResponseTooLarge)
			assert.True(t, reflect.ValueOf(tt.out).Elem().IsZero())
			_, err = decoder{room: 1 << 30}.decode([]byte(tt.body), tt.out)
			assert.NotErrorIs(t, err, ErrResponseTooLarge)
		})
	}
}

// TestOrdinaryResponsesFit has lists as the service sends them, and texts full of
// what looks like JSON.
func TestOrdinaryResponsesFit(t *testing.T) {
	t.Parallel()
	list := "[" + strings.Repeat(smallAnswer+",", 500) + smallAnswer + "]"
	_, err := decoder{room: 1}.decode([]byte(list), new([]thing))
	require.NoError(t, err)
	text := `{"id":"` + strings.Repeat(`{},[`, 20_000) + `"}`
	_, err = decoder{room: 1}.decode([]byte(text), new(thing))
	require.NoError(t, err)
}

// TestResponseThatGrowsInACall tells whom to ask about it.
func TestResponseThatGrowsInACall(t *testing.T) {
	t.Parallel()
	body := `{"parts":[{}` + strings.Repeat(",{}", 20_000) + `],"requestId":"R1"}`
	c := newTestClient(t, answer(200, "", body), WithMaxResponseSize(int64(len(body))))
	_, err := get(t.Context(), c)
	require.ErrorIs(t, err, ErrResponseTooLarge)
	assert.ErrorContains(t, err, "ack: DescribeThing: read response (request R1): response is too large: its ")
	assert.Equal(t, "too_large", ErrorClass(err))
}
