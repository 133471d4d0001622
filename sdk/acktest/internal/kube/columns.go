package kube

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

var namespaceTable = table{
	columns: []column{{name: "Name"}, {name: "Status"}, {name: "Age"}},
	cells: func(o object.Object, now time.Time) []any {
		return []any{name(o), object.String(o, "status", "phase"), age(o, now)}
	},
}

var nodeTable = table{
	columns: []column{
		{name: "Name"}, {name: "Status"}, {name: "Roles"}, {name: "Age"}, {name: "Version"}, {name: "Internal-IP", wide: true}, {name: "External-IP", wide: true},
		{name: "OS-Image", wide: true}, {name: "Kernel-Version", wide: true}, {name: "Container-Runtime", wide: true},
	},
	cells: func(o object.Object, now time.Time) []any {
		info := object.Map(o, "status", "nodeInfo")
		return []any{
			name(o), nodeStatus(o), nodeRoles(o), age(o, now), object.String(info, "kubeletVersion"), nodeAddress(o, "InternalIP"), nodeAddress(o, "ExternalIP"),
			orUnknown(object.String(info, "osImage")), orUnknown(object.String(info, "kernelVersion")), orUnknown(object.String(info, "containerRuntimeVersion")),
		}
	},
}

var configMapTable = table{
	columns: []column{{name: "Name"}, {name: "Data", kind: "integer"}, {name: "Age"}},
	cells: func(o object.Object, now time.Time) []any {
		return []any{name(o), len(object.Map(o, "data")) + len(object.Map(o, "binaryData")), age(o, now)}
	},
}

var secretTable = table{
	columns: []column{{name: "Name"}, {name: "Type"}, {name: "Data", kind: "integer"}, {name: "Age"}},
	cells: func(o object.Object, now time.Time) []any {
		return []any{name(o), object.String(o, "type"), len(object.Map(o, "data")), age(o, now)}
	},
}

var serviceAccountTable = table{
	columns: []column{{name: "Name"}, {name: "Secrets", kind: "integer"}, {name: "Age"}},
	cells: func(o object.Object, now time.Time) []any {
		return []any{name(o), len(object.List(o, "secrets")), age(o, now)}
	},
}

var serviceTable = table{
	columns: []column{
		{name: "Name"}, {name: "Type"}, {name: "Cluster-IP"}, {name: "External-IP"}, {name: "Port(s)"}, {name: "Age"}, {name: "Selector", wide: true},
	},
	cells: func(o object.Object, now time.Time) []any {
		var ports []string
		for _, p := range object.Maps(o, "spec", "ports") {
			number, _ := object.Integer(p, "port")
			ports = append(ports, fmt.Sprintf("%d/%s", number, defaultTo(object.String(p, "protocol"), "TCP")))
		}
		return []any{
			name(o), object.String(o, "spec", "type"), orNone(object.String(o, "spec", "clusterIP")), "<none>", orNone(strings.Join(ports, ",")), age(o, now),
			orNone(labelText(object.Map(o, "spec", "selector"))),
		}
	},
}

var eventTable = table{
	columns: []column{{name: "Last Seen"}, {name: "Type"}, {name: "Reason"}, {name: "Object"}, {name: "Message"}, {name: "Name", wide: true}},
	cells: func(o object.Object, now time.Time) []any {
		seen := defaultTo(object.String(o, "lastTimestamp"), object.String(o, "eventTime"))
		about := strings.ToLower(object.String(o, "involvedObject", "kind")) + "/" + object.String(o, "involvedObject", "name")
		return []any{since(seen, now), object.String(o, "type"), object.String(o, "reason"), about, object.String(o, "message"), name(o)}
	},
}

var leaseTable = table{
	columns: []column{{name: "Name"}, {name: "Holder"}, {name: "Age"}},
	cells: func(o object.Object, now time.Time) []any {
		return []any{name(o), object.String(o, "spec", "holderIdentity"), age(o, now)}
	},
}

func name(o object.Object) string { return object.String(o, "metadata", "name") }

// nodeStatus says whether a node is ready, and whether it takes pods.
func nodeStatus(o object.Object) string {
	status := "Unknown"
	if ready := condition(o, "Ready"); ready != nil {
		status = "NotReady"
		if object.String(ready, "status") == "True" {
			status = "Ready"
		}
	}
	if object.Bool(o, "spec", "unschedulable") {
		status += ",SchedulingDisabled"
	}
	return status
}

// nodeRoles returns the roles that the labels of a node give it.
func nodeRoles(o object.Object) string {
	var roles []string
	for _, label := range object.Names(object.Map(o, "metadata", "labels")) {
		if role, ok := strings.CutPrefix(label, "node-role.kubernetes.io/"); ok && role != "" {
			roles = append(roles, role)
		}
	}
	if role := object.String(o, "metadata", "labels", "kubernetes.io/role"); role != "" && !slices.Contains(roles, role) {
		roles = append(roles, role)
	}
	return orNone(strings.Join(roles, ","))
}

func nodeAddress(o object.Object, kind string) string {
	for _, address := range object.Maps(o, "status", "addresses") {
		if object.String(address, "type") == kind {
			return object.String(address, "address")
		}
	}
	return "<none>"
}

// condition returns the condition of that type, or nil.
func condition(o object.Object, kind string) object.Object {
	for _, c := range object.Maps(o, "status", "conditions") {
		if object.String(c, "type") == kind {
			return c
		}
	}
	return nil
}

func orNone(text string) string    { return defaultTo(text, "<none>") }
func orUnknown(text string) string { return defaultTo(text, "<unknown>") }

// labelText prints labels as a selector of them.
func labelText(labels object.Object) string {
	var terms []string
	for _, key := range object.Names(labels) {
		terms = append(terms, key+"="+object.String(labels, key))
	}
	return strings.Join(terms, ",")
}
