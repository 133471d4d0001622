package goname

// wellKnown holds how words are written in Go names: initialisms, and words that
// cloud APIs glue together.
var wellKnown = map[string]string{
	"ack": "ACK", "acl": "ACL", "acr": "ACR", "aes256": "AES256", "ai": "AI", "alb": "ALB", "amd64": "AMD64",
	"amk": "AMK", "amqp": "AMQP", "api": "API", "apiqps": "APIQPS", "arm64": "ARM64", "arn": "ARN", "asap": "ASAP", "ascii": "ASCII", "ask": "ASK",
	"asm": "ASM", "az": "AZ",
	"bios": "BIOS", "ca": "CA", "ccn": "CCN", "cen": "CEN", "cfs": "CFS", "cgroup": "Cgroup", "cidr": "CIDR",
	"cidrs": "CIDRs", "cis": "CIS", "cms": "CMS", "cn": "CN", "cni": "CNI", "controlplane": "ControlPlane",
	"cpu": "CPU", "cpus": "CPUs", "cri": "CRI", "csi": "CSI", "css": "CSS", "cve": "CVE", "cves": "CVEs",
	"db": "DB", "deploymentset": "DeploymentSet", "dns": "DNS", "ebs": "EBS", "ecs": "ECS", "eip": "EIP", "eni": "ENI",
	"ens": "ENS", "eof": "EOF", "ess": "ESS", "essd": "ESSD", "fs": "FS", "gb": "GB", "gc": "GC", "gib": "GiB", "gid": "GID", "gpu": "GPU",
	"gpus": "GPUs", "gpushare": "GPUShare", "guid": "GUID", "html": "HTML", "http": "HTTP", "https": "HTTPS", "id": "ID", "ids": "IDs",
	"io": "IO", "iops": "IOPS", "ip": "IP", "ips": "IPs", "iptables": "IPTables", "ipv4": "IPv4", "ipv6": "IPv6", "ipvs": "IPVS",
	"json": "JSON", "jwks": "JWKS", "k8s": "K8s", "kms": "KMS", "kvm": "KVM", "lb": "LB", "mb": "MB", "mib": "MiB",
	"nas": "NAS", "nat": "NAT", "nftables": "NFTables", "nlb": "NLB", "nntf": "NNTF", "nodepool": "NodePool",
	"nodepools": "NodePools", "numa": "NUMA",
	"nvme": "NVMe", "oidc": "OIDC", "os": "OS", "oss": "OSS", "pid": "PID", "pids": "PIDs", "pl0": "PL0", "pl1": "PL1",
	"pl2": "PL2", "pl3": "PL3", "psp": "PSP", "pvc": "PVC", "qps": "QPS", "ram": "RAM", "rbac": "RBAC", "rdma": "RDMA",
	"rds": "RDS", "rpc": "RPC", "rps": "RPS", "rrsa": "RRSA", "rtp": "RTP", "san": "SAN", "sans": "SANs", "sca": "SCA", "sgx": "SGX", "sip": "SIP", "sla": "SLA", "slb": "SLB",
	"sls": "SLS", "smtp": "SMTP", "snat": "SNAT", "soc": "SOC", "sql": "SQL", "ssd": "SSD", "ssh": "SSH", "ssl": "SSL", "sts": "STS",
	"tcp": "TCP", "tee": "TEE", "tls": "TLS", "ts": "TS", "ttl": "TTL", "udp": "UDP", "uefi": "UEFI", "ui": "UI", "uid": "UID",
	"uids": "UIDs", "uri": "URI", "url": "URL", "urls": "URLs", "utc": "UTC", "utf8": "UTF8", "uuid": "UUID", "vm": "VM", "vpc": "VPC",
	"vpcid": "VPCID", "vpcs": "VPCs", "vswitch": "VSwitch", "vswitches": "VSwitches", "vswitchid": "VSwitchID",
	"xc0": "XC0", "xc1": "XC1", "xfs": "XFS", "xml": "XML", "xmpp": "XMPP", "xsrf": "XSRF", "xss": "XSS", "yaml": "YAML", "zoneid": "ZoneID",
}
