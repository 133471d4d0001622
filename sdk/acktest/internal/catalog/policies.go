package catalog

import "github.com/ackgen/ackgen/sdk/ack"

// Categories of policies.
const (
	compliance     = "cis-k8s"
	infrastructure = "infra"
	general        = "k8s-general"
	podSecurity    = "psp"
)

const (
	high   = ack.PolicySeverityHigh
	medium = ack.PolicySeverityMedium
	low    = ack.PolicySeverityLow
)

func needs(name, typ string) Parameter { return Parameter{Name: name, Type: typ, Required: true} }

func takes(name, typ string) Parameter { return Parameter{Name: name, Type: typ} }

// policies are the policies of the library, with the category and the severity that public sources show. Of the parameters, those
// that the rule cannot do without are required.
var policies = []*Policy{
	{"ACKNoEnvVarSecrets", "no-env-var-secrets", compliance, medium, "Pods must not get secrets as environment variables.", nil},
	{"ACKPodsRequireSecurityContext", "pods-require-security-context", compliance, low, "Pods must define a security context.", nil},
	{"ACKRestrictNamespaces", "restrict-namespaces", compliance, low, "Resources must not be in certain namespaces.",
		[]Parameter{needs("restrictedNamespaces", "array")}},
	{"ACKRestrictRoleBindings", "restrict-role-bindings", compliance, medium, "Role bindings must not grant certain roles.",
		[]Parameter{needs("restrictedRole", "object"), takes("allowedSubjects", "array")}},
	{"ACKBlockProcessNamespaceSharing", "block-process-namespace-sharing", infrastructure, high,
		"Containers of a pod must not see the processes of each other.", nil},
	{"ACKEmptyDirHasSizeLimit", "empty-dir-has-sizelimit", infrastructure, low, "Volumes of the type emptyDir must have a limit.", nil},
	{"ACKLocalStorageRequireSafeToEvict", "local-storage-require-safe-to-evict", infrastructure, low,
		"Pods with local storage must say that they can be evicted.", nil},
	{"ACKOSSStorageLocationConstraint", "oss-storage-location-constraint", infrastructure, low,
		"Volumes of OSS must be in certain regions.", []Parameter{needs("mode", "string"), needs("regions", "array")}},
	{"ACKAllowedRepos", "allowed-repos", general, high, "Images must come from certain repositories.", []Parameter{needs("repos", "array")}},
	{"ACKBlockAutoinjectServiceEnv", "block-auto-inject-service-env", general, low,
		"Pods must not get the addresses of services as environment variables.", nil},
	{"ACKBlockAutomountToken", "block-auto-mount-service-account-token", general, high,
		"Pods must not get the token of their service account without asking for it.", nil},
	{"ACKBlockLoadBalancer", "block-load-balancer", general, high, "Services must not be of the type LoadBalancer.", nil},
	{"ACKBlockNodePort", "block-node-port", general, high, "Services must not be of the type NodePort.", nil},
	{"ACKContainerLimits", "container-limits", general, low, "Containers must have limits of CPU and memory up to a maximum.",
		[]Parameter{needs("cpu", "string"), needs("memory", "string")}},
	{"ACKExternalIPs", "external-ips", general, high, "Services must have no external addresses but certain ones.",
		[]Parameter{takes("allowedIPs", "array")}},
	{"ACKImageDigests", "image-digests", general, low, "Images must be named with a digest.", nil},
	{"ACKRequiredLabels", "required-labels", general, low, "Resources must have certain labels.", []Parameter{needs("labels", "array")}},
	{"ACKRequiredProbes", "required-probes", general, medium, "Pods must have certain probes.",
		[]Parameter{needs("probes", "array"), takes("probeTypes", "array")}},
	{"ACKPSPAllowPrivilegeEscalationContainer", "psp-allow-privilege-escalation-container", podSecurity, medium,
		"Containers must not gain more privileges.", nil},
	{"ACKPSPAllowedUsers", "psp-pods-allowed-user-ranges", podSecurity, low, "Containers must run as certain users and groups.",
		[]Parameter{
			takes("runAsUser", "object"), takes("runAsGroup", "object"), takes("supplementalGroups", "object"), takes("fsGroup", "object"),
		}},
	{"ACKPSPAppArmor", "psp-app-armor", podSecurity, low, "Containers must run with certain profiles of AppArmor.",
		[]Parameter{takes("allowedProfiles", "array")}},
	{"ACKPSPCapabilities", "psp-capabilities", podSecurity, high, "Containers must have certain capabilities of Linux alone.",
		[]Parameter{takes("allowedCapabilities", "array"), takes("requiredDropCapabilities", "array")}},
	{"ACKPSPFSGroup", "psp-fsgroup", podSecurity, medium, "Volumes must belong to certain groups.",
		[]Parameter{takes("rule", "string"), takes("ranges", "array")}},
	{"ACKPSPFlexVolumes", "psp-flexvolume-drivers", podSecurity, medium, "Flex volumes must have certain drivers.",
		[]Parameter{takes("allowedFlexVolumes", "array")}},
	{"ACKPSPForbiddenSysctls", "psp-forbidden-sysctls", podSecurity, high, "Containers must not set certain parameters of the kernel.",
		[]Parameter{takes("forbiddenSysctls", "array")}},
	{"ACKPSPHostFilesystem", "psp-host-filesystem", podSecurity, high, "Containers must use certain paths of the host alone.",
		[]Parameter{takes("allowedHostPaths", "array")}},
	{"ACKPSPHostNamespace", "psp-host-namespace", podSecurity, high, "Pods must not share the namespaces of the host.", nil},
	{"ACKPSPHostNetworkingPorts", "psp-host-network-ports", podSecurity, high, "Pods must use certain ports of the host alone.",
		[]Parameter{takes("hostNetwork", "boolean"), takes("min", "integer"), takes("max", "integer")}},
	{"ACKPSPPrivilegedContainer", "psp-privileged-container", podSecurity, high, "Containers must not be privileged.", nil},
	{"ACKPSPProcMount", "psp-proc-mount", podSecurity, low, "Containers must mount /proc in a certain way.",
		[]Parameter{takes("procMount", "string")}},
	{"ACKPSPReadOnlyRootFilesystem", "psp-readonlyrootfilesystem", podSecurity, medium, "Root file systems must be read only.", nil},
	{"ACKPSPSELinuxV2", "psp-selinux-v2", podSecurity, low, "Containers must run in certain contexts of SELinux.",
		[]Parameter{takes("allowedSELinuxOptions", "array")}},
	{"ACKPSPSeccomp", "psp-seccomp", podSecurity, low, "Containers must run with certain profiles of seccomp.",
		[]Parameter{takes("allowedProfiles", "array")}},
	{"ACKPSPVolumeTypes", "psp-volume-types", podSecurity, medium, "Pods must use certain types of volumes.",
		[]Parameter{takes("volumes", "array")}},
}
