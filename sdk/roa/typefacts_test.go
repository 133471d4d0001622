package roa

import (
	"fmt"
	"reflect"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestResponseThatGrows has short texts of values that take much memory.
func TestResponseThatGrows(t *testing.T) {
	t.Parallel()
	type large struct {
		Text [200]string `json:"text"`
	}
	type chain struct {
		Text [200]string `json:"text"`
		Next *chain      `json:"next"`
	}
	type tree struct {
		Text     [200]string     `json:"text"`
		Children map[string]tree `json:"children"`
	}
	nested := func(begin string) string {
		return strings.Repeat(begin, 4000) + "null" + strings.Repeat("}", strings.Count(begin, "{")*4000)
	}
	longName := strings.Repeat("n", 100) // more text than a small map is in memory
	for name, tt := range map[string]struct {
		body string
		out  any
	}{
		"structs":      {"[{}" + strings.Repeat(",{}", 2000) + "]", new([]large)},
		"pointers":     {`[{}` + strings.Repeat(",{}", 2000) + "]", new([]*large)},
		"nulls":        {"[null" + strings.Repeat(",null", 2000) + "]", new([]large)},
		"members":      {nested(`{"next":`), new(chain)},
		"maps":         {"[{}" + strings.Repeat(`,{"a":"b"}`, 2000) + "]", new([]map[string]string)},
		"map entries":  {entries(1000, "{}"), new(map[string]large)},
		"map nulls":    {entries(1000, "null"), new(map[string]large)},
		"maps in maps": {nested(`{"` + longName + `":{"children":`), new(map[string]tree)},
		"free objects": {"[{}" + strings.Repeat(`,{"count of nodes":0}`, 2000) + "]", new(any)},
		"free members": {nested(`{"node":`), new(any)},
		"free numbers": {"[0" + strings.Repeat(`,0`, 2000) + "]", new(any)},
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

// entries returns an object whose members have names of their own, all with one value.
func entries(n int, value string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"%030d":%s`, i, value)
	}
	return "{" + b.String()[1:] + "}"
}

// TestRoomHoldsWhatIsDecoded compares the memory that values were counted for with the
// memory that they take.
func TestRoomHoldsWhatIsDecoded(t *testing.T) {
	t.Parallel()
	type times struct {
		Start *time.Time `json:"start"`
		End   *time.Time `json:"end"`
		Count *int64     `json:"count"`
	}
	repeat := func(item string) string { return "[" + strings.Repeat(item+",", 512) + item + "]" } // a slice has just grown
	for name, tt := range map[string]struct {
		body string
		out  any
	}{
		"texts":    {repeat(`""`), new([]string)},
		"booleans": {repeat("true"), new([]bool)},
		"lists":    {repeat("[]"), new([][]bool)},
		"nulls":    {repeat("null"), new([]times)},
		"no lists": {repeat("null"), new([][]string)},
		"objects":  {repeat("{}"), new([]times)},
		"pointers": {repeat(`{"start":"2026-01-01T00:00:00Z","end":"2026-01-01T00:00:00Z","count":1}`), new([]times)},
		"maps":     {repeat(`{"a":"","b":"","c":""}`), new([]map[string]string)},
		"entries":  {entries(100, "{}"), new(map[string]times)},
		"free":     {repeat(`{"a":1,"b":["",true]}`), new(any)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := decoder{}.decode([]byte(tt.body), tt.out)
			require.NoError(t, err)
			taken := memoryOf(reflect.ValueOf(tt.out).Elem())
			assert.NotZero(t, taken)
			assert.LessOrEqual(t, taken, leastRoom(tt.body, tt.out))
		})
	}
}

// leastRoom returns the least memory that a body fits into.
func leastRoom(body string, out any) int {
	facts := factsOf(reflect.TypeOf(out))
	return sort.Search(1<<30, func(room int) bool { return facts.fit([]byte(body), int64(room)) })
}

// memoryOf returns how many bytes a value refers to, beside the bytes of its texts.
func memoryOf(v reflect.Value) (n int) {
	switch v.Kind() {
	case reflect.Slice:
		n = v.Cap() * int(v.Type().Elem().Size())
		for i := range v.Len() {
			n += memoryOf(v.Index(i))
		}
	case reflect.Map:
		n = v.Len() * int(v.Type().Key().Size()+v.Type().Elem().Size())
		for _, value := range v.Seq2() {
			n += memoryOf(value)
		}
	case reflect.Struct:
		for _, field := range v.Fields() {
			n += memoryOf(field)
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			n = int(v.Elem().Type().Size()) + memoryOf(v.Elem())
		}
	}
	return n
}

// TestRoomDoesNotDependOnTexts has arrays with equally many values: what stands in a text
// does not count, and an array does once.
func TestRoomDoesNotDependOnTexts(t *testing.T) {
	t.Parallel()
	want := leastRoom(`["a","b",0]`, new(any))
	assert.Positive(t, want)
	for _, body := range []string{`["{","[null],","]"]`, `[[],[],[]]`, `[ true, [[]] ]`, `[",","\",{","` + "\u005b" + `"]`} {
		assert.Equal(t, want, leastRoom(body, new(any)), body)
	}
}

// TestOrdinaryResponsesFit has lists as the service sends them, texts full of what looks
// like JSON, a field that is not read, and members that are null.
func TestOrdinaryResponsesFit(t *testing.T) {
	t.Parallel()
	list := "[" + strings.Repeat(smallAnswer+",", 500) + smallAnswer + "]"
	_, err := decoder{room: 1}.decode([]byte(list), new([]thing))
	require.NoError(t, err)
	text := `{"id":"` + strings.Repeat(`{},[`, 20_000) + `"}`
	_, err = decoder{room: 1}.decode([]byte(text), new(thing))
	require.NoError(t, err)
	type kept struct {
		ID    string           `json:"id"`
		Cache map[string]thing `json:"-"`
	}
	_, err = decoder{room: 1}.decode([]byte(`{"id":"a text of some words"}`), new(kept))
	require.NoError(t, err)
	type node struct {
		Name  string     `json:"name"`
		Disks []part     `json:"disks"`
		Tags  []part     `json:"tags"`
		Facts [60]string `json:"facts"`
	}
	unsaid := `{"name":"` + strings.Repeat("n", 200) + `","disks":null,"tags":null}`
	_, err = decoder{room: 1}.decode([]byte("["+unsaid+","+unsaid+"]"), new([]node))
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
