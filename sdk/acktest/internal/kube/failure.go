package kube

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

// A failure is why a request was not carried out. It is sent as a Status.
type failure struct {
	code    int
	reason  string
	message string
	details object.Object
}

func failed(code int, reason, format string, args ...any) *failure {
	return &failure{code: code, reason: reason, message: fmt.Sprintf(format, args...)}
}

func badRequest(format string, args ...any) *failure {
	return failed(http.StatusBadRequest, "BadRequest", format, args...)
}

// about says which object a failure is about.
func (f *failure) about(res *resource, name string) *failure {
	f.details = object.Object{"name": name, "kind": res.name}
	if res.group != "" {
		f.details["group"] = res.group
	}
	return f
}

func notFound(res *resource, name string) *failure {
	return failed(http.StatusNotFound, "NotFound", "%s %q not found", res.id(), name).about(res, name)
}

func alreadyExists(res *resource, name string) *failure {
	return failed(http.StatusConflict, "AlreadyExists", "%s %q already exists", res.id(), name).about(res, name)
}

func conflict(res *resource, name, why string) *failure {
	return failed(http.StatusConflict, "Conflict", "Operation cannot be fulfilled on %s %q: %s", res.id(), name, why).about(res, name)
}

func notAllowed(res *resource) *failure {
	return failed(http.StatusMethodNotAllowed, "MethodNotAllowed", "the server does not allow this method on %s", res.name).about(res, "")
}

func forbidden(req *request, user string) *failure {
	scope := "at the cluster scope"
	if req.namespace != "" {
		scope = fmt.Sprintf("in the namespace %q", req.namespace)
	}
	subject := req.resource.id()
	if req.name != "" {
		subject += fmt.Sprintf(" %q", req.name)
	}
	return failed(http.StatusForbidden, "Forbidden", "%s is forbidden: User %q cannot %s resource %q in API group %q %s",
		subject, user, req.verb, req.resource.path(req.subresource), req.resource.group, scope).about(req.resource, req.name)
}

// expired says that a revision is too old.
func expired() *failure {
	return failed(http.StatusGone, "Expired", "The resourceVersion for the provided request is too old.")
}

// ahead says that a revision is one of the future, such as that of another cluster.
func ahead(asked, current int64) *failure {
	f := failed(http.StatusGatewayTimeout, "Timeout", "Too large resource version: %d, current: %d", asked, current)
	f.details = object.Object{
		"causes":            []any{object.Object{"reason": "ResourceVersionTooLarge", "message": "Too large resource version"}},
		"retryAfterSeconds": object.Int(1),
	}
	return f
}

// A cause is what is wrong with one field of an object.
type cause struct{ reason, field, message string }

func required(field string) cause {
	return cause{"FieldValueRequired", field, "Required value"}
}

func invalidValue(field, format string, args ...any) cause {
	return cause{"FieldValueInvalid", field, "Invalid value: " + fmt.Sprintf(format, args...)}
}

func immutable(field string) cause {
	return cause{"FieldValueInvalid", field, "Invalid value: field is immutable"}
}

// invalid says what is wrong with the fields of an object.
func invalid(res *resource, name string, causes ...cause) *failure {
	kind := res.kind
	if res.group != "" {
		kind += "." + res.group
	}
	f := failed(http.StatusUnprocessableEntity, "Invalid", "%s %q is invalid: ", kind, name).about(res, name)
	list := make([]any, len(causes))
	for i, c := range causes {
		list[i] = object.Object{"reason": c.reason, "field": c.field, "message": c.message}
		if i > 0 {
			f.message += ", "
		}
		f.message += c.field + ": " + c.message
	}
	f.details["kind"], f.details["causes"] = res.kind, list
	return f
}

// status returns the failure as the object that is sent.
func (f *failure) status() object.Object {
	status := object.Object{
		"kind": "Status", "apiVersion": "v1", "metadata": object.Object{},
		"status": "Failure", "message": f.message, "reason": f.reason, "code": object.Int(int64(f.code)),
	}
	if f.details != nil {
		status["details"] = f.details
	}
	return status
}

func writeFailure(w http.ResponseWriter, f *failure) {
	if f.code == http.StatusGatewayTimeout {
		w.Header().Set("Retry-After", "1")
	}
	writeJSON(w, f.code, f.status())
}

// writeJSON sends a value. That the client is gone is nobody's concern.
func writeJSON(w http.ResponseWriter, code int, value any) {
	text, err := json.Marshal(value)
	if err != nil { // objects are made of what JSON has
		http.Error(w, "the response cannot be encoded", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_, _ = w.Write(append(text, '\n'))
}
