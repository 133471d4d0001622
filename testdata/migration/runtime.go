// Package migration does five common tasks with the official SDK and with
// ackgen, for the comparison in README.md. It is a module of its own so that nothing
// of the official SDK is a dependency of ackgen.
package migration

import (
	"context"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	openapiutil "github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	"github.com/alibabacloud-go/tea/dara"
)

// This file stands for what the official SDK generates around its runtime, a
// method and models for each operation. A program that uses the official SDK has
// it for nothing, so it does not count in the comparison.

type request struct {
	action, method, path string
	query, body          map[string]any
}

type nodeList struct {
	Nodes []*struct {
		NodeName *string `json:"node_name"`
	} `json:"nodes"`
	Page *struct {
		TotalCount *int32 `json:"total_count"`
	} `json:"page"`
}

type createdCluster struct {
	ClusterID *string `json:"cluster_id"`
	TaskID    *string `json:"task_id"`
}

type taskInfo struct {
	State *string `json:"state"`
	Error *struct {
		Code    *string `json:"code"`
		Message *string `json:"message"`
	} `json:"error"`
}

type userKubeconfig struct {
	Config *string `json:"config"`
}

type clusterDetail struct {
	State *string `json:"state"`
}

type tagResult struct {
	RequestID *string `json:"RequestId"`
}

// call sends a request by the generic call of the official runtime, as the
// methods of the official SDK do, and decodes the answer.
func call[Out any](ctx context.Context, client *openapi.Client, r request) (*Out, error) {
	params := &openapiutil.Params{
		Action:      new(r.action),
		Version:     new("2015-12-15"),
		Protocol:    new("HTTPS"),
		Pathname:    new(r.path),
		Method:      new(r.method),
		AuthType:    new("AK"),
		Style:       new("ROA"),
		ReqBodyType: new("json"),
		BodyType:    new("json"),
	}
	in := &openapiutil.OpenApiRequest{Headers: map[string]*string{}}
	if r.query != nil {
		in.Query = openapiutil.Query(r.query)
	}
	if r.body != nil {
		in.Body = r.body
	}
	answer, err := client.CallApiWithCtx(ctx, params, in, &dara.RuntimeOptions{})
	if err != nil {
		return nil, err
	}
	out := new(Out)
	if err := dara.Convert(answer["body"], out); err != nil {
		return nil, err
	}
	return out, nil
}
