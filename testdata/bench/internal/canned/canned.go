// Package canned is the service side of all calls that are measured: a server that
// checks nothing and sends the same bytes each time, so that what is measured is the
// client. It imports the standard library alone.
package canned

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// The clusters that the server knows. The lists of nodes differ by cluster, since the
// API has at most 100 nodes on a page.
const (
	Cluster      = "c0f1d2e3a4b5968778695a4b3c2d1e0f1"
	ClusterOf100 = "c0f1d2e3a4b5968778695a4b3c2d10100"
	ClusterBig   = "c0f1d2e3a4b5968778695a4b3c2d11500"
	ClusterGone  = "c0f1d2e3a4b5968778695a4b3c2d1dead" // requests for it fail
)

// ClusterName is the name of the cluster in the response.
const ClusterName = "production-web"

// NodePoolID is the id of the node pool that the response says was created.
const NodePoolID = "np31da1b38983f4511b490fc62108a615a"

// NodesOf tells how many nodes a cluster has.
var NodesOf = map[string]int{ClusterOf100: 100, ClusterBig: 1500}

// NodeName is the name of a node, from 0.
func NodeName(i int) string { return fmt.Sprintf("cn-hangzhou.10.%d.%d.%d", i/65536, i/256%256, i%256) }

// Detail is the response to a request for the cluster.
const Detail = `{"cluster_id":"` + Cluster + `","name":"` + ClusterName + `","cluster_type":"ManagedKubernetes","profile":"Default",` +
	`"cluster_spec":"ack.pro.small","state":"running","region_id":"cn-hangzhou","size":12,"current_version":"1.32.1-aliyun.1",` +
	`"init_version":"1.30.7-aliyun.1","next_version":"1.33.3-aliyun.1","created":"2026-03-12T10:21:04+08:00","updated":"2026-08-02T07:45:00+08:00",` +
	`"deletion_protection":true,"resource_group_id":"rg-acfmyvw3wjmb0001","tags":[{"key":"team","value":"web"}],"vpc_id":"vpc-2zecuu62b9zw7a7qn0001",` +
	`"vswitch_ids":["vsw-2zete8s4qocqg0mf60001","vsw-2zete8s4qocqg0mf60002"],"security_group_id":"sg-2zeihch86ooz9io40001","proxy_mode":"ipvs",` +
	`"container_cidr":"172.20.0.0/16","service_cidr":"172.21.0.0/20","node_cidr_mask":"25","cluster_domain":"cluster.local",` +
	`"timezone":"Asia/Shanghai","worker_ram_role_name":"KubernetesWorkerRole-0001"}`

// NodePool is the body of the request for a node pool. All clients have it as their
// own type, and encode it in each call.
const NodePool = `{"nodepool_info":{"name":"web","type":"ess"},"scaling_group":{` +
	`"vswitch_ids":["vsw-2zete8s4qocqg0mf60001","vsw-2zete8s4qocqg0mf60002"],"instance_types":["ecs.g7.xlarge","ecs.g6.xlarge"],` +
	`"instance_charge_type":"PostPaid","desired_size":3,"image_type":"AliyunLinux3","key_pair":"web-key","system_disk_category":"cloud_essd",` +
	`"system_disk_size":120,"security_group_ids":["sg-2zeihch86ooz9io40001"],"tags":[{"key":"team","value":"web"}]},` +
	`"kubernetes_config":{"runtime":"containerd","runtime_version":"1.6.28","labels":[{"key":"tier","value":"front"}],` +
	`"taints":[{"key":"dedicated","value":"web","effect":"NoSchedule"}],"cms_enabled":true},"management":{"enable":true,"auto_repair":true}}`

const requestID = "4C1F2E3D-5B6A-4798-8899-AABBCCDDEEFF" // of all responses

// Created is the response to a request for a node pool.
const Created = `{"nodepool_id":"` + NodePoolID + `","task_id":"T-6a3f1d2e9c8b7a6f5e00001a","request_id":"` + requestID + `"}`

// Gone is the response to a request for a cluster that does not exist.
const Gone = `{"code":"ErrorClusterNotFound","message":"cluster not found","requestId":"` + requestID + `","status":404}`

// Nodes is the response to a request for as many nodes.
func Nodes(count int) []byte {
	var out strings.Builder
	out.WriteString(`{"nodes":[`)
	for i := range count {
		if i > 0 {
			out.WriteByte(',')
		}
		fmt.Fprintf(&out, `{"creation_time":"2026-03-12T10:%02d:%02d+08:00","error_message":"","expired_time":"2099-12-31T23:59:00+08:00",`+
			`"host_name":"iZbp1h%06dZ","image_id":"aliyun_3_x64_20G.vhd","instance_charge_type":"PostPaid",`+
			`"instance_id":"i-bp1h000000000000%06d","instance_name":"worker-web-%06d","instance_role":"Worker","instance_status":"Running",`+
			`"instance_type":"ecs.g7.xlarge","instance_type_family":"ecs.g7","ip_address":["10.%d.%d.%d"],"is_aliyun_node":true,`+
			`"node_name":"%s","node_status":"Ready","nodepool_id":"%s","source":"ess_attach","spot_strategy":"NoSpot","state":"running"}`,
			i/60%60, i%60, i, i, i, i/65536, i/256%256, i%256, NodeName(i), NodePoolID)
	}
	fmt.Fprintf(&out, `],"page":{"page_number":1,"page_size":%d,"total_count":%d}}`, count, count)
	return []byte(out.String())
}

// Handler responds to the requests of all clients.
func Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /clusters/"+Cluster, send(http.StatusOK, []byte(Detail)))
	mux.Handle("GET /clusters/"+ClusterGone, send(http.StatusNotFound, []byte(Gone)))
	mux.Handle("POST /clusters/"+Cluster+"/nodepools", send(http.StatusOK, []byte(Created)))
	for cluster, count := range NodesOf {
		mux.Handle("GET /clusters/"+cluster+"/nodes", send(http.StatusOK, Nodes(count)))
	}
	return mux
}

func send(status int, body []byte) http.Handler {
	length := strconv.Itoa(len(body))
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", length)
		w.Header().Set("X-Acs-Request-Id", requestID)
		w.WriteHeader(status)
		_, _ = w.Write(body) // a client that went away does not matter
	})
}
