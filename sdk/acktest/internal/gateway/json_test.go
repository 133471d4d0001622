package gateway

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseJSON(t *testing.T) {
	t.Parallel()
	nested := func(levels int) string { return strings.Repeat("[", levels) + strings.Repeat("]", levels) }
	for text, want := range map[string]error{
		`{"a":[1,"b",null,true,{"a":{}}]}`: nil,
		` 12345678901234567890 `:           nil,
		nested(maxNesting):                 nil,
		nested(maxNesting + 2):             errTooDeep,
		nested(100_000):                    errTooDeep,
		strings.Repeat(`{"a":`, 100_000):   errTooDeep,
		`{"a":1,"a":1}`:                    errDuplicate,
		`[{"b":{"a":1,"\u0061":2}}]`:       errDuplicate,
		`{"a":1,"A":1}`:                    nil,
		``:                                 errNotJSON,
		`[1,]`:                             errNotJSON,
		`{"a":1,}`:                         errNotJSON,
		`{"a"}`:                            errNotJSON,
		`{1:2}`:                            errNotJSON,
		`[`:                                errNotJSON,
		`{"a":`:                            errNotJSON,
		`1 2`:                              errNotJSON,
		`1]`:                               errNotJSON,
		"\"\xff\"":                         errNotJSON,
		`01`:                               errNotJSON,
		`NaN`:                              errNotJSON,
	} {
		_, err := parseJSON([]byte(text))
		assert.Equal(t, want, err, "%.40s", text)
	}
}

// FuzzParseJSON compares what is read with what encoding/json reads.
func FuzzParseJSON(f *testing.F) {
	for _, text := range []string{`{"a":[1,"b",null,true,{}]}`, `1 2`, `[1,]`, `{"a":1,"a":2}`, `"\ud800"`, "\"\xff\"", ` 1e400 `} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := parseJSON(data)
		if err != nil {
			// What is refused is no JSON, or what programs do not agree on.
			require.False(t, errors.Is(err, errNotJSON) && json.Valid(data) && bytes.Equal(bytes.ToValidUTF8(data, nil), data))
			return
		}
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.UseNumber()
		var want any
		require.NoError(t, decoder.Decode(&want))
		require.Equal(t, want, got)
		require.True(t, json.Valid(data))
	})
}
