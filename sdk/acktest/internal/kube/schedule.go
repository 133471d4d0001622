package kube

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/selector"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/store"
)

// A host is a node with what its pods take of it.
type host struct {
	node object.Object
	used map[string]*big.Rat
	pods int64
}

// schedule gives each pod a node, if there is one for it, and says of the others
// why there is none. Pods whose node is gone are deleted; those of a replica set
// come again.
func (a *API) schedule() {
	hosts := map[string]*host{}
	var order []*host
	for _, item := range a.store.List(nodes.id(), "") {
		h := &host{node: item.Object, used: map[string]*big.Rat{}}
		hosts[item.Key.Name] = h
		order = append(order, h)
	}
	a.evictLost(hosts)
	var waiting []store.Item
	for _, pod := range a.store.List(pods.id(), "") {
		h := hosts[object.String(pod.Object, "spec", "nodeName")]
		if h == nil {
			waiting = append(waiting, pod)
			continue
		}
		h.take(pod.Object)
		a.run(pod, h.node)
	}
	for _, pod := range waiting {
		a.place(pod, order)
	}
}

// evictLost deletes the pods of nodes that are gone, and makes those of replica sets again.
func (a *API) evictLost(hosts map[string]*host) {
	lost := false
	for _, pod := range a.store.List(pods.id(), "") {
		if at := object.String(pod.Object, "spec", "nodeName"); at != "" && hosts[at] == nil {
			a.store.Delete(pod.Key)
			lost = true
		}
	}
	if !lost {
		return
	}
	for _, rs := range a.store.List(replicaSets.id(), "") {
		a.fill(rs)
	}
}

// place gives a pod the node with the fewest pods among those that can take it.
func (a *API) place(pod store.Item, hosts []*host) {
	var best *host
	refusals := map[string]int{}
	for _, h := range hosts {
		if why := h.refuses(pod.Object); why != "" {
			refusals[why]++
		} else if best == nil || h.pods < best.pods {
			best = h
		}
	}
	if best == nil {
		a.keepWaiting(pod, unschedulable(len(hosts), refusals))
		return
	}
	best.take(pod.Object)
	o := object.Clone(pod.Object)
	object.Set(o, name(best.node), "spec", "nodeName")
	a.run(store.Item{Key: pod.Key, Object: o}, best.node)
}

// unschedulable says why no node takes a pod.
func unschedulable(hosts int, refusals map[string]int) string {
	if hosts == 0 {
		return "no nodes available to schedule pods"
	}
	var whys []string
	for why, n := range refusals {
		whys = append(whys, fmt.Sprintf("%d %s", n, why))
	}
	slices.Sort(whys)
	return fmt.Sprintf("0/%d nodes are available: %s.", hosts, strings.Join(whys, ", "))
}

func (a *API) keepWaiting(pod store.Item, why string) {
	old := condition(pod.Object, "PodScheduled")
	if object.String(old, "message") == why {
		return
	}
	c := object.Object{"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": why}
	a.stamp(c, old)
	o := object.Clone(pod.Object)
	object.Set(o, []any{c}, "status", "conditions")
	a.store.Put(pod.Key, o)
}

// refuses returns why a node does not take a pod, or "".
func (h *host) refuses(pod object.Object) string {
	if object.Bool(h.node, "spec", "unschedulable") && !tolerates(pod, object.Object{"key": unschedulableTaint, "effect": "NoSchedule"}) {
		return "node(s) were unschedulable"
	}
	for _, taint := range object.Maps(h.node, "spec", "taints") {
		if object.String(taint, "effect") != "PreferNoSchedule" && !tolerates(pod, taint) {
			return fmt.Sprintf("node(s) had untolerated taint {%s: %s}", object.String(taint, "key"), object.String(taint, "value"))
		}
	}
	if !selects(pod, h.node) {
		return "node(s) didn't match Pod's node affinity/selector"
	}
	return h.lacks(pod)
}

// tolerates tells whether a pod may be on a node with a taint.
func tolerates(pod, taint object.Object) bool {
	return slices.ContainsFunc(object.Maps(pod, "spec", "tolerations"), func(t object.Object) bool {
		key, effect := object.String(t, "key"), object.String(t, "effect")
		if effect != "" && effect != object.String(taint, "effect") || key != "" && key != object.String(taint, "key") {
			return false
		}
		if object.String(t, "operator") == "Exists" {
			return true
		}
		return key != "" && object.String(t, "value") == object.String(taint, "value")
	})
}

// selects tells whether a pod wants to be on a node: by its node selector and
// the terms of its node affinity that are required.
func selects(pod, node object.Object) bool {
	labels := object.Strings(node, "metadata", "labels")
	for key, value := range object.Strings(pod, "spec", "nodeSelector") {
		if actual, ok := labels[key]; !ok || actual != value {
			return false
		}
	}
	terms := object.Maps(pod, "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
	return len(terms) == 0 || slices.ContainsFunc(terms, func(term object.Object) bool {
		s, err := selector.FromObject(term)
		return err == nil && !s.Empty() && s.Matches(labels)
	})
}

// lacks returns what a node has too little of for a pod, or "".
func (h *host) lacks(pod object.Object) string {
	allocatable := object.Strings(h.node, "status", "allocatable")
	if limit, ok := quantity(allocatable["pods"]); ok && limit.Cmp(big.NewRat(h.pods+1, 1)) < 0 {
		return "Too many pods"
	}
	for resource, wanted := range requests(pod) {
		available, ok := quantity(allocatable[resource])
		if !ok && !strings.Contains(resource, "/") {
			continue // a node that does not tell how much it has is large enough
		}
		if !ok {
			available = new(big.Rat)
		}
		if used := h.used[resource]; used != nil {
			available.Sub(available, used)
		}
		if available.Cmp(wanted) < 0 {
			return "Insufficient " + resource
		}
	}
	return ""
}

// take adds what a pod wants to what is used of a node.
func (h *host) take(pod object.Object) {
	h.pods++
	for resource, wanted := range requests(pod) {
		if h.used[resource] == nil {
			h.used[resource] = new(big.Rat)
		}
		h.used[resource].Add(h.used[resource], wanted)
	}
}

// requests returns what the containers of a pod want together.
func requests(pod object.Object) map[string]*big.Rat {
	sum := map[string]*big.Rat{}
	for _, c := range object.Maps(pod, "spec", "containers") {
		for resource, amount := range object.Map(c, "resources", "requests") {
			wanted, ok := quantity(fmt.Sprint(amount)) // a number is one, too
			if !ok {
				continue
			}
			if sum[resource] == nil {
				sum[resource] = new(big.Rat)
			}
			sum[resource].Add(sum[resource], wanted)
		}
	}
	return sum
}
