package world

import (
	"math/rand/v2"
)

const (
	digits    = "0123456789"
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

// NewNumber returns a new id of n digits, such as 206712345670374.
func (w *World) NewNumber(n int) string { return w.state.ids.text(digits, n) }

// NewUUID returns a new id in the layout of a UUID, such as 9ad04f72-8ee7-46bf-a02c-e4a06b391234.
func (w *World) NewUUID() string {
	text := w.NewHexID("", 32)
	return text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:]
}
