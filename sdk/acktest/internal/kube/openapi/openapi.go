// Package openapi describes the API of a fake cluster in OpenAPI 2 and 3, as
// kubectl needs it to check objects, to make patches of them and to explain them.
//
// # Imports
//
// It may import the standard library and the packages object and schema.
package openapi

import (
	"strings"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/schema"
)

// A Resource is what a description tells of a resource.
type Resource struct {
	Group, Version, Kind string
	Path                 string // of one object, such as /api/v1/nodes/{name}
}

// gvk is the extension that tells the kinds of a type or an operation.
const gvk = "x-kubernetes-group-version-kind"

// patches are the media types of patches.
var patches = []any{"application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json"}

// V2 returns the description in OpenAPI 2.
func V2(version string, resources []Resource) object.Object {
	paths := object.Object{}
	for _, r := range resources {
		paths[r.Path] = object.Object{"patch": object.Object{
			"consumes":   patches,
			"parameters": []any{object.Object{"name": "dryRun", "in": "query", "type": "string"}},
			"responses":  object.Object{"200": object.Object{"description": "OK"}},
			gvk:          r.kind(),
		}}
	}
	return object.Object{
		"swagger": "2.0", "info": info(version), "paths": paths, "definitions": definitions("#/definitions/", resources),
	}
}

// V3Index returns which documents there are in OpenAPI 3: one for each version of a group.
func V3Index(resources []Resource) object.Object {
	paths := object.Object{}
	for _, r := range resources {
		paths[r.root()] = object.Object{"serverRelativeURL": "/openapi/v3/" + r.root()}
	}
	return object.Object{"paths": paths}
}

// V3 returns the description of a version of a group in OpenAPI 3, such as
// apis/apps/v1, or nil if there is none.
func V3(version, root string, resources []Resource) object.Object {
	paths := object.Object{}
	for _, r := range resources {
		if r.root() != root {
			continue
		}
		content := object.Object{}
		for _, media := range patches {
			name, _ := media.(string)
			content[name] = object.Object{"schema": object.Object{"type": "object"}}
		}
		paths[r.Path] = object.Object{"patch": object.Object{
			"parameters":  []any{object.Object{"name": "dryRun", "in": "query", "schema": object.Object{"type": "string"}}},
			"requestBody": object.Object{"content": content},
			"responses":   object.Object{"200": object.Object{"description": "OK"}},
			gvk:           r.kind(),
		}}
	}
	if len(paths) == 0 {
		return nil
	}
	return object.Object{
		"openapi": "3.0.0", "info": info(version), "paths": paths,
		"components": object.Object{"schemas": definitions("#/components/schemas/", resources)},
	}
}

func info(version string) object.Object {
	return object.Object{"title": "Kubernetes", "version": "v" + version}
}

// root returns the path below which the resource is, without a slash before it.
func (r Resource) root() string {
	if r.Group == "" {
		return "api/" + r.Version
	}
	return "apis/" + r.Group + "/" + r.Version
}

func (r Resource) kind() object.Object {
	return object.Object{"group": r.Group, "version": r.Version, "kind": r.Kind}
}

// definitions describes all types.
func definitions(prefix string, resources []Resource) object.Object {
	all := object.Object{}
	for _, name := range schema.Names() {
		all[fullName(name)] = describe(schema.Lookup(name), prefix)
	}
	for _, r := range resources {
		t := schema.Kind(r.Group, r.Version, r.Kind)
		definition, _ := all[fullName(t.Name)].(object.Object)
		definition[gvk] = []any{r.kind()}
		properties := object.Map(definition, "properties")
		properties["kind"], properties["apiVersion"] = object.Object{"type": "string"}, object.Object{"type": "string"}
	}
	return all
}

// fullName returns the name of a type in descriptions, such as io.k8s.api.core.v1.Pod.
func fullName(name string) string {
	if strings.HasPrefix(name, "meta.") {
		return "io.k8s.apimachinery.pkg.apis." + name
	}
	return "io.k8s.api." + name
}

func describe(t *schema.Type, prefix string) object.Object {
	properties := object.Object{}
	addProperties(properties, t, prefix)
	definition := object.Object{"type": "object"}
	if len(properties) > 0 {
		definition["properties"] = properties
	}
	return definition
}

func addProperties(properties object.Object, t *schema.Type, prefix string) {
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Inline() {
			addProperties(properties, f.Type(), prefix)
			continue
		}
		properties[f.Name] = property(f, prefix)
	}
}

func property(f *schema.Field, prefix string) object.Object {
	p := reference(f.Of, prefix)
	switch {
	case f.List:
		p = object.Object{"type": "array", "items": p}
	case f.Map:
		p = object.Object{"type": "object", "additionalProperties": p}
	case p["$ref"] != nil && len(f.Strategies) > 0:
		p = object.Object{"allOf": []any{p}} // nothing may stand beside a reference
	}
	if f.MergeKey != "" {
		p["x-kubernetes-patch-merge-key"] = f.MergeKey
	}
	if len(f.Strategies) > 0 {
		p["x-kubernetes-patch-strategy"] = strings.Join(f.Strategies, ",")
	}
	return p
}

// reference describes a type or a scalar.
func reference(of, prefix string) object.Object {
	switch of {
	case "string", "boolean", "integer":
		return object.Object{"type": of}
	case "bytes":
		return object.Object{"type": "string", "format": "byte"}
	case "time", "microtime":
		return object.Object{"type": "string", "format": "date-time"}
	case "intorstring":
		return object.Object{"type": "string", "format": "int-or-string"}
	case "quantity":
		return object.Object{"type": "string"}
	case "dropped":
		return object.Object{"type": "object"}
	default:
		return object.Object{"$ref": prefix + fullName(of)}
	}
}
