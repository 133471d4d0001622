package kube

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"

	fake "github.com/ackgen/ackgen/sdk/acktest/internal/kube"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/pki"
)

// pool is a source of nodes that a test scales.
type pool struct {
	created time.Time
	mu      sync.Mutex
	size    int
	changed func()
}

func (p *pool) Version() string { return "1.34.1-aliyun.1" }

func (p *pool) Nodes() []fake.Node {
	p.mu.Lock()
	defer p.mu.Unlock()
	var nodes []fake.Node
	for i := range p.size {
		nodes = append(nodes, fake.Node{
			Name: fmt.Sprintf("cn-hangzhou.10.0.0.%d", i+1), UID: fmt.Sprintf("uid-%d", i+1), Created: p.created, Ready: true,
			InternalIP: fmt.Sprintf("10.0.0.%d", i+1), KubeletVersion: "1.34.1-aliyun.1", OSImage: "Alibaba Cloud Linux 3", KernelVersion: "5.10.134",
			ContainerRuntime: "containerd://1.6.39", Capacity: map[string]string{"cpu": "4", "memory": "8Gi", "pods": "64"},
			Labels: map[string]string{"alibabacloud.com/nodepool-id": "np1"},
		})
	}
	return nodes
}

func (p *pool) scale(size int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.size = size
	p.changed()
}

// start starts a cluster with so many nodes, and returns the path of its kubeconfig.
func start(t *testing.T, nodes int) (*pool, string) {
	t.Helper()
	p := &pool{size: nodes, created: time.Now().Add(-time.Hour)}
	api := fake.NewAPI(p, time.Now)
	p.changed = api.NodesChanged
	authority, err := pki.New()
	if err != nil {
		t.Fatal(err)
	}
	server := fake.NewServer(api, authority, "")
	t.Cleanup(func() { _ = server.Close() })
	url, err := server.URL()
	if err != nil {
		t.Fatal(err)
	}
	client, err := authority.Issue(pki.User{Name: "admin"}, time.Now(), time.Now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(path, []byte(fake.Kubeconfig(url, "user", "context", authority, client)), 0o600); err != nil {
		t.Fatal(err)
	}
	return p, path
}

// config returns the configuration that client-go makes of a kubeconfig.
func config(t *testing.T, path string) *rest.Config {
	t.Helper()
	conf, err := clientcmd.BuildConfigFromFlags("", path)
	if err != nil {
		t.Fatal(err)
	}
	conf.QPS = -1
	return conf
}

// demand fails the test unless the texts are the same.
func demand(t *testing.T, got, want string) {
	t.Helper()
	if strings.TrimSpace(got) != strings.TrimSpace(want) {
		t.Fatalf("got\n%s\nwant\n%s", got, want)
	}
}
