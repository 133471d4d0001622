package kube

import (
	"time"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

// A table says how the objects of a resource are printed: its columns, and one
// function that returns the cells of an object in their order.
type table struct {
	columns []column
	cells   func(o object.Object, now time.Time) []any
}

// A column of a table. Wide ones are printed only if that is asked for.
type column struct {
	name string
	kind string // string if empty
	wide bool
}

// formatted returns an object in the form that the client wants.
func (a *API) formatted(req *request, o object.Object) object.Object {
	switch req.format.as {
	case "Table":
		return a.table(req, object.Object{"resourceVersion": object.String(o, "metadata", "resourceVersion")}, []any{o}, true)
	case "PartialObjectMetadata":
		return metadataOf(o, req.format.version)
	default:
		return o
	}
}

// formattedEvent is like formatted for an event of a watch. Only the first
// table of a watch has a head.
func (a *API) formattedEvent(req *request, o object.Object, first bool) object.Object {
	if req.format.as == "Table" {
		return a.table(req, object.Object{"resourceVersion": object.String(o, "metadata", "resourceVersion")}, []any{o}, first)
	}
	return a.formatted(req, o)
}

// formattedList returns a list in the form that the client wants. Objects in a
// list do not tell their kind.
func (a *API) formattedList(req *request, meta object.Object, items []any) object.Object {
	switch req.format.as {
	case "Table":
		return a.table(req, meta, items, true)
	case "PartialObjectMetadata":
		partial := make([]any, len(items))
		for i, item := range items {
			o, _ := item.(object.Object)
			partial[i] = metadataOf(o, req.format.version)
		}
		return object.Object{
			"kind": "PartialObjectMetadataList", "apiVersion": "meta.k8s.io/" + req.format.version, "metadata": meta, "items": partial,
		}
	default:
		return object.Object{"kind": req.resource.kind + "List", "apiVersion": req.resource.apiVersion(), "metadata": meta, "items": items}
	}
}

// metadataOf returns an object with nothing but its metadata.
func metadataOf(o object.Object, version string) object.Object {
	return object.Object{"kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/" + version, "metadata": o["metadata"]}
}

// table returns objects as the table that kubectl prints.
func (a *API) table(req *request, meta object.Object, items []any, head bool) object.Object {
	t := req.resource.table
	now := a.now()
	rows := make([]any, len(items))
	for i, item := range items {
		o, _ := item.(object.Object)
		row := object.Object{"cells": t.cells(o, now)}
		switch req.query.Get("includeObject") {
		case "None":
		case "Object":
			row["object"] = req.resource.typed(o)
		default:
			row["object"] = metadataOf(o, req.format.version)
		}
		rows[i] = row
	}
	tabular := object.Object{
		"kind": "Table", "apiVersion": "meta.k8s.io/" + req.format.version, "metadata": meta, "rows": rows, "columnDefinitions": []any{},
	}
	if head {
		tabular["columnDefinitions"] = t.head()
	}
	return tabular
}

func (t table) head() []any {
	head := make([]any, len(t.columns))
	for i, c := range t.columns {
		kind, form, priority := defaultTo(c.kind, "string"), "", int64(0)
		if c.name == "Name" {
			form = "name"
		}
		if c.wide {
			priority = 1
		}
		head[i] = object.Object{"name": c.name, "type": kind, "format": form, "description": "", "priority": object.Int(priority)}
	}
	return head
}
