// Command options names every option and every part of a request that brings something of its
// own, and shows what a program links for them.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

func main() {
	client, err := ack.New(
		roa.WithRegion("cn-beijing"),
		roa.WithCredentials(roa.StaticCredentials(os.Args[1], os.Args[2], "")),
		roa.WithValidation(),
		roa.WithLogger(slog.Default()),
		roa.WithDriftHook(func(d roa.Drift) { fmt.Println(d) }),
		roa.WithRateLimit(10, 1),
		roa.WithDump(os.Stderr),
	)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	out, err := client.DescribeClusterDetail(context.Background(), &ack.DescribeClusterDetailRequest{ClusterID: os.Args[3]})
	fmt.Println(out, err)
	fmt.Println(everyPart())
}

// everyPart makes a request of parts that the operations of the client have none of.
func everyPart() (*roa.Request, *string, error) {
	req := roa.NewRequest(&roa.Operation{Name: "Upload", Method: "POST", Path: "/files"}, nil)
	req.Header("X-Kind", "text")
	req.QueryFlat("Filter", map[string]string{"Name": "a"})
	req.Form(map[string]string{"name": "a"})
	req.Stream(os.Stdin)
	text, err := roa.ReadJSON[string](roa.JSON(os.Args[4]))
	return req, text, err
}
