package kube

import (
	"mime"
	"net/http"
	"strings"
)

// A format is the form in which a client wants objects: as they are (the zero
// value), as tables, or with nothing but their metadata.
type format struct {
	as      string // Table, PartialObjectMetadata or empty
	version string // of meta.k8s.io
}

// negotiate returns the first form that the client accepts and the API has.
func negotiate(accept []string) (format, *failure) {
	text := strings.Join(accept, ",")
	if strings.TrimSpace(text) == "" {
		return format{}, nil
	}
	for clause := range strings.SplitSeq(text, ",") {
		media, params, err := mime.ParseMediaType(strings.TrimSpace(clause))
		if err != nil || media != "application/json" && media != "application/*" && media != "*/*" {
			continue
		}
		switch params["as"] {
		case "":
			return format{}, nil
		case "Table", "PartialObjectMetadata", "PartialObjectMetadataList":
			if params["g"] == "meta.k8s.io" && (params["v"] == "v1" || params["v"] == "v1beta1") {
				return format{as: strings.TrimSuffix(params["as"], "List"), version: params["v"]}, nil
			}
		}
	}
	return format{}, failed(http.StatusNotAcceptable, "NotAcceptable",
		"only the following media types are accepted: application/json, application/json;as=Table;v=v1;g=meta.k8s.io")
}
