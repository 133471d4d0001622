package store_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/store"
)

func key(name string) store.Key { return store.Key{Resource: "pods", Namespace: "a", Name: name} }

func put(s *store.Store, name, text string) {
	s.Put(key(name), object.Object{"metadata": object.Object{"name": name}, "text": text})
}

// content returns names and texts.
func content(items []store.Item) map[string]string {
	all := map[string]string{}
	for _, item := range items {
		all[item.Key.Name] = object.String(item.Object, "text")
	}
	return all
}

func TestHistory(t *testing.T) {
	t.Parallel()
	s := store.New(10)
	begin := s.Revision()
	put(s, "x", "1")
	put(s, "y", "1")
	middle := s.Revision()
	put(s, "x", "2")
	s.Delete(key("y"))
	s.Delete(key("gone"))
	s.Put(store.Key{Resource: "nodes", Name: "n"}, object.Object{})
	assert.Equal(t, begin+5, s.Revision())
	assert.Equal(t, map[string]string{"x": "2"}, content(s.List("pods", "a")))
	assert.Empty(t, s.List("pods", "b"))
	past, err := s.ListAt("pods", "", middle)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"x": "1", "y": "1"}, content(past))
	past, err = s.ListAt("pods", "", begin)
	require.NoError(t, err)
	assert.Empty(t, past)
	events, err := s.Since(middle)
	require.NoError(t, err)
	require.Len(t, events, 3)
	assert.Equal(t, "1 2", object.String(events[0].Before, "text")+" "+object.String(events[0].After, "text"))
	assert.Nil(t, events[1].After)
	events, err = s.Since(s.Revision())
	require.NoError(t, err)
	assert.Empty(t, events)
	x, ok := s.Get(key("x"))
	assert.True(t, ok)
	assert.Equal(t, strconv.FormatInt(middle+1, 10), object.String(x, "metadata", "resourceVersion"))
}

func TestHistoryIsBounded(t *testing.T) {
	t.Parallel()
	s := store.New(10)
	begin := s.Revision()
	for i := range 35 {
		put(s, "x", strconv.Itoa(i))
		events, err := s.Since(max(s.Revision()-10, begin))
		require.NoError(t, err, "the last ten are remembered")
		assert.Len(t, events, min(i+1, 10))
	}
	_, err := s.Since(begin)
	require.ErrorIs(t, err, store.ErrExpired)
	_, err = s.ListAt("pods", "", begin)
	require.ErrorIs(t, err, store.ErrExpired)
	past, err := s.ListAt("pods", "", s.Revision()-10)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"x": "24"}, content(past))
}

func TestRestore(t *testing.T) {
	t.Parallel()
	s := store.New(10)
	put(s, "x", "1")
	other := store.New(10)
	other.Restore(s.Revision(), s.All())
	assert.Equal(t, s.All(), other.All())
	_, err := other.Since(s.Revision() - 1)
	require.ErrorIs(t, err, store.ErrExpired)
	put(other, "x", "2")
	assert.Equal(t, s.Revision()+1, other.Revision())
}
