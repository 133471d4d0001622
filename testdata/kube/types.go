// Package kube has what only Kubernetes itself can tell of the API of a fake
// cluster: the types that the API describes, and whether client-go and kubectl
// work with it. It is a module of its own so that the SDK does not depend on Kubernetes.
// The path of the module lies below sdk/acktest, whose internal packages it tests.
package kube

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv1 "k8s.io/api/autoscaling/v1"
	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// kinds are the objects that requests can hold.
var kinds = []any{
	corev1.ConfigMap{}, corev1.Event{}, corev1.Namespace{}, corev1.Node{}, corev1.Pod{}, corev1.Secret{}, corev1.Service{}, corev1.ServiceAccount{},
	appsv1.Deployment{}, appsv1.ReplicaSet{}, coordinationv1.Lease{}, autoscalingv1.Scale{}, policyv1.Eviction{}, metav1.DeleteOptions{},
}

// scalars are the types that are no objects in JSON although they are structs.
var scalars = map[reflect.Type]string{
	reflect.TypeFor[resource.Quantity]():  "quantity",
	reflect.TypeFor[metav1.Time]():        "time",
	reflect.TypeFor[metav1.MicroTime]():   "microtime",
	reflect.TypeFor[intstr.IntOrString](): "intorstring",
	reflect.TypeFor[metav1.FieldsV1]():    "dropped",
	reflect.TypeFor[[]byte]():             "bytes",
}

// Types returns the types of the kinds in the form of schema/types.txt. It fails if it does not know what a field holds.
func Types() (string, error) {
	t := &table{blocks: map[string]string{}}
	for _, kind := range kinds {
		t.add(reflect.TypeOf(kind))
	}
	var names []string
	for name := range t.blocks {
		names = append(names, name)
	}
	slices.Sort(names)
	var b strings.Builder
	for _, name := range names {
		b.WriteString(name + "\n" + t.blocks[name])
	}
	return b.String(), t.err
}

type table struct {
	blocks map[string]string
	err    error
}

// add adds a struct and the structs of its fields.
func (t *table) add(typ reflect.Type) {
	name := nameOf(typ)
	if _, known := t.blocks[name]; known {
		return
	}
	t.blocks[name] = "" // types may hold themselves
	var b strings.Builder
	for field := range typ.Fields() {
		if line := t.line(field); line != "" {
			fmt.Fprintf(&b, "\t%s\n", line)
		}
	}
	t.blocks[name] = b.String()
}

// line describes a field: its name, its number in protobuf and its type, and
// what else is to be known of it. The name of a field whose fields stand in its place is a star.
func (t *table) line(field reflect.StructField) string {
	name, option, _ := strings.Cut(field.Tag.Get("json"), ",")
	protobuf := strings.Split(field.Tag.Get("protobuf"), ",")
	if len(protobuf) < 2 {
		return "" // kind and apiVersion stand elsewhere in protobuf
	}
	if name == "" {
		name = "*"
	}
	words := []string{name, protobuf[1], t.expression(field.Type)}
	if field.Type.Kind() != reflect.Pointer && strings.Contains(option, "omit") {
		words = append(words, "omitzero")
	}
	if key := field.Tag.Get("patchMergeKey"); key != "" {
		words = append(words, "key="+key)
	}
	if strategy := field.Tag.Get("patchStrategy"); strategy != "" {
		words = append(words, "strategy="+strategy)
	}
	return strings.Join(words, " ")
}

func (t *table) expression(typ reflect.Type) string {
	if scalar, ok := scalars[typ]; ok {
		return scalar
	}
	switch typ.Kind() {
	case reflect.Pointer:
		return t.expression(typ.Elem())
	case reflect.Slice:
		return "[]" + t.expression(typ.Elem())
	case reflect.Map:
		return "map[string]" + t.expression(typ.Elem())
	case reflect.Struct:
		t.add(typ)
		return nameOf(typ)
	case reflect.Int32, reflect.Int64:
		return "integer"
	case reflect.Bool:
		return "boolean"
	case reflect.String:
		return "string"
	default:
		t.err = fmt.Errorf("describe a field: the type %s is not known", typ)
		return ""
	}
}

// nameOf returns the name of a type with its group and version, such as core.v1.Pod.
func nameOf(typ reflect.Type) string {
	parts := strings.Split(typ.PkgPath(), "/")
	return strings.Join(parts[len(parts)-2:], ".") + "." + typ.Name()
}
