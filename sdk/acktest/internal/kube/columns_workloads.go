package kube

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

var podTable = table{
	columns: []column{
		{name: "Name"}, {name: "Ready"}, {name: "Status"}, {name: "Restarts"}, {name: "Age"}, {name: "IP", wide: true}, {name: "Node", wide: true},
		{name: "Nominated Node", wide: true}, {name: "Readiness Gates", wide: true},
	},
	cells: func(o object.Object, now time.Time) []any {
		ready, restarts := 0, int64(0)
		for _, c := range object.Maps(o, "status", "containerStatuses") {
			if object.Bool(c, "ready") {
				ready++
			}
			n, _ := object.Integer(c, "restartCount")
			restarts += n
		}
		return []any{
			name(o), fmt.Sprintf("%d/%d", ready, len(object.List(o, "spec", "containers"))), podStatus(o), strconv.FormatInt(restarts, 10), age(o, now),
			orNone(object.String(o, "status", "podIP")), orNone(object.String(o, "spec", "nodeName")), "<none>", "<none>",
		}
	},
}

var deploymentTable = table{
	columns: []column{
		{name: "Name"}, {name: "Ready"}, {name: "Up-to-date"}, {name: "Available"}, {name: "Age"},
		{name: "Containers", wide: true}, {name: "Images", wide: true}, {name: "Selector", wide: true},
	},
	cells: func(o object.Object, now time.Time) []any {
		names, images := containers(o)
		return []any{
			name(o), fmt.Sprintf("%d/%d", number(o, "status", "readyReplicas"), number(o, "spec", "replicas")), number(o, "status", "updatedReplicas"),
			number(o, "status", "availableReplicas"), age(o, now), names, images, selectorText(o),
		}
	},
}

var replicaSetTable = table{
	columns: []column{
		{name: "Name"}, {name: "Desired", kind: "integer"}, {name: "Current", kind: "integer"}, {name: "Ready", kind: "integer"}, {name: "Age"},
		{name: "Containers", wide: true}, {name: "Images", wide: true}, {name: "Selector", wide: true},
	},
	cells: func(o object.Object, now time.Time) []any {
		names, images := containers(o)
		return []any{
			name(o), number(o, "spec", "replicas"), number(o, "status", "replicas"), number(o, "status", "readyReplicas"), age(o, now), names, images, selectorText(o),
		}
	},
}

// podStatus says how a pod is, in one word.
func podStatus(o object.Object) string {
	if object.String(o, "metadata", "deletionTimestamp") != "" {
		return "Terminating"
	}
	return defaultTo(object.String(o, "status", "reason"), object.String(o, "status", "phase"))
}

// containers returns the names and the images of the containers of a template.
func containers(o object.Object) (names, images string) {
	var n, i []string
	for _, c := range object.Maps(o, "spec", "template", "spec", "containers") {
		n, i = append(n, object.String(c, "name")), append(i, object.String(c, "image"))
	}
	return strings.Join(n, ","), strings.Join(i, ",")
}

// number returns the integer at a path, or 0.
func number(o object.Object, path ...string) int64 {
	n, _ := object.Integer(o, path...)
	return n
}

// selectorText prints the selector of an object as that of a command line.
func selectorText(o object.Object) string {
	terms := []string{}
	if text := labelText(object.Map(o, "spec", "selector", "matchLabels")); text != "" {
		terms = append(terms, text)
	}
	for _, e := range object.Maps(o, "spec", "selector", "matchExpressions") {
		key := object.String(e, "key")
		var values []string
		for _, v := range object.List(e, "values") {
			values = append(values, fmt.Sprint(v))
		}
		switch object.String(e, "operator") {
		case "Exists":
			terms = append(terms, key)
		case "DoesNotExist":
			terms = append(terms, "!"+key)
		case "NotIn":
			terms = append(terms, fmt.Sprintf("%s notin (%s)", key, strings.Join(values, ",")))
		default:
			terms = append(terms, fmt.Sprintf("%s in (%s)", key, strings.Join(values, ",")))
		}
	}
	return orNone(strings.Join(terms, ","))
}
