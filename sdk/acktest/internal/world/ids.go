package world

import (
	"math/rand/v2"
)

const (
	hexDigits = "0123456789abcdef"
	idDigits  = "0123456789abcdefghijklmnopqrstuvwxyz"
)

// ids makes ids from a seed, so that a test sees the same ones in every run.
type ids struct {
	source *rand.PCG
	random *rand.Rand
}

func newIDs(seed uint64) *ids {
	source := rand.NewPCG(seed, seed)
	return &ids{source: source, random: rand.New(source)} //nolint:gosec // ids of a fake are to repeat
}

func (i *ids) text(digits string, n int) string {
	text := make([]byte, n)
	for at := range text {
		text[at] = digits[i.random.IntN(len(digits))]
	}
	return string(text)
}

// NewID returns a new id: a prefix and n lower-case letters and digits, such as i-bp1a8b7c6d5e4f3.
func (w *World) NewID(prefix string, n int) string { return prefix + w.state.ids.text(idDigits, n) }

// NewHexID returns a new id: a prefix and n hexadecimal digits, such as T-5a54309c80282e39ea00002f.
func (w *World) NewHexID(prefix string, n int) string { return prefix + w.state.ids.text(hexDigits, n) }
