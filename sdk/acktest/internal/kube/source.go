package kube

import "time"

// A Source is what a cluster says of itself. Its methods are called from any
// goroutine, and never while [API.NodesChanged] runs, so that they may take the
// lock under which that was called.
type Source interface {
	// Version returns the Kubernetes version, such as 1.34.1-aliyun.1.
	Version() string
	// Nodes returns the nodes in any order.
	Nodes() []Node
}

// A Node is a node as its cluster knows it.
type Node struct {
	Name          string // also the label kubernetes.io/hostname
	UID           string // another one for another node of that name
	Created       time.Time
	Labels        map[string]string
	Annotations   map[string]string
	Taints        []Taint
	Ready         bool
	Unschedulable bool
	ProviderID    string // such as cn-hangzhou.i-bp1
	InternalIP    string
	ExternalIP    string // empty if there is none
	PodCIDR       string

	KubeletVersion   string // without the v, such as 1.34.1-aliyun.1
	OSImage          string
	KernelVersion    string
	ContainerRuntime string // such as containerd://1.6.39
	OperatingSystem  string // linux if empty
	Architecture     string // amd64 if empty

	// Capacity says how much there is of each resource, such as cpu: "4",
	// memory: 16Gi and pods: "64". A resource that is not named has no limit.
	Capacity map[string]string
}

// A Taint keeps pods that do not tolerate it off a node.
type Taint struct{ Key, Value, Effect string }
