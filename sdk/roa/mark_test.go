package roa

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestByteOrderMark has one before a response of each shape.
func TestByteOrderMark(t *testing.T) {
	t.Parallel()
	const mark = "\ufeff"
	for name, tt := range map[string]struct {
		shape ResponseShape
		body  string
		out   any
		want  any
	}{
		"object":     {ResponseObject, mark + ` {"id":"x","requestId":"R"}`, new(thing), &thing{ID: "x"}},
		"lenient":    {ResponseObject, mark + `{"id":1,"requestId":"R"}`, new(thing), &thing{ID: "1"}},
		"array":      {ResponseArray, mark + `[{"name":"a"}]`, new([]part), &[]part{{Name: "a"}}},
		"map":        {ResponseMap, mark + `{"a":"b","requestId":"R"}`, new(map[string]string), &map[string]string{"a": "b", "requestId": "R"}},
		"text":       {ResponseText, mark + "#!/bin/sh", new(string), new("#!/bin/sh")},
		"JSON text":  {ResponseText, mark + `"a\nb"`, new(Secret), new(Secret("a\nb"))},
		"nothing":    {ResponseObject, mark + "\n", new(thing), new(thing)},
		"empty":      {ResponseEmpty, mark + `{"requestId":"R"}`, nil, nil},
		"as it came": {responseRaw, mark + `{"requestId":"R"}`, new([]byte), new([]byte(mark + `{"requestId":"R"}`))},
		"inside":     {ResponseObject, `{"id":"` + mark + `x","requestId":"R"}`, new(thing), &thing{ID: mark + "x"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var dump bytes.Buffer
			c := newTestClient(t, answer(200, "", tt.body), WithDump(&dump))
			op := &Operation{Name: "X", Method: "GET", Path: "/x", Response: tt.shape}
			var md Metadata
			require.NoError(t, c.Do(t.Context(), NewRequest(op, nil), tt.out, &md, nil))
			assert.True(t, assert.ObjectsAreEqual(tt.want, tt.out), "the value differs")
			if bytes.Contains([]byte(tt.body), []byte(`"R"`)) {
				assert.Equal(t, "R", md.RequestID)
				assert.Contains(t, dump.String(), `"requestId":"R"`)
			}
		})
	}
	for body, want := range map[string]string{
		mark + `{"code":"X","message":"m"}`: "400 X: m",
		mark + "\n<html></html>":            "400 Bad Request: responded with an HTML page",
		mark + "<Error><Code>X</Code>":      "400 X",
		mark:                                "400 Bad Request: responded with an empty body",
	} {
		err := do(t.Context(), newTestClient(t, answer(400, "", body)), &opGet)
		assert.EqualError(t, err, "ack: DescribeThing: "+want)
	}
}
