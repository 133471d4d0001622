package acktest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"reflect"

	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
	"github.com/ackgen/ackgen/sdk/acktest/internal/gateway"
	"github.com/ackgen/ackgen/sdk/acktest/internal/wire"
	"github.com/ackgen/ackgen/sdk/internal/oneline"
	"github.com/ackgen/ackgen/sdk/roa"
	"github.com/ackgen/ackgen/sdk/roa/roafake"
)

// Override makes typed functions respond in place of the server, such as those of sdk/ack/ackfake, or of the package that codegen --overrides
// makes for another API. They get the requests that are signed right and match the spec, as the types of the client, unless a response was
// scripted with [Server.Respond]. What they return is encoded as a server does: numbers and truth values that are zero are sent, and secrets are
// revealed. Bodies are compared with the spec, as those of [Server.Respond] are. A request id that the response has a field for is filled in, and
// status and headers in its Metadata are sent. The stream of a response is read and closed: each call returns one of its own.
//
//	srv.Override(ackfake.Overrides{
//		DescribeClusterDetail: func(ctx context.Context, in *ack.DescribeClusterDetailRequest) (*ack.DescribeClusterDetailResponse, error) {
//			if in.ClusterID != "c1" {
//				return nil, roafake.Pass // to the state of the server
//			}
//			return &ack.DescribeClusterDetailResponse{Cluster: ack.Cluster{Name: "web"}}, nil
//		},
//	})
//
// Given several times, the latest goes first; [roafake.Pass] leaves a request to the one before, and in the end to the server. An error that is a
// [*roa.APIError] becomes the error response that it describes. Any other one, and a panic, is a fault of the test: the client gets its text
// with status 501, which it does not send again. A server of [NewServer] fails the test then, unless the client has gone away meanwhile, and when a
// function never responded.
//
// Override panics when the spec lacks the operation of a function.
func (s *Server) Override(o roafake.Overrides) {
	for _, f := range o.OverrideFunctions() {
		if name := f.Operation(); s.spec.Operation(name) == nil {
			//nolint:forbidigo // The caller's source is wrong, as in Respond.
			panic(fmt.Errorf("acktest: override: the spec has no operation %s%s", name, s.spec.Similar(name)))
		}
	}
	s.overrides.registry.Add(o)
}

// overrides respond with the functions of tests.
type overrides struct {
	registry roafake.Registry
	report   func(error) // of faults of the test
}

// respond returns what a function responds. The error is [roafake.Pass] when none does.
func (o *overrides) respond(ctx context.Context, call *gateway.Call) (*gateway.Response, error) {
	out, err := o.registry.Respond(ctx, call.Operation.Name, func(in any) error { return wire.Decode(inputOf(call), in) })
	if err != nil {
		return o.refuse(ctx, err)
	}
	response, err := encodeResponse(call, out)
	if err == nil {
		err = call.Operation.CheckResponse(response.Status, []byte(response.Body))
	}
	if err != nil {
		return o.refuse(ctx, fmt.Errorf("override of %s: %w", call.Operation.Name, err))
	}
	return response, nil
}

// encodeResponse returns what is sent of a typed response, which others may read at the same time.
func encodeResponse(call *gateway.Call, typed any) (*gateway.Response, error) {
	v := reflect.New(reflect.TypeOf(typed).Elem())
	v.Elem().Set(reflect.ValueOf(typed).Elem())
	if id := v.Elem().FieldByName("RequestID"); id.IsValid() && id.Kind() == reflect.String && id.IsZero() {
		id.SetString(call.RequestID)
	}
	body, err := wire.Encode(v.Interface())
	if err != nil {
		return nil, err
	}
	response := call.Operation.Success()
	response.Body = string(body)
	metadata, _ := reflect.TypeAssert[roa.Metadata](v.Elem().FieldByName("Metadata"))
	if metadata.StatusCode != 0 {
		response.Status = metadata.StatusCode
	}
	if response.Status < http.StatusOK || response.Status >= http.StatusMultipleChoices {
		return nil, fmt.Errorf("the status %d is not that of a success", response.Status)
	}
	maps.Copy(response.Header, metadata.Header)
	return &response, nil
}

// refuse returns the response to an error of a function: what a *roa.APIError describes, or the fault of the test.
func (o *overrides) refuse(ctx context.Context, err error) (*gateway.Response, error) {
	if errors.Is(err, roafake.Pass) {
		return nil, err
	}
	refused, ok := errors.AsType[*roa.APIError](err)
	switch {
	case !ok:
		return nil, o.mistake(ctx, err)
	case refused.StatusCode < http.StatusMultipleChoices || refused.StatusCode > 599:
		return nil, o.mistake(ctx, fmt.Errorf("the status %d is not that of an error", refused.StatusCode))
	}
	header := make(http.Header)
	maps.Copy(header, refused.Header)
	if refused.RequestID != "" {
		header.Set("x-acs-request-id", refused.RequestID)
	}
	if refused.Code == "" && len(refused.Body) > 0 {
		return &gateway.Response{Status: refused.StatusCode, Header: header, Body: string(refused.Body)}, nil
	}
	return nil, &fault.Fault{
		Status: refused.StatusCode, Code: refused.Code, Message: refused.Message, Header: header, AccessDenied: refused.AccessDeniedDetail,
	}
}

// mistake reports a fault of the test and returns the response to it. A function that was waiting for the end of a call whose client has gone away
// made none.
func (o *overrides) mistake(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		o.report(err)
	}
	// A client would send the request again after a 500.
	return fault.New(http.StatusNotImplemented, "OverrideFailed", "%s", oneline.Of(err.Error(), fault.MaxText))
}
