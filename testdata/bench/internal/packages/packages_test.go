package packages

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRename(t *testing.T) {
	t.Parallel()
	require.Equal(t, "module example.com/bench\n\nreplace github.com/ackgen/ackgen => /src/$1\n",
		rename("module github.com/ackgen/ackgen/testdata/size\n\nreplace github.com/ackgen/ackgen => ../..\n", "/src/$1"))
}
