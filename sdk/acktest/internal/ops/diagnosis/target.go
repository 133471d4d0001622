package diagnosis

import (
	"net/http"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/fault"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// checkTarget returns the fault of a target that lacks what its type needs.
func checkTarget(kind ack.DiagnosisType, target map[string]any) error {
	var keys []string
	switch kind {
	case ack.DiagnosisTypeNode:
		keys = []string{"name"}
	case ack.DiagnosisTypePod, ack.DiagnosisTypeService:
		keys = []string{"namespace", "name"}
	case ack.DiagnosisTypeNetwork:
		keys = []string{"src", "dst", "dport"}
	case ack.DiagnosisTypeIngress:
		keys = []string{"url"}
	case ack.DiagnosisTypeMemory:
		keys = []string{"node"}
	case ack.DiagnosisTypeCluster:
	default:
		return world.Invalid("There is no diagnosis of the type that the parameter type names.")
	}
	for _, key := range keys {
		if text, ok := target[key].(string); !ok || text == "" {
			return world.Missing("target." + key)
		}
	}
	return nil
}

// nodeKey returns the key of the target that names a node, if the type has one.
func nodeKey(kind ack.DiagnosisType) string {
	switch kind {
	case ack.DiagnosisTypeNode:
		return "name"
	case ack.DiagnosisTypeMemory:
		return "node"
	}
	return ""
}

func resourceNotFound(format string, args ...any) error {
	return fault.New(http.StatusNotFound, string(ack.CodeDiagnosisResourceNotFound), format, args...)
}
