package filelock_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/internal/filelock"
)

func TestLock(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state.lock")
	first, err := filelock.Lock(path)
	require.NoError(t, err)
	_, err = filelock.Lock(path)
	require.ErrorIs(t, err, filelock.ErrLocked)
	other, err := filelock.Lock(path + "2")
	require.NoError(t, err)
	require.NoError(t, other.Close())
	require.NoError(t, first.Close())
	assert.FileExists(t, path)
	again, err := filelock.Lock(path)
	require.NoError(t, err)
	require.NoError(t, again.Close())

	_, err = filelock.Lock(filepath.Join(path, "below a file"))
	require.Error(t, err)
	require.NotErrorIs(t, err, filelock.ErrLocked)
}
