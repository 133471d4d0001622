package kube

import (
	"encoding/base64"
	"fmt"
	"reflect"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/store"
)

// run says of a pod on a node that it runs, and that it is ready if the node
// is. A pod that has ended stays as it is.
func (a *API) run(pod store.Item, node object.Object) {
	phase := object.String(pod.Object, "status", "phase")
	ready := isReady(node)
	if phase != "Pending" && (phase != "Running" || isReady(pod.Object) == ready) {
		return
	}
	o := object.Clone(pod.Object)
	status := ensure(o, "status")
	status["phase"] = "Running"
	setDefault(status, "hostIP", nodeAddress(node, "InternalIP"))
	setDefault(status, "podIP", a.newAddress())
	setDefault(status, "podIPs", []any{object.Object{"ip": status["podIP"]}})
	setDefault(status, "startTime", a.timestamp())
	status["conditions"] = a.podConditions(pod.Object, ready)
	status["containerStatuses"] = containerStatuses(o, ready)
	a.store.Put(pod.Key, o)
}

// newAddress returns an IP address that no pod has had lately.
func (a *API) newAddress() string {
	n := a.store.Revision()
	return fmt.Sprintf("172.20.%d.%d", n>>8&0xff, n&0xff)
}

func (a *API) podConditions(pod object.Object, ready bool) []any {
	readiness := "False"
	if ready {
		readiness = "True"
	}
	var list []any
	for _, c := range []object.Object{
		{"type": "Initialized", "status": "True"}, {"type": "Ready", "status": readiness},
		{"type": "ContainersReady", "status": readiness}, {"type": "PodScheduled", "status": "True"},
	} {
		a.stamp(c, condition(pod, object.String(c, "type")))
		list = append(list, c)
	}
	return list
}

// containerStatuses says of each container that it has run since its pod started.
func containerStatuses(pod object.Object, ready bool) []any {
	list := []any{}
	for _, c := range object.Maps(pod, "spec", "containers") {
		list = append(list, object.Object{
			"name": c["name"], "image": c["image"], "imageID": "", "containerID": "", "ready": ready, "started": true, "restartCount": object.Int(0),
			"state": object.Object{"running": object.Object{"startedAt": object.Get(pod, "status", "startTime")}},
		})
	}
	return list
}

func encodeBase64(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

// equal compares values of any type.
func equal(a, b any) bool { return reflect.DeepEqual(a, b) }
