package ack_test

import (
	"context"
	"fmt"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

// A diagnosis is started and waited for. Its result is a JSON text.
func ExampleClient_WaitDiagnosisFinished() {
	srv, client := fake()
	defer srv.Close()
	srv.Respond("GetClusterDiagnosisResult", acktest.Response{Body: `{"status": 1}`})
	srv.Respond("GetClusterDiagnosisResult", acktest.Response{Body: `{"status": 2, "code": 0, "message": "success", "result": "{\"phase\":5}"}`})
	ctx := context.Background()

	started, err := client.CreateClusterDiagnosis(ctx, &ack.CreateClusterDiagnosisRequest{
		ClusterID: "c1",
		Type:      new(ack.DiagnosisTypeNode),
		Target:    map[string]any{"name": "cn-beijing.192.168.0.36"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	request := &ack.GetClusterDiagnosisResultRequest{ClusterID: "c1", DiagnosisID: started.DiagnosisID}
	out, err := client.WaitDiagnosisFinished(ctx, request, roa.WaitDelay(time.Millisecond, time.Millisecond)) // the default suits a real one
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(out.Message, out.Result)
	// Output:
	// success {"phase":5}
}
