package clusters

import (
	"encoding/base64"
	"strings"

	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
	"github.com/ackgen/ackgen/sdk/roa"
)

// agentTemplate is a manifest for an agent. Names in capitals stand for what differs.
const agentTemplate = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ack
  namespace: kube-system
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: ack-agent
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: ROLE
subjects:
  - kind: ServiceAccount
    name: ack
    namespace: kube-system
---
apiVersion: v1
kind: Secret
metadata:
  name: ack-agent-token
  namespace: kube-system
type: Opaque
data:
  token: TOKEN
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ack-cluster-agent
  namespace: kube-system
spec:
  replicas: 1
  selector:
    matchLabels: {app: ack-cluster-agent}
  template:
    metadata:
      labels: {app: ack-cluster-agent}
    spec:
      serviceAccountName: ack
      containers:
        - name: agent
          image: registry.example.com/ack/agent:v1
          env:
            - {name: ACK_ENDPOINT, value: HOST}
            - {name: ACK_CLUSTER_ID, value: CLUSTER}
            - name: ACK_TOKEN
              valueFrom:
                secretKeyRef: {name: ack-agent-token, key: token}
`

// agentManifest returns the manifest of the agent of a cluster. Its token opens nothing.
func agentManifest(c *world.Cluster, host, role string) roa.Secret {
	token := base64.StdEncoding.EncodeToString([]byte("agent-of-" + c.ClusterID))
	return roa.Secret(strings.NewReplacer("ROLE", role, "TOKEN", token, "HOST", host, "CLUSTER", c.ClusterID).Replace(agentTemplate))
}
