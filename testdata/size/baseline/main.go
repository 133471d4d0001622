// Command baseline asks for a cluster with what the standard library has, without
// a signature. It is what the program in ../call is compared with.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
)

type cluster struct {
	Name  string `json:"name"`
	State string `json:"state"`
}

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
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
