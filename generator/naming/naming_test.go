package naming_test

import (
	"go/token"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/generator/naming"
)

// wireNames are names as services write them, and what they must be in Go. The
// names become a public API: a change here breaks users.
var wireNames = []struct{ wire, want string }{
	// Case and separators.
	{"name", "Name"},
	{"Name", "Name"},
	{"NAME", "Name"},
	{"page_size", "PageSize"},
	{"pageSize", "PageSize"},
	{"PageSize", "PageSize"},
	{"page-size", "PageSize"},
	{"page.size", "PageSize"},
	{"page size", "PageSize"},
	{"page__size_", "PageSize"},
	{"_page_size", "PageSize"},
	{"PAGE_SIZE", "PageSize"},
	{"evictionHard", "EvictionHard"},
	{"evictionMaxPodGracePeriod", "EvictionMaxPodGracePeriod"},
	{"worker_data_disks", "WorkerDataDisks"},
	{"cleanup-cloud-resources", "CleanupCloudResources"},
	{"kubernetes.io/role", "KubernetesIORole"},
	{"DescribeClusterDetail", "DescribeClusterDetail"},
	{"DescribeClustersV1", "DescribeClustersV1"},
	// Initialisms.
	{"ClusterId", "ClusterID"},
	{"cluster_id", "ClusterID"},
	{"clusterID", "ClusterID"},
	{"id", "ID"},
	{"Id", "ID"},
	{"ids", "IDs"},
	{"instanceIds", "InstanceIDs"},
	{"instance_ids", "InstanceIDs"},
	{"InstanceIDs", "InstanceIDs"},
	{"IDs", "IDs"},
	{"vpc_id", "VPCID"},
	{"vpcid", "VPCID"},
	{"VpcId", "VPCID"},
	{"vswitch_ids", "VSwitchIDs"},
	{"vswitchid", "VSwitchID"},
	{"VSwitchId", "VSwitchID"},
	{"VSwitches", "VSwitches"},
	{"zoneid", "ZoneID"},
	{"CPUsTotal", "CPUsTotal"},
	{"v4ID", "V4ID"},
	{"k8s", "K8s"},
	{"k8s_version", "K8sVersion"},
	{"K8sVersion", "K8sVersion"},
	{"PrivateIpAddress", "PrivateIPAddress"},
	{"eip_address", "EIPAddress"},
	{"public_slb", "PublicSLB"},
	{"tee_config", "TEEConfig"},
	{"rrsa_config", "RRSAConfig"},
	{"cpu_policy", "CPUPolicy"},
	{"cpuCfsQuota", "CPUCFSQuota"},
	{"is_gpu", "IsGPU"},
	{"enable_ssh", "EnableSSH"},
	{"dns_servers", "DNSServers"},
	{"api_url", "APIURL"},
	{"apiUrls", "APIURLs"},
	{"nodepool_id", "NodePoolID"},
	{"NodepoolId", "NodePoolID"},
	{"custom_san", "CustomSAN"},
	{"UUID", "UUID"},
	{"json_url", "JSONURL"},
	{"ipv6", "IPv6"},
	{"IPv6Cidr", "IPv6CIDR"},
	{"ram_role_arn", "RAMRoleARN"},
	// Words that only look like initialisms.
	{"identity", "Identity"},
	{"apiary", "Apiary"},
	{"idle_minutes", "IdleMinutes"},
	{"podsPerCore", "PodsPerCore"},
	// Digits.
	{"HTTPServerId2", "HTTPServerId2"},
	{"HTTPServer", "HTTPServer"},
	{"v1beta1", "V1beta1"},
	{"int32", "Int32"},
	{"size2", "Size2"},
	{"2xx", "N2xx"},
	{"9lives", "N9lives"},
	{"123", "N123"},
	{"-1", "N1"},
	// Go's own words need no care when they are exported.
	{"type", "Type"},
	{"func", "Func"},
	{"nil", "Nil"},
	{"error", "Error"},
	// Other alphabets.
	{"größe", "Größe"},
	{"ÉTAT", "État"},
	{"имя", "Имя"},
	{"中文", "X中文"}, // letters without upper case
	{"中文Id", "X中文ID"},
	// Nothing to make a name from: these need x-ack-go-name.
	{"", ""},
	{"-", ""},
	{"_", ""},
	{"$%&", ""},
	{"\xff\xfe", ""},
	{"\x00", ""},
}

func TestExported(t *testing.T) {
	t.Parallel()
	for _, tc := range wireNames {
		assert.Equal(t, tc.want, naming.Exported(tc.wire), "%q", tc.wire)
	}
}

func TestUnexported(t *testing.T) {
	t.Parallel()
	for wire, want := range map[string]string{
		"Nodes":        "nodes",
		"NodePools":    "nodePools",
		"node_pools":   "nodePools",
		"ClusterId":    "clusterID",
		"IDs":          "ids",
		"HTTPServer":   "httpServer",
		"API":          "api",
		"VPCs":         "vpcs",
		"type":         "type_",
		"Func":         "func_",
		"error":        "error_",
		"String":       "string_",
		"len":          "len_",
		"TypeOf":       "typeOf",
		"stringLength": "stringLength",
		"":             "",
		"--":           "",
	} {
		assert.Equal(t, want, naming.Unexported(wire), "%q", wire)
	}
}

func TestFile(t *testing.T) {
	t.Parallel()
	for wire, want := range map[string]string{
		"Nodes":       "nodes",
		"NodePools":   "nodepools",
		"node pools":  "nodepools",
		"Node-Pools":  "nodepools",
		"IAM_Roles":   "iamroles",
		"foo_test":    "footest", // no suffix that means something to the go command
		"x_linux":     "xlinux",
		"../etc":      "etc",
		`..\a/b:c`:    "abc",
		"_hidden":     "hidden",
		"":            "",
		"\x00\u202e/": "",
	} {
		assert.Equal(t, want, naming.File(wire), "%q", wire)
	}
}

func FuzzExported(f *testing.F) {
	for _, tc := range wireNames {
		f.Add(tc.wire)
	}
	f.Add("ǅ") // a title case letter
	f.Add("ßa")
	f.Add("٣") // a digit that is not of ASCII
	f.Add("a\u0301b")
	f.Fuzz(func(t *testing.T, wire string) {
		name := naming.Exported(wire)
		if name != "" && (!token.IsIdentifier(name) || !token.IsExported(name)) {
			t.Errorf("Exported(%q) = %q, which is not an exported identifier", wire, name)
		}
		if again := naming.Exported(wire); again != name {
			t.Errorf("Exported(%q) = %q, then %q", wire, name, again)
		}
	})
}
