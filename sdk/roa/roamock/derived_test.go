package roamock_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/mock"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/ackgen/ackgen/sdk/roa/roamock"
)

func TestRangeAsExpected(t *testing.T) {
	t.Parallel()
	boom := errors.New("boom")
	api := newNodesAPI(t)
	e := api.EXPECT()
	var ran []string
	e.AllNodes(mock.Anything, &nodesRequest{ClusterID: "c1"}, nil).Return([]string{"a", "b"}, nil).
		Run(func(_ context.Context, in *nodesRequest, _ []roa.CallOption) { ran = append(ran, in.ClusterID) }).Twice()
	e.AllNodes(mock.Anything, &nodesRequest{ClusterID: "c2"}, mock.Anything).Return([]string{"a"}, boom).Once()
	e.AllNodes(mock.Anything, &nodesRequest{ClusterID: "c3"}, roa.CallTimeout(time.Second)).
		RunAndReturn(func(_ context.Context, in *nodesRequest, _ ...roa.CallOption) iter.Seq2[string, error] {
			return func(yield func(string, error) bool) { yield(in.ClusterID, nil) }
		})
	e.AllNodes(mock.Anything, &nodesRequest{ClusterID: "nil"}, mock.Anything).
		RunAndReturn(func(context.Context, *nodesRequest, ...roa.CallOption) iter.Seq2[string, error] { return nil })

	nodes, err := api.collect(&nodesRequest{ClusterID: "c1"})
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "b"}, nodes)
	for node, err := range api.AllNodes(t.Context(), &nodesRequest{ClusterID: "c1"}) {
		require.NoError(t, err)
		assert.Equal(t, "a", node)
		break
	}
	assert.Equal(t, []string{"c1", "c1"}, ran)
	nodes, err = api.collect(&nodesRequest{ClusterID: "c2"})
	require.ErrorIs(t, err, boom)
	assert.Equal(t, []string{"a"}, nodes)
	nodes, err = api.collect(&nodesRequest{ClusterID: "c3"}, roa.CallTimeout(time.Second))
	require.NoError(t, err)
	assert.Equal(t, []string{"c3"}, nodes)
	nodes, err = api.collect(&nodesRequest{ClusterID: "nil"})
	require.NoError(t, err)
	assert.Empty(t, nodes)
}

// TestRangeOverPages has expectations of the operation alone.
func TestRangeOverPages(t *testing.T) {
	t.Parallel()
	api := newNodesAPI(t)
	api.EXPECT().ListNodes(mock.Anything, mock.Anything, mock.Anything).
		ReturnEach(&nodesResponse{Nodes: []string{"a", "b"}}, &nodesResponse{Nodes: []string{"c"}})
	unused := api.AllNodes(t.Context(), &nodesRequest{})
	assert.NotNil(t, unused, "nothing is called before the range")
	nodes, err := api.collect(&nodesRequest{})
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "b", "c"}, nodes)
	api.AssertCalled(t, "ListNodes", mock.Anything, &nodesRequest{Count: new(int64(2))}, nil)
}

func TestWaitAsExpected(t *testing.T) {
	t.Parallel()
	failed := &roa.TaskError{State: "failed"}
	api := newNodesAPI(t)
	e := api.EXPECT()
	e.WaitNodes(mock.Anything, mock.Anything, 2, nil).Return(&nodesResponse{Nodes: []string{"ready"}}, nil).Once()
	e.WaitNodes(mock.Anything, mock.Anything, mock.MatchedBy(func(n int) bool { return n > 2 }), mock.Anything).Return(nil, failed).Once()
	e.WaitNodes(mock.Anything, nil, mock.Anything, []roa.WaitOption{}).Return(nil, nil)

	out, err := api.WaitNodes(t.Context(), &nodesRequest{}, 2)
	require.NoError(t, err)
	assert.Equal(t, []string{"ready"}, out.Nodes)
	_, err = api.WaitNodes(t.Context(), &nodesRequest{}, 3, roa.WaitTimeout(time.Second))
	require.ErrorIs(t, err, failed)
	out, err = api.WaitNodes(t.Context(), nil, 1)
	require.NoError(t, err)
	assert.NotNil(t, out)
}

// TestWaitPolls has expectations of the operation alone.
func TestWaitPolls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := newNodesAPI(t)
		api.EXPECT().ListNodes(mock.Anything, &nodesRequest{ClusterID: "c1"}, mock.Anything).
			ReturnEach(&nodesResponse{Nodes: []string{"making"}}, &nodesResponse{Nodes: []string{"ready"}})
		start := time.Now()
		out, err := api.WaitNodes(t.Context(), &nodesRequest{ClusterID: "c1"}, 1)
		require.NoError(t, err)
		assert.Equal(t, []string{"ready"}, out.Nodes)
		assert.Positive(t, time.Since(start))
	})
}

func TestInOrder(t *testing.T) {
	t.Parallel()
	first, second := newNodesAPI(t), newNodesAPI(t)
	roamock.InOrder(
		first.EXPECT().DropNodes(mock.Anything, mock.Anything, nil).Return(nil, nil).Once(),
		second.EXPECT().AllNodes(mock.Anything, mock.Anything, nil).Return(nil, nil).Once(),
		first.EXPECT().WaitNodes(mock.Anything, mock.Anything, 1, nil).Return(nil, nil).Once(),
	)
	_, err := first.DropNodes(t.Context(), nil)
	require.NoError(t, err)
	_, err = second.collect(nil)
	require.NoError(t, err)
	_, err = first.WaitNodes(t.Context(), nil, 1)
	require.NoError(t, err)
}

func TestStreamsAreNotRead(t *testing.T) {
	t.Parallel()
	broken := iotest.ErrReader(errors.New("was read"))
	one, other := io.MultiReader(broken), io.MultiReader(broken)
	tests := map[string]struct {
		want, got io.Reader
		same      bool
	}{
		"the same":          {broken, broken, true},
		"another":           {one, other, false},
		"none is wanted":    {nil, broken, false},
		"none came":         {broken, nil, false},
		"none":              {nil, nil, true},
		"texts":             {strings.NewReader("a"), strings.NewReader("a"), true},
		"other texts":       {strings.NewReader("a"), strings.NewReader("b"), false},
		"bytes":             {bytes.NewReader([]byte("a")), bytes.NewReader([]byte("a")), true},
		"buffers":           {bytes.NewBufferString("a"), bytes.NewBufferString("b"), false},
		"equal buffers":     {bytes.NewBufferString("a"), bytes.NewBufferString("a"), true},
		"of other types":    {strings.NewReader("a"), bytes.NewReader([]byte("a")), false},
		"not comparable":    {readers{broken}, readers{broken}, false},
		"partly read texts": {strings.NewReader("a"), readOne("a"), false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ft := &fakeT{}
			api := newNodesAPI(ft)
			api.EXPECT().ListNodes(mock.Anything, &nodesRequest{Stream: tt.want}, nil).Return(nil, nil).Maybe()
			in := &nodesRequest{Stream: tt.got}
			_, err := api.ListNodes(t.Context(), in)
			text := ft.end()
			if tt.same {
				require.NoError(t, err)
				assert.Empty(t, text)
				return
			}
			require.Error(t, err)
			assert.Contains(t, text, "in.Stream differs: want ")
		})
	}
}

// readers is a stream that cannot be compared.
type readers []io.Reader

func (r readers) Read(p []byte) (int, error) { return r[0].Read(p) }

func readOne(text string) io.Reader {
	r := strings.NewReader(text)
	_, _ = r.ReadByte()
	return r
}

// TestTimesAreEqualInEveryZone compares what is sent and not how it is held.
func TestTimesAreEqualInEveryZone(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	api := newNodesAPI(t)
	api.EXPECT().ListNodes(mock.Anything, &nodesRequest{Since: at}, nil).Return(nil, nil)
	_, err := api.ListNodes(t.Context(), &nodesRequest{Since: at.In(time.FixedZone("east", 8*3600))})
	require.NoError(t, err)
}
