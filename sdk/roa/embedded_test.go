package roa

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// embeddedPool is a response whose body is a type that stands elsewhere, too. That
// type embeds one itself, and what is outside wins over what is inside.
type embeddedPool struct {
	embeddedBase
	*EmbeddedMore
	Name     string   `json:"name,omitzero"`
	Metadata Metadata `json:"-"`
}

type embeddedBase struct {
	ID      string         `json:"id,omitzero" roa:"maxlen=2"`
	Name    int64          `json:"name,omitzero"`
	Size    *int64         `json:"size,omitzero" roa:"min=1"`
	Created time.Time      `json:"created,omitzero"`
	Parts   []embeddedPart `json:"parts,omitzero"`
}

// EmbeddedMore is exported, as a pointer to it must be to be set by reflection.
type EmbeddedMore struct {
	Ready bool `json:"ready,omitzero"`
}

type embeddedPart struct {
	part
	Kind string `json:"kind,omitzero" roa:"required"`
}

func TestEmbeddedStructs(t *testing.T) {
	t.Parallel()
	want := embeddedPool{
		embeddedBase: embeddedBase{
			ID: "p1", Size: new(int64(3)), Created: time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC),
			Parts: []embeddedPart{{part: part{Name: "n", Num: 2}, Kind: "k"}},
		},
		EmbeddedMore: &EmbeddedMore{Ready: true},
		Name:         "pool",
	}
	for name, tt := range map[string]struct {
		body   string
		drifts []string
	}{
		"strict": {
			`{"id":"p1","name":"pool","size":3,"created":"2026-11-26T00:00:00Z","ready":true,"parts":[{"name":"n","num":2,"kind":"k"}]}`, nil,
		},
		"lenient": {
			`{"id":"p1","name":"pool","size":"3","created":"2026-11-26","ready":"yes","parts":{"name":"n","num":"2","kind":"k"}}`,
			[]string{"/size", "/created", "/ready", "/parts/num", "/parts"},
		},
		"unknown": {
			`{"id":"p1","name":"pool","size":3,"created":"2026-11-26T00:00:00Z","ready":true,"parts":[{"name":"n","num":2,"kind":"k","new":1}],"embeddedBase":{},"x":1}`,
			[]string{"/parts/0/new", "/embeddedBase", "/x"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var at []string
			c := newTestClient(t, answer(200, "application/json", tt.body), WithDriftHook(func(d Drift) { at = append(at, d.Path) }))
			req := NewRequest(&opGet, nil)
			req.Path("ThingId", "t1")
			out := new(embeddedPool)
			require.NoError(t, c.Do(t.Context(), req, out, nil, nil))
			assert.Equal(t, &want, out)
			assert.ElementsMatch(t, tt.drifts, at)
		})
	}
}

func TestValidationOfEmbeddedStructs(t *testing.T) {
	t.Parallel()
	c := newTestClient(t, new(recorder), WithValidation())
	in := &embeddedPool{embeddedBase: embeddedBase{ID: "long", Size: new(int64(0)), Parts: []embeddedPart{{}}}}
	err := c.Do(t.Context(), NewRequest(&opCreate, in), nil, nil, nil)
	require.EqualError(t, err, "ack: CreateThing: check request: "+
		"/id must have at most 2 characters; /size must be at least 1; /parts/0/kind is missing")
}
