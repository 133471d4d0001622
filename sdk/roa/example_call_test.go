package roa_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// A field that the SDK does not know is set by its JSON pointer, at any depth.
func ExampleCallBodyField() {
	var dump bytes.Buffer
	srv, client := fake(roa.WithDump(&dump))
	defer srv.Close()
	_, err := client.ModifyClusterNodePool(context.Background(),
		&ack.ModifyClusterNodePoolRequest{
			ClusterID: "c1", NodePoolID: "np1",
			ScalingGroup: &ack.ScalingGroupUpdate{DesiredSize: new(int64(3))},
		},
		roa.CallBodyField("/scaling_group/brand_new", true),
		roa.CallBodyField("/labels/-", map[string]string{"key": "team"}),
	)
	fmt.Println(err)
	for line := range strings.Lines(dump.String()) {
		if strings.HasPrefix(line, "> {") {
			fmt.Print(line)
		}
	}
	// Output:
	// <nil>
	// > {"labels":[{"key":"team"}],"scaling_group":{"brand_new":true,"desired_size":3}}
}

// A dump shows what goes over the wire, without its secrets. Programs mostly give
// it os.Stderr.
func ExampleWithDump() {
	var dump bytes.Buffer
	srv, client := fake(roa.WithDump(&dump))
	defer srv.Close()
	srv.Respond("DescribeClusterUserKubeconfig", acktest.Response{Body: `{"config":"apiVersion: v1 ...","expiration":"2027-01-01T00:00:00Z"}`})
	_, err := client.DescribeClusterUserKubeconfig(context.Background(), &ack.DescribeClusterUserKubeconfigRequest{ClusterID: "c1"})
	if err != nil {
		fmt.Println(err)
	}
	for line := range strings.Lines(dump.String()) {
		for _, start := range []string{"* ", "> Authorization", "> X-Acs-Action", "< 200", "< {"} {
			if strings.HasPrefix(line, start) {
				fmt.Print(line)
			}
		}
	}
	// Output:
	// * ack DescribeClusterUserKubeconfig, attempt 1
	// > Authorization: [REDACTED]
	// > X-Acs-Action: DescribeClusterUserKubeconfig
	// < 200 OK
	// < {"config":"[REDACTED]","expiration":"2027-01-01T00:00:00Z"}
}

// Options of a call hold for this call only.
func ExampleCallOption() {
	srv, client := fake()
	defer srv.Close()
	srv.Respond("DescribeTaskInfo", acktest.Response{Status: 503})
	var body []byte
	_, err := client.DescribeTaskInfo(context.Background(), &ack.DescribeTaskInfoRequest{TaskID: "T-1"},
		roa.CallTimeout(time.Minute), roa.CallMaxAttempts(1), roa.CallHeader("X-Trace", "1"), roa.CallCaptureBody(&body))
	fmt.Println(roa.ErrorClass(err), len(body), len(srv.Requests()))
	// Output:
	// server 0 1
}

// An operation that has no method is called by its name, method and path.
func ExampleClient_Call() {
	srv, client := fake()
	defer srv.Close()
	srv.Respond("DescribeTaskInfo", acktest.Response{Body: `{"state":"success"}`})
	out, err := client.Call(context.Background(), roa.RawRequest{
		Operation: "DescribeTaskInfo", Method: "GET", Path: "/tasks/{task_id}",
		PathParams: map[string]string{"task_id": "T-1"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(out.StatusCode, string(out.Body))
	// Output:
	// 200 {"state":"success"}
}
