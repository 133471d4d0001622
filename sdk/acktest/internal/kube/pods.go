package kube

import (
	"reflect"
	"strconv"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/selector"
)

// setDefault sets a field that is not there.
func setDefault(o object.Object, field string, value any) {
	if o[field] == nil {
		o[field] = value
	}
}

// ensure returns the object at a field, and makes one if there is none.
func ensure(o object.Object, field string) object.Object {
	inner, ok := o[field].(object.Object)
	if !ok {
		inner = object.Object{}
		if o[field] == nil {
			o[field] = inner
		}
	}
	return inner
}

func completeNamespace(o object.Object) {
	object.Set(o, name(o), "metadata", "labels", namespaceLabel)
	setDefault(ensure(o, "spec"), "finalizers", []any{"kubernetes"})
	setDefault(ensure(o, "status"), "phase", "Active")
}

func completeSecret(o object.Object) {
	setDefault(o, "type", "Opaque")
	data := ensure(o, "data")
	for key, text := range object.Strings(o, "stringData") {
		data[key] = encodeBase64(text)
	}
	delete(o, "stringData")
}

func completeService(o object.Object) {
	spec := ensure(o, "spec")
	setDefault(spec, "type", "ClusterIP")
	setDefault(spec, "sessionAffinity", "None")
	for _, port := range object.Maps(spec, "ports") {
		setDefault(port, "protocol", "TCP")
		setDefault(port, "targetPort", port["port"])
	}
}

// completePod fills in what the programs that read pods expect.
func completePod(o object.Object) {
	completePodSpec(ensure(o, "spec"))
	setDefault(ensure(o, "status"), "phase", "Pending")
	setDefault(ensure(o, "status"), "qosClass", "BestEffort")
}

func completePodSpec(spec object.Object) {
	setDefault(spec, "restartPolicy", "Always")
	setDefault(spec, "terminationGracePeriodSeconds", object.Int(30))
	setDefault(spec, "dnsPolicy", "ClusterFirst")
	setDefault(spec, "schedulerName", "default-scheduler")
	setDefault(spec, "securityContext", object.Object{})
	for _, c := range object.Maps(spec, "containers") {
		setDefault(c, "imagePullPolicy", "IfNotPresent")
		setDefault(c, "resources", object.Object{})
		setDefault(c, "terminationMessagePath", "/dev/termination-log")
		setDefault(c, "terminationMessagePolicy", "File")
		for _, port := range object.Maps(c, "ports") {
			setDefault(port, "protocol", "TCP")
		}
	}
}

func completeReplicaSet(o object.Object) {
	spec := ensure(o, "spec")
	setDefault(spec, "replicas", object.Int(1))
	completePodSpec(ensure(ensure(spec, "template"), "spec"))
}

func completeDeployment(o object.Object) {
	completeReplicaSet(o)
	spec := ensure(o, "spec")
	setDefault(spec, "revisionHistoryLimit", object.Int(10))
	setDefault(spec, "progressDeadlineSeconds", object.Int(600))
	strategy := ensure(spec, "strategy")
	setDefault(strategy, "type", "RollingUpdate")
	if object.String(strategy, "type") == "RollingUpdate" {
		rolling := ensure(strategy, "rollingUpdate")
		setDefault(rolling, "maxSurge", "25%")
		setDefault(rolling, "maxUnavailable", "25%")
	}
}

// checkPod checks a pod. Of the spec of one that exists, only the images of
// its containers may change, and there may be more tolerations.
func checkPod(o, old object.Object) []cause {
	causes := checkPodSpec("spec", object.Map(o, "spec"))
	if old == nil {
		return causes
	}
	if !reflect.DeepEqual(fixedPart(o), fixedPart(old)) {
		return append(causes, cause{"FieldValueForbidden", "spec",
			"Forbidden: pod updates may not change fields other than `spec.containers[*].image`, `spec.initContainers[*].image`, `spec.activeDeadlineSeconds`, `spec.tolerations`"})
	}
	return causes
}

// fixedPart returns what may not change of the spec of a pod.
func fixedPart(o object.Object) object.Object {
	spec := object.Clone(object.Map(o, "spec"))
	delete(spec, "tolerations")
	delete(spec, "activeDeadlineSeconds")
	for _, field := range []string{"containers", "initContainers"} {
		for _, c := range object.Maps(spec, field) {
			delete(c, "image")
		}
	}
	return spec
}

func checkPodSpec(path string, spec object.Object) []cause {
	containers := object.List(spec, "containers")
	if len(containers) == 0 {
		return []cause{required(path + ".containers")}
	}
	var causes []cause
	seen := map[string]bool{}
	for i, item := range containers {
		at := path + ".containers[" + strconv.Itoa(i) + "]"
		c, _ := item.(object.Object)
		switch given := object.String(c, "name"); {
		case given == "":
			causes = append(causes, required(at+".name"))
		case seen[given]:
			causes = append(causes, cause{"FieldValueDuplicate", at + ".name", "Duplicate value: " + strconv.Quote(given)})
		default:
			seen[given] = true
		}
		if object.String(c, "image") == "" {
			causes = append(causes, required(at+".image"))
		}
	}
	return causes
}

// checkReplicaSet checks what deployments and replica sets have in common.
func checkReplicaSet(o, old object.Object) []cause {
	causes := checkPodSpec("spec.template.spec", object.Map(o, "spec", "template", "spec"))
	if n, ok := object.Integer(o, "spec", "replicas"); !ok || n < 0 || n > 1<<31-1 {
		causes = append(causes, invalidValue("spec.replicas", "it must be an integer that is not negative"))
	}
	selected := object.Map(o, "spec", "selector")
	if len(selected) == 0 {
		return append(causes, required("spec.selector"))
	}
	s, err := selector.FromObject(selected)
	if err != nil {
		return append(causes, invalidValue("spec.selector", "%v", err))
	}
	if !s.Matches(object.Strings(o, "spec", "template", "metadata", "labels")) {
		causes = append(causes, invalidValue("spec.template.metadata.labels", "`selector` does not match template `labels`"))
	}
	if old != nil && !reflect.DeepEqual(selected, object.Map(old, "spec", "selector")) {
		causes = append(causes, immutable("spec.selector"))
	}
	return causes
}

// checkDeployment checks a deployment.
func checkDeployment(o, old object.Object) []cause {
	causes := checkReplicaSet(o, old)
	if n, ok := object.Integer(o, "spec", "revisionHistoryLimit"); !ok || n < 0 {
		causes = append(causes, invalidValue("spec.revisionHistoryLimit", "it must be an integer that is not negative"))
	}
	return causes
}
