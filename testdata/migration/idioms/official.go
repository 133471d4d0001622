// Package idioms does what programs do most with the official SDK, github.com/alibabacloud-go/cs-20151215, and
// with ackgen, for docs/from-official.md.
package idioms

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	cs "github.com/alibabacloud-go/cs-20151215/v7/client"
	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"
)

// Official works with the official SDK.
type Official struct {
	Client *cs.Client
	Delay  time.Duration // between two polls
}

// newOfficial returns a client of the official SDK.
func newOfficial(region, id, secret string) (*cs.Client, error) {
	return cs.NewClient(&openapi.Config{
		RegionId:        tea.String(region),
		AccessKeyId:     tea.String(id),
		AccessKeySecret: tea.String(secret),
	})
}

// Create starts to create a cluster, and returns its id and that of the task.
func (o Official) Create(ctx context.Context, region, name string) (cluster, task string, err error) {
	runtime := &dara.RuntimeOptions{ReadTimeout: tea.Int(20_000), ConnectTimeout: tea.Int(5_000)}
	out, err := o.Client.CreateClusterWithContext(ctx, &cs.CreateClusterRequest{
		Name:        tea.String(name),
		RegionId:    tea.String(region),
		ClusterType: tea.String("ManagedKubernetes"),
		Tags:        []*cs.Tag{{Key: tea.String("team"), Value: tea.String("web")}},
	}, map[string]*string{}, runtime)
	if err != nil {
		return "", "", err
	}
	return tea.StringValue(out.Body.ClusterId), tea.StringValue(out.Body.TaskId), nil
}

// State returns the state of a cluster, or "gone".
func (o Official) State(ctx context.Context, id string) (string, error) {
	out, err := o.Client.DescribeClusterDetailWithContext(ctx, tea.String(id), map[string]*string{}, &dara.RuntimeOptions{})
	var refused *tea.SDKError
	if errors.As(err, &refused) && tea.StringValue(refused.Code) == "ErrorClusterNotFound" {
		return "gone", nil
	}
	if refused != nil && tea.IntValue(refused.StatusCode) == http.StatusTooManyRequests {
		return "", fmt.Errorf("try again later: %w", err) // the request id is a part of the message
	}
	if err != nil {
		return "", err
	}
	return tea.StringValue(out.Body.State), nil
}

// Nodes returns the names of all nodes of a cluster.
func (o Official) Nodes(ctx context.Context, id string) ([]string, error) {
	var names []string
	for page := 1; ; page++ {
		request := &cs.DescribeClusterNodesRequest{PageNumber: tea.String(strconv.Itoa(page)), PageSize: tea.String("100")}
		out, err := o.Client.DescribeClusterNodesWithContext(ctx, tea.String(id), request, map[string]*string{}, &dara.RuntimeOptions{})
		if err != nil {
			return nil, err
		}
		for _, node := range out.Body.Nodes {
			names = append(names, tea.StringValue(node.NodeName))
		}
		if len(out.Body.Nodes) == 0 || len(names) >= int(tea.Int32Value(out.Body.Page.TotalCount)) {
			return names, nil
		}
	}
}

// Wait returns when a task has ended well.
func (o Official) Wait(ctx context.Context, task string) error {
	for {
		out, err := o.Client.DescribeTaskInfoWithContext(ctx, tea.String(task), map[string]*string{}, &dara.RuntimeOptions{})
		if err != nil {
			return err
		}
		switch strings.ToLower(tea.StringValue(out.Body.State)) {
		case "success":
			return nil
		case "fail", "failed", "canceled":
			if out.Body.Error == nil {
				return errors.New("the task ended without success")
			}
			return fmt.Errorf("the task failed with %s", tea.StringValue(out.Body.Error.Code))
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(o.Delay):
		}
	}
}
