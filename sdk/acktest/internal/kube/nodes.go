package kube

import (
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/patch"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/store"
)

// Taints that follow from the state of a node.
const (
	notReadyTaint      = "node.kubernetes.io/not-ready"
	unschedulableTaint = "node.kubernetes.io/unschedulable"
)

// readNodes brings the nodes up to date. The source is asked without the lock of
// the API, as it may have one of its own.
func (a *API) readNodes() {
	a.nodesMu.Lock()
	defer a.nodesMu.Unlock()
	a.stale.Store(false)
	list := a.source.Nodes()
	_, _ = a.transact(func() (object.Object, *failure) {
		a.mergeNodes(list)
		return nil, nil
	})
}

// mergeNodes makes, changes and deletes nodes. What the source has changed since
// it was last asked is changed; all else stays as clients have left it. A node
// that clients have deleted does not come back.
func (a *API) mergeNodes(list []Node) {
	seen := make(map[string]bool, len(list))
	for _, n := range list {
		seen[n.Name] = true
		o, key := nodeObject(n), nodeKey(n.Name)
		last, known := a.nodes[n.Name]
		a.nodes[n.Name] = o
		if known && reflect.DeepEqual(last, o) {
			continue
		}
		current, stored := a.store.Get(key)
		if known && object.String(last, "metadata", "uid") != n.UID {
			a.store.Delete(key)
			known = false
		}
		switch {
		case !known:
			fresh := object.Clone(o)
			completeNode(fresh)
			a.putNode(key, fresh, nil)
		case stored:
			merged := patch.Merge(current, patch.Diff(last, o))
			if completeNode(merged); !reflect.DeepEqual(current, merged) {
				a.putNode(key, merged, current)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(a.nodes)) {
		if !seen[name] {
			delete(a.nodes, name)
			a.store.Delete(nodeKey(name))
		}
	}
}

func nodeKey(name string) store.Key { return store.Key{Resource: nodes.id(), Name: name} }

// putNode stores a complete node with the times of its conditions.
func (a *API) putNode(key store.Key, o, old object.Object) {
	for _, c := range object.Maps(o, "status", "conditions") {
		a.stamp(c, condition(old, object.String(c, "type")))
		c["lastHeartbeatTime"] = a.timestamp()
	}
	a.store.Put(key, o)
}

// stamp writes into a condition since when it is as it is.
func (a *API) stamp(c, old object.Object) {
	since := a.timestamp()
	if old != nil && object.String(old, "status") == object.String(c, "status") {
		since = defaultTo(object.String(old, "lastTransitionTime"), since)
	}
	c["lastTransitionTime"] = since
}

// completeNode sets the taints that follow from the state of a node.
func completeNode(o object.Object) {
	taints := slices.DeleteFunc(slices.Clone(object.List(o, "spec", "taints")), func(t any) bool {
		taint, _ := t.(object.Object)
		key := object.String(taint, "key")
		return key == notReadyTaint || key == unschedulableTaint
	})
	if object.Bool(o, "spec", "unschedulable") {
		taints = append(taints, object.Object{"key": unschedulableTaint, "effect": "NoSchedule"})
	}
	if !isReady(o) {
		taints = append(taints, object.Object{"key": notReadyTaint, "effect": "NoSchedule"})
	}
	if len(taints) > 0 {
		object.Set(o, taints, "spec", "taints")
	} else {
		object.Remove(o, "spec", "taints")
	}
}

// isReady tells whether a node or pod is ready.
func isReady(o object.Object) bool { return object.String(condition(o, "Ready"), "status") == "True" }

// nodeObject returns a node as the source tells it.
func nodeObject(n Node) object.Object {
	system, architecture := defaultTo(n.OperatingSystem, "linux"), defaultTo(n.Architecture, "amd64")
	labels := object.Object{"kubernetes.io/hostname": n.Name, "kubernetes.io/os": system, "kubernetes.io/arch": architecture}
	for key, value := range n.Labels {
		labels[key] = value
	}
	spec := object.Object{}
	setText(spec, "providerID", n.ProviderID)
	setText(spec, "podCIDR", n.PodCIDR)
	if n.Unschedulable {
		spec["unschedulable"] = true
	}
	if len(n.Taints) > 0 {
		spec["taints"] = taintList(n.Taints)
	}
	return object.Object{
		"metadata": object.Object{
			"name": n.Name, "uid": n.UID, "creationTimestamp": n.Created.UTC().Format(time.RFC3339),
			"labels": labels, "annotations": object.FromStrings(n.Annotations),
		},
		"spec": spec,
		"status": object.Object{
			"addresses":   addresses(n),
			"capacity":    object.FromStrings(n.Capacity),
			"allocatable": object.FromStrings(n.Capacity),
			"conditions":  nodeConditions(n.Ready),
			"nodeInfo": object.Object{
				"architecture": architecture, "operatingSystem": system, "osImage": n.OSImage, "kernelVersion": n.KernelVersion,
				"containerRuntimeVersion": n.ContainerRuntime, "kubeletVersion": "v" + n.KubeletVersion, "kubeProxyVersion": "v" + n.KubeletVersion,
				"bootID": "", "machineID": n.UID, "systemUUID": n.UID,
			},
		},
	}
}

func setText(o object.Object, field, text string) {
	if text != "" {
		o[field] = text
	}
}

func taintList(taints []Taint) []any {
	list := make([]any, len(taints))
	for i, t := range taints {
		taint := object.Object{"key": t.Key, "effect": t.Effect}
		setText(taint, "value", t.Value)
		list[i] = taint
	}
	return list
}

func addresses(n Node) []any {
	list := []any{}
	for _, address := range []struct{ kind, value string }{{"InternalIP", n.InternalIP}, {"ExternalIP", n.ExternalIP}, {"Hostname", n.Name}} {
		if address.value != "" {
			list = append(list, object.Object{"type": address.kind, "address": address.value})
		}
	}
	return list
}

// nodeConditions returns the conditions of a node that has no trouble but,
// perhaps, that it is not ready.
func nodeConditions(ready bool) []any {
	list := []any{
		object.Object{"type": "MemoryPressure", "status": "False", "reason": "KubeletHasSufficientMemory", "message": "kubelet has sufficient memory available"},
		object.Object{"type": "DiskPressure", "status": "False", "reason": "KubeletHasNoDiskPressure", "message": "kubelet has no disk pressure"},
		object.Object{"type": "PIDPressure", "status": "False", "reason": "KubeletHasSufficientPID", "message": "kubelet has sufficient PID available"},
	}
	if ready {
		return append(list, object.Object{"type": "Ready", "status": "True", "reason": "KubeletReady", "message": "kubelet is posting ready status"})
	}
	return append(list, object.Object{"type": "Ready", "status": "False", "reason": "KubeletNotReady", "message": "the node is not ready"})
}
