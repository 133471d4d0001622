package peers

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/ackgen/ackgen/testdata/bench/internal/canned"
)

// byHand is what a careful program would write for these calls over net/http and
// encoding/json.
type byHand struct {
	base     string
	http     *http.Client
	signer   signer
	nodePool handNodePool
}

func openByHand(t Target) (Client, error) {
	h := &byHand{base: t.URL, http: &http.Client{Transport: transport(t)}, signer: signer{t.ID, t.Secret}}
	return h, json.Unmarshal([]byte(canned.NodePool), &h.nodePool)
}

type handTag struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

type handCluster struct {
	ClusterID          string    `json:"cluster_id"`
	Name               string    `json:"name"`
	ClusterType        string    `json:"cluster_type"`
	Profile            string    `json:"profile"`
	ClusterSpec        string    `json:"cluster_spec"`
	State              string    `json:"state"`
	RegionID           string    `json:"region_id"`
	Size               int64     `json:"size"`
	CurrentVersion     string    `json:"current_version"`
	InitVersion        string    `json:"init_version"`
	NextVersion        string    `json:"next_version"`
	Created            time.Time `json:"created"`
	Updated            time.Time `json:"updated"`
	DeletionProtection bool      `json:"deletion_protection"`
	ResourceGroupID    string    `json:"resource_group_id"`
	Tags               []handTag `json:"tags"`
	VPCID              string    `json:"vpc_id"`
	VSwitchIDs         []string  `json:"vswitch_ids"`
	SecurityGroupID    string    `json:"security_group_id"`
	ProxyMode          string    `json:"proxy_mode"`
	ContainerCIDR      string    `json:"container_cidr"`
	ServiceCIDR        string    `json:"service_cidr"`
	NodeCIDRMask       string    `json:"node_cidr_mask"`
	ClusterDomain      string    `json:"cluster_domain"`
	Timezone           string    `json:"timezone"`
	WorkerRAMRoleName  string    `json:"worker_ram_role_name"`
}

type handNode struct {
	CreationTime       time.Time `json:"creation_time"`
	ErrorMessage       string    `json:"error_message"`
	ExpiredTime        time.Time `json:"expired_time"`
	HostName           string    `json:"host_name"`
	ImageID            string    `json:"image_id"`
	InstanceChargeType string    `json:"instance_charge_type"`
	InstanceID         string    `json:"instance_id"`
	InstanceName       string    `json:"instance_name"`
	InstanceRole       string    `json:"instance_role"`
	InstanceStatus     string    `json:"instance_status"`
	InstanceType       string    `json:"instance_type"`
	InstanceTypeFamily string    `json:"instance_type_family"`
	IPAddress          []string  `json:"ip_address"`
	IsAliyunNode       bool      `json:"is_aliyun_node"`
	NodeName           string    `json:"node_name"`
	NodeStatus         string    `json:"node_status"`
	NodePoolID         string    `json:"nodepool_id"`
	Source             string    `json:"source"`
	SpotStrategy       string    `json:"spot_strategy"`
	State              string    `json:"state"`
}

type handNodes struct {
	Nodes []handNode `json:"nodes"`
	Page  struct {
		PageNumber int `json:"page_number"`
		PageSize   int `json:"page_size"`
		TotalCount int `json:"total_count"`
	} `json:"page"`
}

type handTaint struct {
	Key    string `json:"key"`
	Value  string `json:"value"`
	Effect string `json:"effect"`
}

type handNodePool struct {
	NodePoolInfo struct {
		Name string `json:"name"`
		Type string `json:"type"`
	} `json:"nodepool_info"`
	ScalingGroup struct {
		VSwitchIDs         []string  `json:"vswitch_ids"`
		InstanceTypes      []string  `json:"instance_types"`
		InstanceChargeType string    `json:"instance_charge_type"`
		DesiredSize        int64     `json:"desired_size"`
		ImageType          string    `json:"image_type"`
		KeyPair            string    `json:"key_pair"`
		SystemDiskCategory string    `json:"system_disk_category"`
		SystemDiskSize     int64     `json:"system_disk_size"`
		SecurityGroupIDs   []string  `json:"security_group_ids"`
		Tags               []handTag `json:"tags"`
	} `json:"scaling_group"`
	KubernetesConfig struct {
		Runtime        string      `json:"runtime"`
		RuntimeVersion string      `json:"runtime_version"`
		Labels         []handTag   `json:"labels"`
		Taints         []handTaint `json:"taints"`
		CMSEnabled     bool        `json:"cms_enabled"`
	} `json:"kubernetes_config"`
	Management struct {
		Enable     bool `json:"enable"`
		AutoRepair bool `json:"auto_repair"`
	} `json:"management"`
}

func (h *byHand) Detail(ctx context.Context, cluster string) (string, error) {
	var out handCluster
	err := h.call(ctx, http.MethodGet, "DescribeClusterDetail", "/clusters/"+url.PathEscape(cluster), nil, nil, &out)
	return out.Name, err
}

func (h *byHand) Nodes(ctx context.Context, cluster string) (Nodes, error) {
	var out handNodes
	query := url.Values{"pageNumber": {"1"}, "pageSize": {"100"}}
	if err := h.call(ctx, http.MethodGet, "DescribeClusterNodes", "/clusters/"+url.PathEscape(cluster)+"/nodes", query, nil, &out); err != nil {
		return Nodes{}, err
	}
	return lastOf(out.Nodes, func(n *handNode) string { return n.NodeName }), nil
}

// lastOf tells what is looked at in a list of nodes of any type.
func lastOf[Node any](nodes []Node, name func(*Node) string) Nodes {
	if len(nodes) == 0 {
		return Nodes{}
	}
	return Nodes{len(nodes), name(&nodes[len(nodes)-1])}
}

func (h *byHand) Create(ctx context.Context, cluster string) (string, error) {
	body, err := json.Marshal(&h.nodePool)
	if err != nil {
		return "", err
	}
	var out struct {
		NodePoolID string `json:"nodepool_id"`
		TaskID     string `json:"task_id"`
		RequestID  string `json:"request_id"`
	}
	err = h.call(ctx, http.MethodPost, "CreateClusterNodePool", "/clusters/"+url.PathEscape(cluster)+"/nodepools", nil, body, &out)
	return out.NodePoolID, err
}

// call makes a signed call and decodes the response.
func (h *byHand) call(ctx context.Context, method, action, path string, query url.Values, body []byte, out any) error {
	target := h.base + path
	if query != nil {
		target += "?" + query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, method, target, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "byhand/1")
	if body != nil {
		req.Header.Set("Content-Type", "application/json; charset=utf-8")
	}
	if err := h.signer.sign(req, action, body); err != nil {
		return err
	}
	resp, err := h.http.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("status %d", resp.StatusCode)
	}
	return json.Unmarshal(data, out)
}
