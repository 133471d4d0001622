package kube

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/store"
)

// Labels and annotations of what a deployment makes.
const (
	templateHash = "pod-template-hash"
	revisionNote = "deployment.kubernetes.io/revision"
)

// maxPods is how many pods a cluster can have. Replica sets that want more wait.
const maxPods = 1000

// settle does what the controllers of a cluster do after a change, all at once:
// what lost its owner is deleted, deployments get their replica sets, those get
// their pods, pods get nodes, and all tell in their status how far they are.
func (a *API) settle() {
	a.collectGarbage()
	for _, d := range a.store.List(deployments.id(), "") {
		a.rollOut(d)
	}
	for _, rs := range a.store.List(replicaSets.id(), "") {
		a.fill(rs)
	}
	a.schedule()
	for _, rs := range a.store.List(replicaSets.id(), "") {
		a.reportReplicaSet(rs)
	}
	for _, d := range a.store.List(deployments.id(), "") {
		a.reportDeployment(d)
	}
}

// collectGarbage deletes the objects whose owners are all gone, and then what
// these owned. Owners of kinds that the API does not have are taken to exist.
func (a *API) collectGarbage() {
	for found := true; found; {
		found = false
		all := a.store.All()
		alive := map[string]bool{}
		for _, item := range all {
			alive[object.String(item.Object, "metadata", "uid")] = true
		}
		for _, item := range all {
			owners := object.Maps(item.Object, "metadata", "ownerReferences")
			if len(owners) == 0 || slices.ContainsFunc(owners, func(o object.Object) bool {
				return alive[object.String(o, "uid")] || !isKnownKind(o)
			}) {
				continue
			}
			a.store.Delete(item.Key)
			found = true
		}
	}
}

func isKnownKind(o object.Object) bool {
	return slices.ContainsFunc(resources, func(r *resource) bool {
		return r.kind == object.String(o, "kind") && r.apiVersion() == object.String(o, "apiVersion")
	})
}

// owned returns the objects of a resource that an object controls.
func (a *API) owned(res *resource, owner store.Item) []store.Item {
	uid := object.String(owner.Object, "metadata", "uid")
	return slices.DeleteFunc(a.store.List(res.id(), owner.Key.Namespace), func(item store.Item) bool {
		return !slices.ContainsFunc(object.Maps(item.Object, "metadata", "ownerReferences"), func(ref object.Object) bool {
			return object.String(ref, "uid") == uid && object.Bool(ref, "controller")
		})
	})
}

// child returns a new object that another one controls, with the labels, the
// annotations and the spec of a template.
func child(res *resource, owner store.Item, name string, template object.Object) object.Object {
	return object.Object{
		"metadata": object.Object{
			"name": name, "namespace": owner.Key.Namespace,
			"labels":      object.CloneTree(object.Get(template, "metadata", "labels")),
			"annotations": object.FromStrings(object.Strings(template, "metadata", "annotations")),
			"ownerReferences": []any{object.Object{
				"apiVersion": res.apiVersion(), "kind": res.kind, "name": owner.Key.Name, "uid": object.String(owner.Object, "metadata", "uid"),
				"controller": true, "blockOwnerDeletion": true,
			}},
		},
		"spec": object.CloneTree(template["spec"]),
	}
}

// rollOut gives a deployment the replica set of its template, and takes the
// replicas of all others away at once.
func (a *API) rollOut(d store.Item) {
	hash := hashOf(object.Map(d.Object, "spec", "template"))
	current := d.Key.Name + "-" + hash
	latest, found := int64(0), false
	for _, rs := range a.owned(replicaSets, d) {
		latest = max(latest, revisionOf(rs.Object))
		replicas := int64(0)
		if rs.Key.Name == current {
			found, replicas = true, number(d.Object, "spec", "replicas")
		}
		a.resize(rs, replicas)
	}
	if !found {
		a.makeReplicaSet(d, hash, latest+1)
		a.forgetRevisions(d, current)
	}
}

// forgetRevisions deletes the oldest replica sets of a deployment, but for as
// many as it wants to keep beside the current one.
func (a *API) forgetRevisions(d store.Item, current string) {
	old := slices.DeleteFunc(a.owned(replicaSets, d), func(rs store.Item) bool { return rs.Key.Name == current })
	slices.SortFunc(old, func(x, y store.Item) int { return cmp.Compare(revisionOf(x.Object), revisionOf(y.Object)) })
	for _, rs := range old[:max(len(old)-int(number(d.Object, "spec", "revisionHistoryLimit")), 0)] {
		a.store.Delete(rs.Key)
	}
}

func revisionOf(o object.Object) int64 {
	n, err := strconv.ParseInt(object.String(o, "metadata", "annotations", revisionNote), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func (a *API) resize(rs store.Item, replicas int64) {
	if number(rs.Object, "spec", "replicas") == replicas {
		return
	}
	o := object.Clone(rs.Object)
	object.Set(o, object.Int(replicas), "spec", "replicas")
	object.Set(o, object.Int(number(o, "metadata", "generation")+1), "metadata", "generation")
	a.store.Put(rs.Key, o)
}

// makeReplicaSet makes the replica set of a deployment's template.
func (a *API) makeReplicaSet(d store.Item, hash string, revision int64) {
	template := object.Clone(object.Map(d.Object, "spec", "template"))
	object.Set(template, hash, "metadata", "labels", templateHash)
	selected := object.Clone(object.Map(d.Object, "spec", "selector"))
	object.Set(selected, hash, "matchLabels", templateHash)
	o := child(deployments, d, d.Key.Name+"-"+hash, object.Object{
		"metadata": object.Object{
			"labels":      object.Map(template, "metadata", "labels"),
			"annotations": object.Object{revisionNote: strconv.FormatInt(revision, 10)},
		},
		"spec": object.Object{
			"replicas": object.Int(number(d.Object, "spec", "replicas")), "selector": selected, "template": template,
		},
	})
	a.begin(replicaSets, o)
	a.store.Put(store.Key{Resource: replicaSets.id(), Namespace: d.Key.Namespace, Name: name(o)}, o)
	a.annotate(d, revisionNote, strconv.FormatInt(revision, 10))
}

func (a *API) annotate(item store.Item, note, text string) {
	o := object.Clone(item.Object)
	object.Set(o, text, "metadata", "annotations", note)
	a.store.Put(item.Key, o)
}

func hashOf(template object.Object) string {
	text, err := json.Marshal(template)
	if err != nil {
		return "" // objects are made of what JSON has
	}
	sum := sha256.Sum256(text)
	return safeText(sum[:10])
}

// fill makes and deletes pods until a replica set has as many as it wants.
// Pods that wait for a node are deleted first.
func (a *API) fill(rs store.Item) {
	pods, want := a.owned(pods, rs), int(number(rs.Object, "spec", "replicas"))
	room := maxPods - len(a.store.List("pods", ""))
	for range min(want-len(pods), room) {
		a.makePod(rs)
	}
	if len(pods) <= want {
		return
	}
	slices.SortStableFunc(pods, func(x, y store.Item) int { return waits(y) - waits(x) })
	for _, pod := range pods[:len(pods)-want] {
		a.store.Delete(pod.Key)
	}
}

// waits returns 1 for a pod that has no node.
func waits(pod store.Item) int {
	if object.String(pod.Object, "spec", "nodeName") == "" {
		return 1
	}
	return 0
}

func (a *API) makePod(rs store.Item) {
	o := child(replicaSets, rs, rs.Key.Name+"-"+a.newSuffix(), object.Map(rs.Object, "spec", "template"))
	object.Set(o, rs.Key.Name+"-", "metadata", "generateName")
	a.begin(pods, o)
	a.store.Put(store.Key{Resource: pods.id(), Namespace: rs.Key.Namespace, Name: name(o)}, o)
}

// reportReplicaSet writes how many pods a replica set has.
func (a *API) reportReplicaSet(rs store.Item) {
	pods, ready := a.owned(pods, rs), int64(0)
	for _, pod := range pods {
		if isReady(pod.Object) {
			ready++
		}
	}
	status := object.Object{
		"observedGeneration": object.Int(number(rs.Object, "metadata", "generation")), "replicas": object.Int(int64(len(pods))),
	}
	for _, field := range []string{"fullyLabeledReplicas", "readyReplicas", "availableReplicas"} {
		count := ready
		if field == "fullyLabeledReplicas" {
			count = int64(len(pods))
		}
		setCount(status, field, count)
	}
	a.report(rs, status)
}

// setCount sets a count, which is left out if it is zero.
func setCount(o object.Object, field string, n int64) {
	if n != 0 {
		o[field] = object.Int(n)
	}
}

// report writes the status of an object, unless it is the same.
func (a *API) report(item store.Item, status object.Object) {
	if equal(item.Object["status"], status) {
		return
	}
	o := object.Clone(item.Object)
	o["status"] = status
	a.store.Put(item.Key, o)
}

// reportDeployment writes how far a deployment is.
func (a *API) reportDeployment(d store.Item) {
	want := number(d.Object, "spec", "replicas")
	status := object.Object{"observedGeneration": object.Int(number(d.Object, "metadata", "generation"))}
	var total, updated, ready int64
	for _, rs := range a.owned(replicaSets, d) {
		replicas := number(rs.Object, "status", "replicas")
		total += replicas
		ready += number(rs.Object, "status", "readyReplicas")
		if rs.Key.Name == d.Key.Name+"-"+hashOf(object.Map(d.Object, "spec", "template")) {
			updated = replicas
		}
	}
	setCount(status, "replicas", total)
	setCount(status, "updatedReplicas", updated)
	setCount(status, "readyReplicas", ready)
	setCount(status, "availableReplicas", ready)
	setCount(status, "unavailableReplicas", max(want-ready, 0))
	status["conditions"] = a.deploymentConditions(d.Object, ready >= want)
	a.report(d, status)
}

func (a *API) deploymentConditions(d object.Object, available bool) []any {
	is := object.Object{"type": "Available", "status": "True", "reason": "MinimumReplicasAvailable", "message": "Deployment has minimum availability."}
	progress := object.Object{"type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable", "message": "The replica set has successfully progressed."}
	if !available {
		is = object.Object{"type": "Available", "status": "False", "reason": "MinimumReplicasUnavailable", "message": "Deployment does not have minimum availability."}
		progress["reason"], progress["message"] = "ReplicaSetUpdated", "The replica set is progressing."
	}
	for _, c := range []object.Object{is, progress} {
		old := condition(d, object.String(c, "type"))
		a.stamp(c, old)
		c["lastUpdateTime"] = c["lastTransitionTime"]
	}
	return []any{is, progress}
}
