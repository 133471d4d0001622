// Command bare lists the nodes of a cluster with what the standard library has,
// without a signature. It is what the size of the program above is compared with.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
)

type page struct {
	Nodes []struct {
		NodeName string `json:"node_name"`
	} `json:"nodes"`
}

func main() {
	if err := run(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, cluster string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://cs.cn-beijing.aliyuncs.com/clusters/"+cluster+"/nodes", http.NoBody)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	var out page
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return err
	}
	for _, node := range out.Nodes {
		fmt.Fprintln(os.Stdout, node.NodeName)
	}
	return nil
}
