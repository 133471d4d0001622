package kube

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"k8s.io/component-base/cli"
	"k8s.io/kubectl/pkg/cmd"
)

// TestMain runs kubectl if that is the first argument: the program of the tests
// is kubectl, too.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "kubectl" {
		os.Args = os.Args[1:]
		os.Exit(cli.Run(cmd.NewDefaultKubectlCommand())) //nolint:forbidigo // the main of kubectl
	}
	os.Exit(m.Run()) //nolint:forbidigo // the main of the tests
}

// command returns kubectl with these arguments.
func command(t *testing.T, kubeconfig, arguments string) *exec.Cmd {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), program, append([]string{"kubectl"}, strings.Fields(arguments)...)...) //nolint:gosec // G204: this program
	c.Env = []string{"KUBECONFIG=" + kubeconfig, "HOME=" + filepath.Dir(kubeconfig)}
	return c
}

// kubectl runs kubectl and returns what it prints.
func kubectl(t *testing.T, kubeconfig, arguments, input string) string {
	t.Helper()
	c := command(t, kubeconfig, arguments)
	c.Stdin = strings.NewReader(input)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("kubectl %s: %v\n%s", arguments, err, out)
	}
	return tidy(string(out))
}

var spaces = regexp.MustCompile(` +`)

// tidy leaves one space between columns, and none at the end of lines.
func tidy(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, strings.TrimSpace(spaces.ReplaceAllString(line, " ")))
	}
	return strings.Join(lines, "\n")
}

func TestKubectlPrintsNodes(t *testing.T) {
	t.Parallel()
	_, path := start(t, 2)
	demand(t, kubectl(t, path, "cordon cn-hangzhou.10.0.0.2", ""), "node/cn-hangzhou.10.0.0.2 cordoned")
	demand(t, kubectl(t, path, "label node cn-hangzhou.10.0.0.1 node-role.kubernetes.io/worker=", ""), "node/cn-hangzhou.10.0.0.1 labeled")
	demand(t, kubectl(t, path, "get nodes", ""), `
NAME STATUS ROLES AGE VERSION
cn-hangzhou.10.0.0.1 Ready worker 60m v1.34.1-aliyun.1
cn-hangzhou.10.0.0.2 Ready,SchedulingDisabled <none> 60m v1.34.1-aliyun.1`)
	demand(t, kubectl(t, path, "get nodes -o wide -l node-role.kubernetes.io/worker", ""), `
NAME STATUS ROLES AGE VERSION INTERNAL-IP EXTERNAL-IP OS-IMAGE KERNEL-VERSION CONTAINER-RUNTIME
cn-hangzhou.10.0.0.1 Ready worker 60m v1.34.1-aliyun.1 10.0.0.1 <none> Alibaba Cloud Linux 3 5.10.134 containerd://1.6.39`)
	demand(t, kubectl(t, path, "get pods", ""), "No resources found in default namespace.")
}

func TestKubectlWatchesAPoolScale(t *testing.T) {
	t.Parallel()
	p, path := start(t, 1)
	c := command(t, path, "get nodes -w --no-headers")
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	next := func(want string) {
		t.Helper()
		if !lines.Scan() {
			t.Fatal("kubectl has ended")
		}
		demand(t, tidy(lines.Text()), want)
	}
	next("cn-hangzhou.10.0.0.1 Ready <none> 60m v1.34.1-aliyun.1")
	p.scale(2)
	next("cn-hangzhou.10.0.0.2 Ready <none> 60m v1.34.1-aliyun.1")
	p.scale(0)
	next("cn-hangzhou.10.0.0.1 Ready <none> 60m v1.34.1-aliyun.1")
	next("cn-hangzhou.10.0.0.2 Ready <none> 60m v1.34.1-aliyun.1")
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // it was killed
}

const manifest = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: nginx
        image: nginx:alpine
        ports:
        - containerPort: 80
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
`

func TestKubectlApplies(t *testing.T) {
	t.Parallel()
	_, path := start(t, 1)
	apply := func(text string) string {
		t.Helper()
		return kubectl(t, path, "apply -f -", text)
	}
	demand(t, apply(manifest), "deployment.apps/web created\nconfigmap/settings created")
	demand(t, apply(manifest), "deployment.apps/web unchanged\nconfigmap/settings unchanged")
	changed := strings.NewReplacer("replicas: 2", "replicas: 3", "containerPort: 80", "containerPort: 81").Replace(manifest)
	demand(t, kubectl(t, path, "apply --dry-run=server -f -", changed), "deployment.apps/web configured (server dry run)\nconfigmap/settings unchanged (server dry run)")
	demand(t, apply(changed), "deployment.apps/web configured\nconfigmap/settings unchanged")
	demand(t, kubectl(t, path, "get deploy web -o jsonpath={.spec.template.spec.containers[0].ports[*].containerPort}", ""), "81")
	deployments := kubectl(t, path, "get deployments", "")
	demand(t, deployments[:strings.LastIndex(deployments, " ")], "NAME READY UP-TO-DATE AVAILABLE AGE\nweb 3/3 3 3") // and its age
	demand(t, kubectl(t, path, "scale deployment web --replicas=1", ""), "deployment.apps/web scaled")
	demand(t, kubectl(t, path, "rollout status deployment web", ""), `deployment "web" successfully rolled out`)
	demand(t, kubectl(t, path, "get nodes,pods --no-headers -o custom-columns=KIND:.kind,NODE:.spec.nodeName", ""), "Node <none>\nPod cn-hangzhou.10.0.0.1")
	demand(t, kubectl(t, path, "delete -f -", manifest), `deployment.apps "web" deleted from default namespace
configmap "settings" deleted from default namespace`)
	demand(t, kubectl(t, path, "get pods", ""), "No resources found in default namespace.")
}

func TestKubectlChecksAndExplains(t *testing.T) {
	t.Parallel()
	_, path := start(t, 1)
	c := command(t, path, "apply -f -")
	c.Stdin = strings.NewReader(strings.Replace(manifest, "replicas", "replicsa", 1))
	out, err := c.CombinedOutput()
	if err == nil || !bytes.Contains(out, []byte(`unknown field "replicsa" in io.k8s.api.apps.v1.DeploymentSpec`)) {
		t.Errorf("a typo passes: %s", out)
	}
	if text := kubectl(t, path, "explain pod.spec.containers.ports", ""); !strings.Contains(text, "containerPort\t<integer>") {
		t.Errorf("explained: %s", text)
	}
}

func TestKubectlDrains(t *testing.T) {
	t.Parallel()
	_, path := start(t, 2)
	kubectl(t, path, "apply -f -", manifest)
	kubectl(t, path, "drain cn-hangzhou.10.0.0.1", "")
	demand(t, kubectl(t, path, "get pods --no-headers -o custom-columns=NODE:.spec.nodeName", ""), "cn-hangzhou.10.0.0.2\ncn-hangzhou.10.0.0.2")
}
