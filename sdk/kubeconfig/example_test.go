package kubeconfig_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/kubeconfig"
	"github.com/ackgen/ackgen/sdk/kubeconfig/kubeconfigtest"
)

// exampleT stands for the test that a fake API server wants, as an example has none.
type exampleT struct {
	testing.TB

	cleanup []func()
}

func (t *exampleT) Helper() {}

func (t *exampleT) Fatalf(format string, args ...any) {
	panic(fmt.Sprintf(format, args...)) //nolint:forbidigo // an example has no test that could fail
}

func (t *exampleT) Cleanup(f func()) { t.cleanup = append(t.cleanup, f) }

// fake starts a fake API server and returns the operation that gives out its kubeconfigs. Programs use an [ack.Client] in its place.
func fake() (client kubeconfig.API, stop func()) {
	t := new(exampleT)
	srv := kubeconfigtest.NewServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "you asked for ", r.URL.Path) }))
	return srv.API(), func() {
		for _, f := range t.cleanup {
			f()
		}
	}
}

// tempDir returns a new directory and the function that removes it.
func tempDir() (dir string, remove func()) {
	dir, err := os.MkdirTemp("", "kubeconfig")
	if err != nil {
		panic(err) //nolint:forbidigo // an example has no test that could fail
	}
	return dir, func() {
		if err := os.RemoveAll(dir); err != nil {
			panic(err) //nolint:forbidigo // an example has no test that could fail
		}
	}
}

// A source keeps a kubeconfig and fetches the next one in time. Its HTTP client always uses the current one.
func ExampleNewSource() {
	client, stop := fake()
	defer stop()
	ctx := context.Background()
	source := kubeconfig.NewSource(client, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: "c1", TemporaryDurationMinutes: new(int64(60))})

	config, err := source.Config(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, config.BaseURL()+"/api/v1/pods", http.NoBody)
	if err != nil {
		fmt.Println(err)
		return
	}
	resp, err := source.HTTPClient().Do(req)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	fmt.Println(resp.StatusCode, string(text), err)
	// Output:
	// 200 you asked for /api/v1/pods <nil>
}

// A kubeconfig for kubectl lies in a file that only its owner can read.
func ExampleConfig_WriteFile() {
	client, stop := fake()
	defer stop()
	dir, remove := tempDir()
	defer remove()
	config, err := kubeconfig.Fetch(context.Background(), client, &ack.DescribeClusterUserKubeconfigRequest{ClusterID: "c1"})
	if err != nil {
		fmt.Println(err)
		return
	}
	path := filepath.Join(dir, "config")
	if err := config.WriteFile(path); err != nil {
		fmt.Println(err)
		return
	}
	info, err := os.Stat(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(info.Mode(), time.Until(config.Expires()) > 0)
	// Output:
	// -rw------- true
}

// Parse refuses what a kubeconfig of ACK never has. This one would talk to any server that pretends to be the cluster.
func ExampleParse() {
	_, err := kubeconfig.Parse(`
apiVersion: v1
kind: Config
clusters:
- {name: c, cluster: {server: "https://203.0.113.10:6443", insecure-skip-tls-verify: true}}
users:
- {name: u, user: {}}
contexts:
- {name: x, context: {cluster: c, user: u}}
current-context: x
`)
	fmt.Println(err)
	// Output:
	// parse kubeconfig: clusters[0].cluster.insecure-skip-tls-verify is refused: only false is accepted
}
