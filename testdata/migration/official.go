package migration

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"
)

// Official does the tasks with the official SDK.
type Official struct {
	Client *openapi.Client
	// Delay is the time between two polls, and between a throttled request and the
	// next attempt, which doubles.
	Delay time.Duration
}

// Nodes returns the names of all nodes of a cluster.
func (o Official) Nodes(ctx context.Context, clusterID string) ([]string, error) {
	var names []string
	for page := 1; ; page++ {
		out, err := retry(ctx, o.Delay, func() (*nodeList, error) {
			return call[nodeList](ctx, o.Client, request{
				action: "DescribeClusterNodes", method: "GET", path: "/clusters/" + dara.PercentEncode(clusterID) + "/nodes",
				query: map[string]any{"pageNumber": page, "pageSize": 100},
			})
		})
		if err != nil {
			return nil, err
		}
		for _, node := range out.Nodes {
			names = append(names, tea.StringValue(node.NodeName))
		}
		if len(out.Nodes) == 0 || out.Page == nil || len(names) >= int(tea.Int32Value(out.Page.TotalCount)) {
			return names, nil
		}
	}
}

// Create creates a cluster, waits until it is ready, and returns its id.
func (o Official) Create(ctx context.Context, name, region string) (string, error) {
	created, err := retry(ctx, o.Delay, func() (*createdCluster, error) {
		return call[createdCluster](ctx, o.Client, request{
			action: "CreateCluster", method: "POST", path: "/clusters",
			body: map[string]any{"name": name, "region_id": region, "cluster_type": "ManagedKubernetes"},
		})
	})
	if err != nil {
		return "", err
	}
	for {
		task, err := retry(ctx, o.Delay, func() (*taskInfo, error) {
			return call[taskInfo](ctx, o.Client, request{
				action: "DescribeTaskInfo", method: "GET", path: "/tasks/" + dara.PercentEncode(tea.StringValue(created.TaskID)),
			})
		})
		if err != nil {
			return "", err
		}
		switch strings.ToLower(tea.StringValue(task.State)) {
		case "success":
			return tea.StringValue(created.ClusterID), nil
		case "fail", "failed", "canceled":
			if task.Error == nil {
				return "", errors.New("the task failed")
			}
			return "", fmt.Errorf("the task failed: %s: %s", tea.StringValue(task.Error.Code), tea.StringValue(task.Error.Message))
		}
		if err := sleep(ctx, o.Delay); err != nil {
			return "", err
		}
	}
}

// Kubeconfig returns a kubeconfig that is valid for an hour.
func (o Official) Kubeconfig(ctx context.Context, clusterID string) (string, error) {
	out, err := retry(ctx, o.Delay, func() (*userKubeconfig, error) {
		return call[userKubeconfig](ctx, o.Client, request{
			action: "DescribeClusterUserKubeconfig", method: "GET", path: "/k8s/" + dara.PercentEncode(clusterID) + "/user_config",
			query: map[string]any{"TemporaryDurationMinutes": 60},
		})
	})
	if err != nil {
		return "", err
	}
	return tea.StringValue(out.Config), nil
}

// State returns the state of a cluster, "gone" when there is no such cluster,
// and "busy" when the service goes on throttling.
func (o Official) State(ctx context.Context, clusterID string) (string, error) {
	out, err := retry(ctx, o.Delay, func() (*clusterDetail, error) {
		return call[clusterDetail](ctx, o.Client, request{
			action: "DescribeClusterDetail", method: "GET", path: "/clusters/" + dara.PercentEncode(clusterID),
		})
	})
	if err == nil {
		return tea.StringValue(out.State), nil
	}
	var sdkErr *tea.SDKError
	switch {
	case throttled(err):
		return "busy", nil
	case errors.As(err, &sdkErr) && (tea.IntValue(sdkErr.StatusCode) == http.StatusNotFound || tea.StringValue(sdkErr.Code) == "ErrorClusterNotFound"):
		return "gone", nil
	default:
		return "", err
	}
}

// Tag puts a tag on a cluster.
func (o Official) Tag(ctx context.Context, region, clusterID, key, value string) error {
	_, err := retry(ctx, o.Delay, func() (*tagResult, error) {
		return call[tagResult](ctx, o.Client, request{
			action: "TagResources", method: "PUT", path: "/tags",
			body: map[string]any{
				"resource_ids":  []string{clusterID},
				"resource_type": "CLUSTER",
				"region_id":     region,
				"tags":          []map[string]any{{"key": key, "value": value}},
			},
		})
	})
	return err
}

// retry sends a request again when it was throttled. The retries of the runtime
// repeat every error whose code is not excluded, also one after which the cluster
// may have been created.
func retry[Out any](ctx context.Context, delay time.Duration, send func() (*Out, error)) (*Out, error) {
	for attempt := 1; ; attempt++ {
		out, err := send()
		if attempt == 3 || !throttled(err) {
			return out, err
		}
		if err := sleep(ctx, delay<<(attempt-1)); err != nil {
			return nil, err
		}
	}
}

func throttled(err error) bool {
	var sdkErr *tea.SDKError
	return errors.As(err, &sdkErr) &&
		(tea.IntValue(sdkErr.StatusCode) == http.StatusTooManyRequests || strings.HasPrefix(tea.StringValue(sdkErr.Code), "Throttling"))
}

func sleep(ctx context.Context, delay time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(delay):
		return nil
	}
}
