package products

import (
	"bytes"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// A decision is a difference that stays, and why.
type decision struct {
	Product    string
	Peer       string
	Operations []string // all without names
	Places     []string
	Reason     string
}

// decisions are those of decisions.yaml, and which of them were needed.
type decisions struct {
	list []decision
	met  map[[2]string]bool // by reason, and operation or place
}

func readDecisions(t *testing.T) *decisions {
	t.Helper()
	data, err := os.ReadFile("decisions.yaml")
	require.NoError(t, err)
	d := &decisions{met: make(map[[2]string]bool)}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	require.NoError(t, decoder.Decode(&d.list))
	for _, entry := range d.list {
		require.NotEmpty(t, entry.Reason)
	}
	return d
}

// cover reports whether a difference was decided.
func (d *decisions) cover(op *operation, peer peer, place string) bool {
	for _, entry := range d.list {
		concerns := len(entry.Operations) == 0 || slices.Contains(entry.Operations, op.name)
		if entry.Product == peer.product && entry.Peer == peer.name && concerns && slices.Contains(entry.Places, place) {
			d.met[[2]string{entry.Reason, op.name}] = true
			d.met[[2]string{entry.Reason, place}] = true
			return true
		}
	}
	return false
}

// checkMet fails the test for every part of a decision that nothing needs.
func (d *decisions) checkMet(t *testing.T) {
	t.Helper()
	for _, entry := range d.list {
		for _, part := range slices.Concat(entry.Operations, entry.Places) {
			assert.True(t, d.met[[2]string{entry.Reason, part}], "%s of the decision %q was not met", part, entry.Reason)
		}
	}
}
