package main

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// fakeNodes has one method of the interface, and those to come by embedding it.
type fakeNodes struct {
	ack.NodesAPI

	looks [][]ack.Node
}

func (f *fakeNodes) DescribeClusterNodesAll(context.Context, *ack.DescribeClusterNodesRequest, ...roa.CallOption) iter.Seq2[ack.Node, error] {
	return func(yield func(ack.Node, error) bool) {
		if len(f.looks) == 0 {
			yield(ack.Node{}, errors.New("no more looks"))
			return
		}
		nodes := f.looks[0]
		f.looks = f.looks[1:]
		for _, n := range nodes {
			if !yield(n, nil) {
				return
			}
		}
	}
}

func TestWatch(t *testing.T) {
	t.Parallel()
	fake := &fakeNodes{looks: [][]ack.Node{
		{{NodeName: "n1", State: ack.NodeStatePending}, {NodeName: "n2", State: ack.NodeStateRunning}},
		{{NodeName: "n1", State: ack.NodeStateRunning}, {NodeName: "n2", State: ack.NodeStateRunning, HostName: "h"}, {NodeName: "n3"}},
	}}
	var out bytes.Buffer
	require.NoError(t, watch(t.Context(), &out, fake, "c1", 0))
	assert.Equal(t, "n1 was on its way and is at work\n", out.String())
}

func TestWatchEnds(t *testing.T) {
	t.Parallel()
	require.ErrorContains(t, watch(t.Context(), &bytes.Buffer{}, &fakeNodes{}, "c1", 0), "no more looks")
	require.ErrorContains(t, watch(t.Context(), &bytes.Buffer{}, &fakeNodes{looks: [][]ack.Node{nil}}, "c1", 0), "no more looks")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, watch(ctx, &bytes.Buffer{}, &fakeNodes{looks: [][]ack.Node{nil}}, "c1", 1<<40), context.Canceled)
}

func TestDoing(t *testing.T) {
	t.Parallel()
	for state, want := range map[ack.NodeState]string{
		ack.NodeStateFailed: "broken", ack.NodeStateStarting: "on its way", "hibernating": "in state hibernating",
	} {
		assert.Equal(t, want, doing(ack.Node{State: state}))
	}
}
