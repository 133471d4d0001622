package ackmock_test

import (
	"context"
	"fmt"
	"runtime"

	"github.com/stretchr/testify/mock"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/ack/ackmock"
	"github.com/ackgen/ackgen/sdk/roa/roamock"
)

// countNodes is the code under test. It takes the interface of the group that it needs, so that a test can hand it a mock.
func countNodes(ctx context.Context, clusters ack.ClustersAPI, id string) (int64, error) {
	out, err := clusters.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: id})
	if err != nil {
		return 0, err
	}
	return out.Size, nil
}

// testCountNodes would be TestCountNodes(t *testing.T). The mock fails the test when another call comes, or this one does not.
func testCountNodes(t roamock.TestingT) {
	clusters := ackmock.NewClustersAPI(t)
	clusters.EXPECT().
		DescribeClusterDetail(mock.Anything, &ack.DescribeClusterDetailRequest{ClusterID: "c1"}, mock.Anything).
		Return(&ack.DescribeClusterDetailResponse{Cluster: ack.Cluster{Size: 5}}, nil).Once()

	nodes, err := countNodes(context.Background(), clusters, "c1")
	if err != nil || nodes != 5 {
		t.Errorf("got %d nodes and error %v, want 5 nodes", nodes, err)
	}
}

// A mock of one group stands in for the client in the test of code that takes the interface.
func Example() {
	t := new(exampleT)
	testCountNodes(t)
	t.end()
	fmt.Println("failed:", t.failed)
	// Output:
	// failed: false
}

// exampleT does what *testing.T does for a mock, as an example has none.
type exampleT struct {
	failed  bool
	cleanup []func()
}

func (t *exampleT) Logf(format string, args ...any) { fmt.Printf(format+"\n", args...) }

func (t *exampleT) Errorf(format string, args ...any) {
	t.failed = true
	t.Logf(format, args...)
}

func (t *exampleT) FailNow() {
	t.failed = true
	runtime.Goexit()
}

func (t *exampleT) Cleanup(f func()) { t.cleanup = append(t.cleanup, f) }

func (t *exampleT) end() {
	for _, f := range t.cleanup {
		f()
	}
}
