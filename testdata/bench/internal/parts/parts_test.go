package parts

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/testdata/bench/internal/peers"
)

func TestTableComparesWithOursOfTheGroup(t *testing.T) {
	t.Parallel()
	all := []peers.Part{{Group: "sign", Name: peers.Ours}, {Group: "sign", Name: "theirs"}, {Group: "bind", Name: peers.Ours}, {Group: "bind", Name: "theirs"}}
	section := table(all, map[string][]peers.Cost{
		"sign: ours":   {{CPU: 1, Allocations: 2.4}, {CPU: 2, Allocations: 2.4}, {CPU: 3, Allocations: 2.4}},
		"sign: theirs": {{CPU: 4}, {CPU: 4}, {CPU: 15}},
		"bind: ours":   {{CPU: 10}}, "bind: theirs": {{CPU: 5, Bytes: 7.6}},
	})
	cell := func(row, column string) string {
		figure, ok := section.Figure(row, column)
		require.True(t, ok)
		return figure.String()
	}
	require.Equal(t, "2 µs (1–3)", cell("sign: ours", "CPU"))
	require.Equal(t, "1", cell("sign: ours", OfOurs))
	require.Equal(t, "2", cell("sign: ours", "allocations"))
	require.Equal(t, "4 (2–5)", cell("sign: theirs", OfOurs))
	require.Equal(t, "0.500", cell("bind: theirs", OfOurs))
	require.Equal(t, "8", cell("bind: theirs", "bytes"))
}
