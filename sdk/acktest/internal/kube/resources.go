package kube

import (
	"slices"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

// A resource is a kind of objects that the API keeps.
type resource struct {
	group, version       string
	name, singular, kind string
	namespaced           bool
	short                []string
	categories           []string
	verbs                []string
	subresources         []string // beside status: scale, eviction, log
	status               bool     // has a status, which only requests for it change
	generation           bool     // counts changes of the spec
	fields               []string // for field selectors, beside name and namespace
	table                table

	// complete fills in what the client left out. It may change the object.
	complete func(o object.Object)
	// check returns what is wrong with an object. Old is nil for a new one.
	check func(o, old object.Object) []cause
}

var (
	allVerbs  = []string{"create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"}
	nodeVerbs = []string{"delete", "get", "list", "patch", "update", "watch"} // they are made by the source
)

var (
	namespaces = &resource{
		version: "v1", name: "namespaces", singular: "namespace", kind: "Namespace", short: []string{"ns"}, verbs: without(allVerbs, "deletecollection"),
		status: true, fields: []string{"status.phase"}, table: namespaceTable, complete: completeNamespace,
	}
	nodes = &resource{
		version: "v1", name: "nodes", singular: "node", kind: "Node", short: []string{"no"}, verbs: nodeVerbs,
		status: true, fields: []string{"spec.unschedulable"}, table: nodeTable, complete: completeNode,
	}
	pods = &resource{
		version: "v1", name: "pods", singular: "pod", kind: "Pod", namespaced: true, short: []string{"po"}, categories: []string{"all"}, verbs: allVerbs,
		subresources: []string{"eviction", "log"}, status: true, table: podTable, complete: completePod, check: checkPod,
		fields: []string{"spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "status.phase", "status.podIP"},
	}
	deployments = &resource{
		group: "apps", version: "v1", name: "deployments", singular: "deployment", kind: "Deployment", namespaced: true, short: []string{"deploy"},
		categories: []string{"all"}, verbs: allVerbs, subresources: []string{"scale"}, status: true, generation: true,
		table: deploymentTable, complete: completeDeployment, check: checkDeployment,
	}
	replicaSets = &resource{
		group: "apps", version: "v1", name: "replicasets", singular: "replicaset", kind: "ReplicaSet", namespaced: true, short: []string{"rs"},
		categories: []string{"all"}, verbs: allVerbs, subresources: []string{"scale"}, status: true, generation: true,
		table: replicaSetTable, complete: completeReplicaSet, check: checkReplicaSet,
	}
	configMaps = &resource{
		version: "v1", name: "configmaps", singular: "configmap", kind: "ConfigMap", namespaced: true, short: []string{"cm"}, verbs: allVerbs, table: configMapTable,
	}
	secrets = &resource{
		version: "v1", name: "secrets", singular: "secret", kind: "Secret", namespaced: true, verbs: allVerbs,
		fields: []string{"type"}, table: secretTable, complete: completeSecret,
	}
	serviceAccounts = &resource{
		version: "v1", name: "serviceaccounts", singular: "serviceaccount", kind: "ServiceAccount", namespaced: true, short: []string{"sa"}, verbs: allVerbs,
		table: serviceAccountTable,
	}
	services = &resource{
		version: "v1", name: "services", singular: "service", kind: "Service", namespaced: true, short: []string{"svc"}, categories: []string{"all"},
		verbs: allVerbs, status: true, table: serviceTable, complete: completeService,
	}
	events = &resource{
		version: "v1", name: "events", singular: "event", kind: "Event", namespaced: true, short: []string{"ev"}, verbs: allVerbs, table: eventTable,
		fields: []string{"involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "reason", "type"},
	}
	leases = &resource{
		group: "coordination.k8s.io", version: "v1", name: "leases", singular: "lease", kind: "Lease", namespaced: true, verbs: allVerbs, table: leaseTable,
	}
)

// resources are all of them, in the order of discovery.
var resources = []*resource{
	configMaps, events, namespaces, nodes, pods, secrets, serviceAccounts, services,
	deployments, replicaSets,
	leases,
}

// id returns the name of the resource with its group, such as deployments.apps.
func (r *resource) id() string {
	if r.group == "" {
		return r.name
	}
	return r.name + "." + r.group
}

// path returns the name of the resource or of a part of it, such as pods/status.
func (r *resource) path(subresource string) string {
	if subresource == "" {
		return r.name
	}
	return r.name + "/" + subresource
}

// apiVersion returns group and version as they stand in objects.
func (r *resource) apiVersion() string { return groupVersion(r.group, r.version) }

func groupVersion(group, version string) string {
	if group == "" {
		return version
	}
	return group + "/" + version
}

// has tells whether there is such a part of the resource.
func (r *resource) has(subresource string) bool {
	return subresource == "" || subresource == "status" && r.status || slices.Contains(r.subresources, subresource)
}

func without(list []string, item string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == item })
}
