package world

import (
	"net/http"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
	"github.com/ackgen/ackgen/sdk/roa"
)

// ClusterNotFound is the fault of a cluster that does not exist, or no longer does.
func ClusterNotFound(id string) error {
	return fault.New(http.StatusNotFound, string(ack.CodeErrorClusterNotFound), "The cluster %s is not found.", id)
}

// NodePoolNotFound is the fault of a node pool that does not exist, or no longer does.
func NodePoolNotFound(id string) error {
	return fault.New(http.StatusNotFound, string(ack.CodeErrorNodePoolNotFound), "The node pool %s is not found.", id)
}

// NotFound is the fault of anything else that does not exist. Kind is what it is, as in "task".
func NotFound(kind, id string) error {
	return fault.New(http.StatusNotFound, string(roa.CodeInvalidResourceNotFound), "The %s %s is not found.", kind, id)
}

// codeConflict is our code where a request does not suit the state of things: no source tells that of the service.
const codeConflict = "OperationConflict"

// Conflict is the fault of a request that does not suit the state of things.
func Conflict(format string, args ...any) error {
	return fault.New(http.StatusConflict, codeConflict, format, args...)
}

// Invalid is the fault of a parameter whose value is wrong. The message must not hold a secret.
func Invalid(format string, args ...any) error {
	return fault.BadRequest(string(roa.CodeInvalidParameter), format, args...)
}

// InvalidName is the fault of a name that a node pool cannot have. The service has a code of its own for it.
func InvalidName(format string, args ...any) error {
	return fault.BadRequest(string(roa.CodeInvalidParameter)+".Name", format, args...)
}

// Missing is the fault of a parameter that is missing.
func Missing(name string) error {
	return fault.BadRequest(string(roa.CodeMissingParameter), "The parameter %s is missing.", name)
}
