// Command call makes one call of the SDK beside all that ../baseline does.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

type cluster struct {
	Name  string `json:"name"`
	State string `json:"state"`
}

func main() {
	for _, run := range []func(context.Context) error{byHand, bySDK} {
		if err := run(context.Background()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func byHand(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://cs.cn-beijing.aliyuncs.com/clusters/"+os.Args[1], http.NoBody)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	var out cluster
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return err
	}
	fmt.Println(out.Name, out.State)
	return nil
}

func bySDK(ctx context.Context) error {
	client, err := ack.New(
		roa.WithRegion("cn-beijing"),
		roa.WithCredentials(roa.StaticCredentials(os.Args[2], os.Args[3], "")),
	)
	if err != nil {
		return err
	}
	out, err := client.DescribeClusterDetail(ctx, &ack.DescribeClusterDetailRequest{ClusterID: os.Args[1]})
	if err != nil {
		return err
	}
	fmt.Println(out.Name, out.State)
	return nil
}
