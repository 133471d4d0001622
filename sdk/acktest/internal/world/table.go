package world

import (
	"errors"
	"iter"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// A Table holds rows by id, in the order in which they were put in. The zero value is an empty one.
type Table[T any] struct {
	rows map[string]*T
	ids  []string
}

// Get returns the row of an id, or nil.
func (t *Table[T]) Get(id string) *T { return t.rows[id] }

// Put adds a row, or replaces the one of its id, which keeps its place.
func (t *Table[T]) Put(id string, row *T) {
	if t.rows == nil {
		t.rows = make(map[string]*T)
	}
	if t.rows[id] == nil {
		t.ids = append(t.ids, id)
	}
	t.rows[id] = row
}

// Delete removes a row, if there is one.
func (t *Table[T]) Delete(id string) {
	if t.rows[id] == nil {
		return
	}
	delete(t.rows, id)
	t.ids = slices.DeleteFunc(t.ids, func(other string) bool { return other == id })
}

// Len returns the number of rows.
func (t *Table[T]) Len() int { return len(t.ids) }

// All goes through the rows, the oldest first. Rows may be deleted meanwhile.
func (t *Table[T]) All() iter.Seq2[string, *T] {
	return func(yield func(string, *T) bool) {
		for _, id := range slices.Clone(t.ids) {
			if row := t.rows[id]; row != nil && !yield(id, row) {
				return
			}
		}
	}
}

// Find returns the oldest row that suits, or nil.
func (t *Table[T]) Find(suits func(*T) bool) *T {
	for _, row := range t.All() {
		if suits(row) {
			return row
		}
	}
	return nil
}

// savedRow is a row in a snapshot.
type savedRow[T any] struct {
	ID  string `json:"id"`
	Row *T     `json:"row"`
}

// MarshalJSONTo writes the rows as a list, so that they keep their order.
func (t Table[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	list := make([]savedRow[T], len(t.ids))
	for i, id := range t.ids {
		list[i] = savedRow[T]{ID: id, Row: t.rows[id]}
	}
	return json.MarshalEncode(enc, list) // called by the encoder, which says where
}

// UnmarshalJSONFrom reads what MarshalJSONTo wrote.
func (t *Table[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	var list []savedRow[T]
	if err := json.UnmarshalDecode(dec, &list); err != nil {
		return err // called by the decoder, which says where
	}
	*t = Table[T]{}
	for _, saved := range list {
		if saved.Row == nil || t.Get(saved.ID) != nil {
			return errors.New("a row is missing or there twice")
		}
		t.Put(saved.ID, saved.Row)
	}
	return nil
}
