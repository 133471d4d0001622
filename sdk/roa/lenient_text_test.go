package roa

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// textAfter has a value that is not as declared, before whatever follows.
type textAfter struct {
	Size  int64     `json:"size"`
	ID    string    `json:"id"`
	Since time.Time `json:"since"`
}

// TestNothingFollows decodes texts that go on after the value, whether it is as
// declared or not.
func TestNothingFollows(t *testing.T) {
	t.Parallel()
	for _, value := range []string{`{"size": 3}`, `{"size": "3"}`, `{"size": []}`} {
		for _, rest := range []string{`{}`, ` x`, `}`, `null`, ` {"code": "ServiceUnavailable"}`} {
			_, err := decoder{}.decode([]byte(value+rest), new(textAfter))
			var decodeErr *DecodeError
			require.ErrorAs(t, err, &decodeErr, value+rest)
			assert.ErrorContains(t, err, "not valid JSON at byte", value+rest)
		}
		_, err := decoder{}.decode([]byte(value+" \n"), new(textAfter))
		require.NoError(t, err, value)
	}
}

// TestNeededTextIsNotMadeUp reads an id that pagers, waiters or tasks go by.
func TestNeededTextIsNotMadeUp(t *testing.T) {
	t.Parallel()
	d := decoder{needed: []string{"/id"}}
	for _, value := range []string{`{}`, `[]`, `["a"]`, `{"a": 1}`, `true`, `false`} {
		body := []byte(`{"id": ` + value + `}`)
		_, err := d.decode(body, new(textAfter))
		var decodeErr *DecodeError
		require.ErrorAs(t, err, &decodeErr, value)
		assert.Equal(t, "/id", decodeErr.Path)

		var out textAfter
		_, err = decoder{}.decode(body, &out)
		require.NoError(t, err, value)
		assert.JSONEq(t, value, out.ID, "what nothing goes by is kept as it came")
	}
	var out textAfter
	_, err := d.decode([]byte(`{"id": 12345678901234567890}`), &out)
	require.NoError(t, err)
	assert.Equal(t, "12345678901234567890", out.ID)
}

// TestBooleanIsNotATime loses what would become one second after 1970.
func TestBooleanIsNotATime(t *testing.T) {
	t.Parallel()
	for _, value := range []string{`true`, `false`, `"true"`, `" false "`} {
		var out textAfter
		lost, err := decoder{}.decode([]byte(`{"since": `+value+`}`), &out)
		require.NoError(t, err)
		assert.Zero(t, out, value)
		assert.Equal(t, []string{"/since"}, lost, value)
	}
}
