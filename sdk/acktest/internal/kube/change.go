package kube

import (
	"errors"
	"net/http"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/patch"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/schema"
)

// Media types of patches.
const (
	jsonPatch      = "application/json-patch+json"
	mergePatch     = "application/merge-patch+json"
	strategicPatch = "application/strategic-merge-patch+json"
)

// patch changes an object.
func (a *API) patch(w http.ResponseWriter, req *request) *failure {
	media, body, f := readBody(w, req.http)
	if f != nil {
		return f
	}
	patched, f := a.transact(func() (object.Object, *failure) {
		old, ok := a.store.Get(req.key())
		if !ok {
			return nil, notFound(req.resource, req.name)
		}
		before := req.resource.typed(old)
		if req.subresource == "scale" {
			before = scaleOf(old)
		}
		after, f := applyPatch(media, before, body, req.schema())
		if f != nil {
			return nil, f
		}
		return a.replace(req, old, after)
	})
	return a.respond(w, req, http.StatusOK, patched, f)
}

// schema returns the type of the objects of the request.
func (req *request) schema() *schema.Type {
	if req.subresource == "scale" {
		return nil
	}
	return schema.Kind(req.resource.group, req.resource.version, req.resource.kind)
}

// applyPatch returns an object changed by a patch. Server-side apply is not
// among the patches, as objects do not tell who owns their fields.
func applyPatch(media string, o object.Object, body []byte, t *schema.Type) (object.Object, *failure) {
	switch media {
	case jsonPatch:
		patched, err := patch.JSON(o, body)
		if errors.Is(err, patch.ErrTest) {
			return nil, failed(http.StatusUnprocessableEntity, "Invalid", "the server rejected our request due to an error in our request: %v", err)
		}
		if err != nil {
			return nil, badRequest("%v", err)
		}
		return patched, nil
	case mergePatch, strategicPatch:
	default:
		return nil, unsupported(jsonPatch + ", " + mergePatch + ", " + strategicPatch)
	}
	change, err := object.Decode(body)
	if err != nil {
		return nil, badRequest("the patch is unrecognized: %v", err)
	}
	if media == mergePatch {
		return patch.Merge(o, change), nil
	}
	patched, err := patch.Strategic(o, change, t)
	if err != nil {
		return nil, badRequest("%v", err)
	}
	return patched, nil
}

// scaleOf returns how many replicas an object has, as a Scale.
func scaleOf(o object.Object) object.Object {
	meta := object.Object{}
	for _, field := range []string{"name", "namespace", "uid", "resourceVersion", "creationTimestamp"} {
		meta[field] = object.Get(o, "metadata", field)
	}
	return object.Object{
		"kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": meta,
		"spec":   object.Object{"replicas": object.Int(number(o, "spec", "replicas"))},
		"status": object.Object{"replicas": object.Int(number(o, "status", "replicas")), "selector": selectorText(o)},
	}
}

// setScale changes how many replicas an object has.
func (a *API) setScale(req *request, old, scale object.Object) (object.Object, *failure) {
	f := checkPreconditions(req.resource, old, object.String(scale, "metadata", "uid"), object.String(scale, "metadata", "resourceVersion"))
	if f != nil {
		return nil, f
	}
	replicas := object.Get(scale, "spec", "replicas")
	if replicas == nil {
		replicas = object.Int(0)
	}
	o := object.Clone(old)
	object.Set(o, replicas, "spec", "replicas")
	if causes := req.resource.causes(o, old); len(causes) > 0 {
		return nil, invalid(req.resource, req.name, causes...)
	}
	return scaleOf(a.exchange(req, old, o)), nil
}
