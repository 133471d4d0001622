package spell_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/internal/spell"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		word       string
		candidates []string
		want       string
	}{
		{"Node", []string{"Clusters", "Nodes"}, "Nodes"},
		{"nodes", []string{"NODES"}, "NODES"},
		{"maxmum", []string{"minimum", "maximum"}, "maximum"},
		{"abcd", []string{"abxy", "abzz"}, "abxy"},
		{"abcd", []string{"wxyz"}, ""},
		{"DescribeClusterNods", []string{"DescribeClusterPods", "DescribeClusterNodes"}, "DescribeClusterPods"},
		{"x-ack-cluster-scopd", []string{"x-ack-source", "x-ack-cluster-scoped"}, "x-ack-cluster-scoped"},
		{"", []string{"abc"}, ""},
		{"abc", nil, ""},
	} {
		assert.Equal(t, c.want, spell.Nearest(c.word, c.candidates), "%s of %v", c.word, c.candidates)
	}
}
