package account

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// OpenAckService opens a part of the service for the account, once. The other operations work without it: no source tells what
// they do before. What is opened when the request does not say it is not documented either.
func OpenAckService(w *world.World, in *ack.OpenAckServiceRequest) (*ack.OpenAckServiceResponse, error) {
	part := behavior.ValueOr(in.Type, ack.ServicePlanPropayasgo)
	switch {
	case part != ack.ServicePlanPropayasgo && part != ack.ServicePlanEdgepayasgo && part != ack.ServicePlanGspayasgo:
		return nil, world.Invalid("The type is not a part of the service.")
	case w.Orders[part] != "":
		return nil, fault.BadRequest(string(ack.CodeOrderOpened), "The service is open already.")
	case w.Orders == nil:
		w.Orders = make(map[ack.ServicePlan]string)
	}
	w.Orders[part] = w.NewNumber(15)
	return &ack.OpenAckServiceResponse{OrderID: w.Orders[part]}, nil
}
