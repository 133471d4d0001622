package kube

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/schema"
)

// Limits of bodies: how long they may be, as the real API server has it, and how
// long a client may take to send one.
const (
	maxBody  = 3 << 20
	bodyTime = 30 * time.Second
)

// readBody returns the body of a request and its media type, which is JSON if
// the client does not say.
func readBody(w http.ResponseWriter, r *http.Request) (media string, body []byte, f *failure) {
	media = "application/json"
	if text := r.Header.Get("Content-Type"); text != "" {
		var err error
		if media, _, err = mime.ParseMediaType(text); err != nil {
			return "", nil, badRequest("the Content-Type is not well-formed")
		}
	}
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(bodyTime)) // recorders of tests have none
	defer control.SetReadDeadline(time.Time{})            //nolint:errcheck // as above
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return "", nil, failed(http.StatusRequestEntityTooLarge, "RequestEntityTooLarge", "Request entity too large: limit is %d", maxBody)
	}
	if err != nil {
		return "", nil, badRequest("the body of the request cannot be read")
	}
	return media, body, nil
}

// readObject returns the object in the body of a request.
func readObject(w http.ResponseWriter, r *http.Request) (object.Object, *failure) {
	media, body, f := readBody(w, r)
	if f != nil {
		return nil, f
	}
	return decode(media, body)
}

func decode(media string, body []byte) (o object.Object, f *failure) {
	var err error
	switch media {
	case "application/json":
		o, err = object.Decode(body)
	case "application/yaml":
		o, err = object.DecodeYAML(body)
	case "application/vnd.kubernetes.protobuf":
		o, err = schema.Decode(body)
	default:
		return nil, unsupported("application/json, application/yaml, application/vnd.kubernetes.protobuf")
	}
	if err != nil {
		return nil, badRequest("the object provided is unrecognized: %v", err)
	}
	return o, nil
}

func unsupported(accepted string) *failure {
	return failed(http.StatusUnsupportedMediaType, "UnsupportedMediaType",
		"the body of the request was in an unknown format - accepted media types include: %s", accepted)
}
