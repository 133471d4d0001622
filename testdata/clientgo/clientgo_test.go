package clientgo

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/kubeconfig"
	"github.com/ackgen/ackgen/sdk/kubeconfig/kubeconfigtest"
)

// pods responds with a list that holds one pod, named like the caller.
func pods(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	if r.URL.Path != "/api/v1/namespaces/default/pods" {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	_, _ = fmt.Fprintf(w, `{"kind":"PodList","apiVersion":"v1","items":[{"kind":"Pod","apiVersion":"v1","metadata":{"name":%q}}]}`, r.TLS.PeerCertificates[0].Subject.CommonName) //nolint:gosec // G705: it responds with JSON
}

func TestRESTConfig(t *testing.T) {
	t.Parallel()
	srv := kubeconfigtest.NewServer(t, http.HandlerFunc(pods))
	conf, err := kubeconfig.Parse(srv.Kubeconfig(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	list(t, RESTConfig(conf))
}

func TestFollowing(t *testing.T) {
	t.Parallel()
	srv := kubeconfigtest.NewServer(t, http.HandlerFunc(pods))
	source := kubeconfig.NewSource(srv.API(), &ack.DescribeClusterUserKubeconfigRequest{ClusterID: "c82e6987e2961451182edacd74faf1234"})
	conf, err := Following(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	list(t, conf)
}

// list lists pods. The dynamic client builds much faster than the typed ones.
func list(t *testing.T, conf *rest.Config) {
	t.Helper()
	client, err := dynamic.NewForConfig(conf)
	if err != nil {
		t.Fatal(err)
	}
	got, err := client.Resource(schema.GroupVersionResource{Version: "v1", Resource: "pods"}).
		Namespace("default").List(t.Context(), metav1.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Items) != 1 || got.Items[0].GetName() != "kubernetes-admin" {
		t.Errorf("the list holds %d pods", len(got.Items))
	}
}
