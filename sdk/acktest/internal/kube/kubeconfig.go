package kube

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/pki"
)

const kubeconfigTemplate = `apiVersion: v1
clusters:
- cluster:
    server: SERVER
    certificate-authority-data: AUTHORITY
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: USER
  name: CONTEXT
current-context: CONTEXT
kind: Config
preferences: {}
users:
- name: USER
  user:
    client-certificate-data: CERTIFICATE
    client-key-data: KEY
`

// Kubeconfig returns the kubeconfig of a client, in the form that the service
// gives them out. It holds the key of the client: keep it secret. User and
// context are names in it, and mean nothing to the server.
func Kubeconfig(server, user, context string, authority *pki.Authority, client pki.Client) string {
	return strings.NewReplacer(
		"SERVER", strconv.Quote(server),
		"AUTHORITY", base64.StdEncoding.EncodeToString(authority.CA()),
		"USER", strconv.Quote(user),
		"CONTEXT", strconv.Quote(context),
		"CERTIFICATE", base64.StdEncoding.EncodeToString(client.Certificate),
		"KEY", base64.StdEncoding.EncodeToString(client.Key),
	).Replace(kubeconfigTemplate)
}
