package ackmock_test

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"runtime"

	"github.com/stretchr/testify/mock"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/ack/ackmock"
	"github.com/ackgen/ackgen/sdk/roa"
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
	fmt.Println("failed:", run(testCountNodes))
	// Output:
	// failed: false
}

// A list is expected as a whole: the code under test ranges over the items, and no page is asked for.
func Example_list() {
	test := func(t roamock.TestingT) {
		nodes := ackmock.NewNodesAPI(t)
		nodes.EXPECT().
			DescribeClusterNodesAll(mock.Anything, &ack.DescribeClusterNodesRequest{ClusterID: "c1"}, mock.Anything).
			Return([]ack.Node{{NodeName: "n1"}, {NodeName: "n2"}}, nil)

		for node, err := range nodes.DescribeClusterNodesAll(context.Background(), &ack.DescribeClusterNodesRequest{ClusterID: "c1"}) {
			fmt.Println(node.NodeName, err)
		}
	}
	fmt.Println("failed:", run(test))
	// Output:
	// n1 <nil>
	// n2 <nil>
	// failed: false
}

// A wait is expected as a whole, so that it takes no time. Expectations are met in this order.
func Example_wait() {
	test := func(t roamock.TestingT) {
		api := ackmock.NewAPI(t)
		roamock.InOrder(
			api.EXPECT().CreateClusterAndWait(mock.Anything, mock.Anything, mock.Anything).
				Return(&ack.CreateClusterResponse{ClusterID: "c1"}, nil).Once(),
			api.EXPECT().WaitNodesRunning(mock.Anything, &ack.DescribeClusterNodesRequest{ClusterID: "c1"}, 3, mock.Anything).
				Return(nil, roa.ErrWaitTimeout).Once(),
		)

		ctx := context.Background()
		out, err := api.CreateClusterAndWait(ctx, &ack.CreateClusterRequest{Name: "web"})
		fmt.Println(out.ClusterID, err)
		_, err = api.WaitNodesRunning(ctx, &ack.DescribeClusterNodesRequest{ClusterID: out.ClusterID}, 3)
		fmt.Println(err)
	}
	fmt.Println("failed:", run(test))
	// Output:
	// c1 <nil>
	// timed out
	// failed: false
}

// A call that no expectation fits fails the test and names what differs, and so does an expectation that no call met.
// Secrets are not shown.
func Example_failure() {
	test := func(t roamock.TestingT) {
		nodes := ackmock.NewNodesAPI(t)
		nodes.EXPECT().AttachInstances(mock.Anything, &ack.AttachInstancesRequest{
			ClusterID: "c1", Instances: []string{"i-1", "i-2"}, Password: new(roa.Secret("Ack-2026")),
		}, mock.Anything).Return(nil, nil)

		_, _ = nodes.AttachInstances(context.Background(), &ack.AttachInstancesRequest{
			ClusterID: "c1", Instances: []string{"i-1", "i-3"}, Password: new(roa.Secret("Ack-2025")),
		})
	}
	fmt.Println("failed:", run(test))
	// Output:
	// mock: unexpected call of AttachInstances at example_test.go with
	// 	ctx: a context
	// 	in: AttachInstancesRequest{ClusterID: "c1", Instances: ["i-1", "i-3"], Password: [REDACTED]}
	// 	opts: []
	// Expectation 1 at example_test.go:
	// 	in.Instances[1] differs: want "i-2", got "i-3"
	// 	in.Password differs: want [REDACTED], got [REDACTED]
	// mock: expectations were not met:
	// AttachInstances at example_test.go was not called:
	// 	ctx: anything
	// 	in: AttachInstancesRequest{ClusterID: "c1", Instances: ["i-1", "i-2"], Password: [REDACTED]}
	// 	opts: anything
	// failed: true
}

// run does what go test does with a test, and reports whether it failed.
func run(test func(t roamock.TestingT)) (failed bool) {
	t := new(exampleT)
	done := make(chan struct{})
	go func() {
		defer close(done)
		test(t)
	}()
	<-done
	for _, f := range t.cleanup {
		f()
	}
	return t.failed
}

// exampleT does what *testing.T does for a mock, as an example has none.
type exampleT struct {
	failed  bool
	cleanup []func()
}

// lines are numbers of lines of this file, which change with it.
var lines = regexp.MustCompile(`_test\.go:\d+`)

func (t *exampleT) Logf(format string, args ...any) {
	fmt.Fprintln(os.Stdout, lines.ReplaceAllString(fmt.Sprintf(format, args...), "_test.go"))
}

func (t *exampleT) Errorf(format string, args ...any) {
	t.failed = true
	t.Logf(format, args...)
}

func (t *exampleT) FailNow() {
	t.failed = true
	runtime.Goexit()
}

func (t *exampleT) Cleanup(f func()) { t.cleanup = append(t.cleanup, f) }
