package kube

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
)

// observed records which requests a client has sent.
type observed struct {
	base                            http.RoundTripper
	initialEvents, lists, protobufs atomic.Int64
}

func (o *observed) RoundTrip(r *http.Request) (*http.Response, error) {
	query := r.URL.Query()
	if query.Get("sendInitialEvents") == "true" {
		o.initialEvents.Add(1)
	}
	if r.Method == http.MethodGet && query.Get("watch") == "" {
		o.lists.Add(1)
	}
	if r.Header.Get("Content-Type") == "application/vnd.kubernetes.protobuf" {
		o.protobufs.Add(1)
	}
	return o.base.RoundTrip(r)
}

func connect(t *testing.T, path string) (kubernetes.Interface, *observed) {
	t.Helper()
	conf, seen := config(t, path), &observed{}
	conf.Wrap(func(rt http.RoundTripper) http.RoundTripper {
		seen.base = rt
		return seen
	})
	client, err := kubernetes.NewForConfig(conf)
	if err != nil {
		t.Fatal(err)
	}
	return client, seen
}

// TestInformerFollowsAPool has an informer follow the nodes while their pool scales.
func TestInformerFollowsAPool(t *testing.T) {
	t.Parallel()
	p, path := start(t, 2)
	client, seen := connect(t, path)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	factory := informers.NewSharedInformerFactory(client, 0)
	events := make(chan string, 100)
	informer := factory.Core().V1().Nodes().Informer()
	_, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(o any) { events <- "add " + nodeName(o) },
		UpdateFunc: func(_, o any) { events <- "update " + nodeName(o) },
		DeleteFunc: func(o any) { events <- "delete " + nodeName(o) },
	})
	if err != nil {
		t.Fatal(err)
	}
	expect := func(want ...string) { // in any order
		t.Helper()
		got := make([]string, len(want))
		for i := range got {
			select {
			case got[i] = <-events:
			case <-ctx.Done():
				t.Fatalf("of %v only %v came", want, got[:i])
			}
		}
		slices.Sort(got)
		demand(t, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	factory.StartWithContext(ctx)
	defer factory.Shutdown()
	defer cancel()
	if !cache.WaitForCacheSync(ctx.Done(), informer.HasSynced) {
		t.Fatal("the informer has not synced")
	}
	expect("add cn-hangzhou.10.0.0.1", "add cn-hangzhou.10.0.0.2") // an informer keeps no order of its first list
	p.scale(3)
	expect("add cn-hangzhou.10.0.0.3")
	node, err := factory.Core().V1().Nodes().Lister().Get("cn-hangzhou.10.0.0.3")
	if err != nil {
		t.Fatal(err)
	}
	demand(t, node.Status.Capacity.Memory().String()+" "+string(node.UID), "8Gi uid-3")
	p.scale(1)
	expect("delete cn-hangzhou.10.0.0.2")
	expect("delete cn-hangzhou.10.0.0.3")
	patch := []byte(`{"spec":{"unschedulable":true}}`)
	if _, err := client.CoreV1().Nodes().Patch(ctx, "cn-hangzhou.10.0.0.1", types.StrategicMergePatchType, patch, metav1.PatchOptions{}); err != nil {
		t.Fatal(err)
	}
	expect("update cn-hangzhou.10.0.0.1")
	if seen.initialEvents.Load() == 0 || seen.lists.Load() != 0 {
		t.Errorf("the informer began with %d watches with initial events and %d lists", seen.initialEvents.Load(), seen.lists.Load())
	}
}

func nodeName(o any) string {
	if gone, ok := o.(cache.DeletedFinalStateUnknown); ok {
		o = gone.Obj
	}
	return o.(*corev1.Node).Name //nolint:errcheck // the informer is one of nodes
}

// TestTypedClient does with pods and deployments what programs do. It sends
// protobuf, as typed clients do by themselves.
func TestTypedClient(t *testing.T) {
	t.Parallel()
	_, path := start(t, 1)
	client, seen := connect(t, path)
	ctx := t.Context()
	template := corev1.PodSpec{Containers: []corev1.Container{{
		Name: "nginx", Image: "nginx:alpine", Command: []string{"nginx", "-g"},
		Ports:     []corev1.ContainerPort{{ContainerPort: 80}},
		Env:       []corev1.EnvVar{{Name: "A", Value: "b"}},
		Resources: corev1.ResourceRequirements{Requests: corev1.ResourceList{corev1.ResourceCPU: resource.MustParse("500m")}},
		LivenessProbe: &corev1.Probe{
			PeriodSeconds: 5, ProbeHandler: corev1.ProbeHandler{HTTPGet: &corev1.HTTPGetAction{Path: "/", Port: intstr.FromString("http")}},
		},
	}}, Volumes: []corev1.Volume{{Name: "v", VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}}}}
	pods := client.CoreV1().Pods("default")
	made, err := pods.Create(ctx, &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "web", Labels: map[string]string{"app": "web"}}, Spec: template}, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	c := made.Spec.Containers[0]
	demand(t, c.Resources.Requests.Cpu().String()+" "+c.Env[0].Value+" "+c.LivenessProbe.HTTPGet.Port.String()+" "+c.Command[1], "500m b http -g")
	if made.Spec.Volumes[0].EmptyDir == nil {
		t.Error("the volume has lost its source")
	}
	if _, err := pods.Create(ctx, made, metav1.CreateOptions{}); !apierrors.IsAlreadyExists(err) {
		t.Errorf("a second pod of that name: %v", err)
	}
	pod, err := pods.Get(ctx, "web", metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	demand(t, string(pod.Status.Phase)+" "+pod.Spec.NodeName, "Running cn-hangzhou.10.0.0.1")
	stale := pod.DeepCopy()
	pod.Labels["tier"] = "front"
	if _, err = pods.Update(ctx, pod, metav1.UpdateOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err = pods.Update(ctx, stale, metav1.UpdateOptions{}); !apierrors.IsConflict(err) {
		t.Errorf("an update of an old pod: %v", err)
	}
	if err = pods.Delete(ctx, "web", *metav1.NewDeleteOptions(0)); err != nil {
		t.Fatal(err)
	}
	if _, err = pods.Get(ctx, "web", metav1.GetOptions{}); !apierrors.IsNotFound(err) {
		t.Errorf("a deleted pod: %v", err)
	}
	scaleDeployment(t, client, template)
	if seen.protobufs.Load() == 0 {
		t.Error("the client has not sent protobuf")
	}
}

func scaleDeployment(t *testing.T, client kubernetes.Interface, spec corev1.PodSpec) {
	t.Helper()
	ctx, labels := t.Context(), map[string]string{"app": "web"}
	deployments := client.AppsV1().Deployments("default")
	_, err := deployments.Create(ctx, &appsv1.Deployment{ObjectMeta: metav1.ObjectMeta{Name: "web"}, Spec: appsv1.DeploymentSpec{
		Replicas: new(int32(2)), Selector: &metav1.LabelSelector{MatchLabels: labels},
		Template: corev1.PodTemplateSpec{ObjectMeta: metav1.ObjectMeta{Labels: labels}, Spec: spec},
	}}, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	scale, err := deployments.GetScale(ctx, "web", metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	scale.Spec.Replicas = 3
	if _, err = deployments.UpdateScale(ctx, "web", scale, metav1.UpdateOptions{}); err != nil {
		t.Fatal(err)
	}
	list, err := client.CoreV1().Pods("default").List(ctx, metav1.ListOptions{LabelSelector: "app=web", FieldSelector: "status.phase=Running"})
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Items) != 3 {
		t.Errorf("there are %d pods", len(list.Items))
	}
	if err = client.CoreV1().Pods("default").DeleteCollection(ctx, metav1.DeleteOptions{}, metav1.ListOptions{LabelSelector: "app=web"}); err != nil {
		t.Fatal(err)
	}
	d, err := deployments.Get(ctx, "web", metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if d.Status.AvailableReplicas != 3 {
		t.Errorf("after its pods were deleted, %d are available", d.Status.AvailableReplicas)
	}
}

// TestDiscovery demands that clients find all resources, whichever way they ask.
func TestDiscovery(t *testing.T) {
	t.Parallel()
	_, path := start(t, 0)
	client, _ := connect(t, path)
	lists, err := client.Discovery().ServerPreferredResources()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, list := range lists {
		for _, r := range list.APIResources {
			found[r.Name] = list.GroupVersion
		}
	}
	demand(t, found["nodes"]+" "+found["deployments"]+" "+found["leases"], "v1 apps/v1 coordination.k8s.io/v1")
}
