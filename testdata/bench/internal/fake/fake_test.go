package fake

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParse(t *testing.T) {
	t.Parallel()
	const text = `goos: linux
BenchmarkLoad/state-2      10000   98000 ns/op   0 errors   10200.5 requests/s
BenchmarkLoad/state-2      10000   99000 ns/op   1 errors   10100 requests/s
BenchmarkLoad/states-2     10000   99000 ns/op   7 errors   7 requests/s
BenchmarkLoad/examples     10000   60000 ns/op   0 errors   16000 requests/s
PASS
`
	got, err := parse(text, "BenchmarkLoad/state")
	require.NoError(t, err)
	require.Equal(t, map[string][]float64{"ns/op": {98000, 99000}, "errors": {0, 1}, "requests/s": {10200.5, 10100}}, got)
	got, err = parse(text, "BenchmarkLoad/examples")
	require.NoError(t, err)
	require.Equal(t, []float64{16000}, got["requests/s"])

	_, err = parse(text, "BenchmarkLoad/none")
	require.ErrorContains(t, err, "reported no requests")
	_, err = parse("BenchmarkLoad/state-2 1 a ns/op", "BenchmarkLoad/state")
	require.ErrorContains(t, err, `parsing "a"`)
}
