// Package migration does five common tasks with an official SDK and with ackgen,
// for the comparison in README.md. It is a module of its own so that nothing of the
// official SDK is a dependency of ackgen.
package migration

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	sdkerrors "github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/responses"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/cs"
)

// Official does the tasks with github.com/aliyun/alibaba-cloud-sdk-go.
type Official struct {
	Client *cs.Client
	// Delay is the time between two polls, and between a throttled request and the
	// next attempt, which doubles.
	Delay time.Duration
}

// Nodes returns the names of all nodes of a cluster.
func (o Official) Nodes(ctx context.Context, clusterID string) ([]string, error) {
	var names []string
	for page := 1; ; page++ {
		req := cs.CreateDescribeClusterNodesRequest()
		req.ClusterId = clusterID
		req.PageNumber = strconv.Itoa(page)
		req.PageSize = "100"
		out, err := retry(ctx, o.Delay, func() (*cs.DescribeClusterNodesResponse, error) {
			return o.Client.DescribeClusterNodes(req)
		})
		if err != nil {
			return nil, err
		}
		for _, node := range out.Nodes {
			names = append(names, node.NodeName)
		}
		if len(out.Nodes) == 0 || len(names) >= out.Page.TotalCount {
			return names, nil
		}
	}
}

// Create creates a cluster, waits until it is ready, and returns its id.
func (o Official) Create(ctx context.Context, name, region string) (string, error) {
	req := cs.CreateCreateClusterRequest()
	if err := setBody(req.RoaRequest, map[string]any{"name": name, "region_id": region, "cluster_type": "ManagedKubernetes"}); err != nil {
		return "", err
	}
	created, err := retry(ctx, o.Delay, func() (*cs.CreateClusterResponse, error) {
		return o.Client.CreateCluster(req)
	})
	if err != nil {
		return "", err
	}
	poll := cs.CreateDescribeTaskInfoRequest()
	poll.TaskId = created.TaskId
	for {
		// The model has no error, and an object where the service sends an array.
		out, err := retry(ctx, o.Delay, func() (*responses.CommonResponse, error) {
			out := responses.NewCommonResponse()
			return out, o.Client.DoAction(poll, out)
		})
		if err != nil {
			return "", err
		}
		var task struct {
			State string `json:"state"`
			Error struct {
				Code    string `json:"code"`
				Message string `json:"message"`
			} `json:"error"`
		}
		if err := json.Unmarshal(out.GetHttpContentBytes(), &task); err != nil {
			return "", err
		}
		switch strings.ToLower(task.State) {
		case "success":
			return created.ClusterId, nil
		case "fail", "failed", "canceled":
			return "", fmt.Errorf("the task failed: %s: %s", task.Error.Code, task.Error.Message)
		}
		if err := sleep(ctx, o.Delay); err != nil {
			return "", err
		}
	}
}

// Kubeconfig returns a kubeconfig that is valid for an hour.
func (o Official) Kubeconfig(ctx context.Context, clusterID string) (string, error) {
	req := cs.CreateDescribeClusterUserKubeconfigRequest()
	req.ClusterId = clusterID
	req.QueryParams["TemporaryDurationMinutes"] = "60" // not in the model
	out, err := retry(ctx, o.Delay, func() (*cs.DescribeClusterUserKubeconfigResponse, error) {
		return o.Client.DescribeClusterUserKubeconfig(req)
	})
	if err != nil {
		return "", err
	}
	return out.Config, nil
}

// State returns the state of a cluster, "gone" when there is no such cluster,
// and "busy" when the service goes on throttling.
func (o Official) State(ctx context.Context, clusterID string) (string, error) {
	req := cs.CreateDescribeClusterDetailRequest()
	req.ClusterId = clusterID
	out, err := retry(ctx, o.Delay, func() (*cs.DescribeClusterDetailResponse, error) {
		return o.Client.DescribeClusterDetail(req)
	})
	var refused *sdkerrors.ServerError
	switch {
	case err == nil:
		var cluster struct {
			State string `json:"state"` // the model has no field
		}
		err := json.Unmarshal(out.GetHttpContentBytes(), &cluster)
		return cluster.State, err
	case throttled(err):
		return "busy", nil
	case errors.As(err, &refused) && (refused.HttpStatus() == http.StatusNotFound || errorCode(refused) == "ErrorClusterNotFound"):
		return "gone", nil
	default:
		return "", err
	}
}

// Tag puts a tag on a cluster.
func (o Official) Tag(ctx context.Context, region, clusterID, key, value string) error {
	req := cs.CreateTagResourcesRequest()
	if err := setBody(req.RoaRequest, map[string]any{
		"resource_ids":  []string{clusterID},
		"resource_type": "CLUSTER",
		"region_id":     region,
		"tags":          []map[string]any{{"key": key, "value": value}},
	}); err != nil {
		return err
	}
	_, err := retry(ctx, o.Delay, func() (*cs.TagResourcesResponse, error) {
		return o.Client.TagResources(req)
	})
	return err
}

// setBody encodes the body of a request, for which there is no model.
func setBody(req *requests.RoaRequest, body map[string]any) error {
	content, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req.SetContent(content)
	req.SetContentType(requests.Json)
	return nil
}

// retry sends a request again when it was throttled. The retries of the SDK cover
// timeouts and server errors only, also those after which the cluster may have been
// created.
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
	var refused *sdkerrors.ServerError
	return errors.As(err, &refused) &&
		(refused.HttpStatus() == http.StatusTooManyRequests || strings.HasPrefix(errorCode(refused), "Throttling"))
}

// errorCode returns the code of an error. The SDK reads it as "Code" only; this
// service responds with "code", and the SDK leaves the body in the message.
func errorCode(err *sdkerrors.ServerError) string {
	if err.ErrorCode() != "" {
		return err.ErrorCode()
	}
	var body struct {
		Code string `json:"code"`
	}
	if json.Unmarshal([]byte(err.Message()), &body) != nil {
		return ""
	}
	return body.Code
}

func sleep(ctx context.Context, delay time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(delay):
		return nil
	}
}
