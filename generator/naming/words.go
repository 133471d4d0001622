package naming

// wellKnown holds how words are written in Go names: initialisms, and words that
// cloud APIs glue together.
var wellKnown = map[string]string{
	"ack": "ACK", "acl": "ACL", "acr": "ACR", "ai": "AI", "alb": "ALB", "api": "API", "arn": "ARN", "asm": "ASM", "az": "AZ",
	"cidr": "CIDR", "cidrs": "CIDRs", "cis": "CIS", "cn": "CN", "cni": "CNI", "cpu": "CPU", "cpus": "CPUs", "cri": "CRI",
	"csi": "CSI", "cve": "CVE", "cves": "CVEs", "deploymentset": "DeploymentSet", "dns": "DNS", "ebs": "EBS", "ecs": "ECS", "eip": "EIP", "eni": "ENI",
	"ess": "ESS", "fs": "FS", "gid": "GID", "gpu": "GPU", "gpus": "GPUs", "html": "HTML", "http": "HTTP", "https": "HTTPS",
	"id": "ID", "ids": "IDs", "io": "IO", "iops": "IOPS", "ip": "IP", "ips": "IPs", "ipv4": "IPv4", "ipv6": "IPv6",
	"json": "JSON", "k8s": "K8s", "kms": "KMS", "nas": "NAS", "nat": "NAT", "nlb": "NLB", "nodepool": "NodePool",
	"nodepools": "NodePools", "oidc": "OIDC", "os": "OS", "oss": "OSS", "pid": "PID", "pids": "PIDs", "pvc": "PVC",
	"qps": "QPS", "ram": "RAM", "rbac": "RBAC", "rds": "RDS", "rrsa": "RRSA", "san": "SAN", "sans": "SANs", "sla": "SLA",
	"slb": "SLB", "sls": "SLS", "snat": "SNAT", "soc": "SOC", "sql": "SQL", "ssh": "SSH", "ssl": "SSL", "sts": "STS", "tcp": "TCP",
	"tee": "TEE", "tls": "TLS", "ttl": "TTL", "udp": "UDP", "ui": "UI", "uid": "UID", "uids": "UIDs", "uri": "URI",
	"url": "URL", "urls": "URLs", "utc": "UTC", "uuid": "UUID", "vm": "VM", "vpc": "VPC", "vpcid": "VPCID",
	"vpcs": "VPCs", "vswitch": "VSwitch", "vswitches": "VSwitches", "vswitchid": "VSwitchID", "xml": "XML",
	"yaml": "YAML", "zoneid": "ZoneID",
}

// predeclared are the identifiers of Go's universe block, which generated code
// must not hide.
var predeclared = map[string]bool{
	"any": true, "append": true, "bool": true, "byte": true, "cap": true, "clear": true, "close": true,
	"comparable": true, "complex": true, "complex128": true, "complex64": true, "copy": true, "delete": true,
	"error": true, "false": true, "float32": true, "float64": true, "imag": true, "int": true, "int16": true,
	"int32": true, "int64": true, "int8": true, "iota": true, "len": true, "make": true, "max": true, "min": true,
	"new": true, "nil": true, "panic": true, "print": true, "println": true, "real": true, "recover": true,
	"rune": true, "string": true, "true": true, "uint": true, "uint16": true, "uint32": true, "uint64": true,
	"uint8": true, "uintptr": true,
}
