// Command pods lists the pods of a cluster through its API server, without
// client-go.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/credentials"
	"github.com/ackgen/ackgen/sdk/kubeconfig"
	"github.com/ackgen/ackgen/sdk/roa"
)

func main() {
	cluster := flag.String("cluster", "", "id of the cluster")
	flag.Parse()
	if *cluster == "" {
		log.Fatal("usage: pods -cluster CLUSTER_ID")
	}
	client, err := ack.New(roa.WithRegion("cn-beijing"), roa.WithCredentials(credentials.Default()))
	if err != nil {
		log.Fatal(err)
	}
	if err := listPods(context.Background(), connect(client, *cluster), os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// connect returns a source of kubeconfigs that last half an hour and name the
// public address of the API server.
func connect(api kubeconfig.API, clusterID string) *kubeconfig.Source {
	return kubeconfig.NewSource(api, &ack.DescribeClusterUserKubeconfigRequest{
		ClusterID:                clusterID,
		PrivateIPAddress:         new(false), // true inside the VPC of the cluster
		TemporaryDurationMinutes: new(int64(30)),
	})
}

// podList is what this program needs of the response.
type podList struct {
	Items []struct {
		Metadata struct {
			Namespace string `json:"namespace"`
			Name      string `json:"name"`
		} `json:"metadata"`
		Status struct {
			Phase string `json:"phase"`
		} `json:"status"`
	} `json:"items"`
}

func listPods(ctx context.Context, source *kubeconfig.Source, w io.Writer) error {
	config, err := source.Config(ctx)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, config.BaseURL()+"/api/v1/pods", http.NoBody)
	if err != nil {
		return err
	}
	resp, err := source.HTTPClient().Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close() //nolint:errcheck // it was read
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("list pods: the API server responded with %s", resp.Status)
	}
	var pods podList
	if err := json.NewDecoder(resp.Body).Decode(&pods); err != nil {
		return fmt.Errorf("list pods: %w", err)
	}
	for _, p := range pods.Items {
		if _, err := fmt.Fprintln(w, p.Metadata.Namespace, p.Metadata.Name, p.Status.Phase); err != nil {
			return err
		}
	}
	return nil
}

// save writes a kubeconfig for kubectl.
func save(ctx context.Context, source *kubeconfig.Source, path string) error {
	config, err := source.Config(ctx)
	if err != nil {
		return err
	}
	return config.WriteFile(path)
}
