package world

import (
	"encoding/json"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/roa"
)

// Describe returns a cluster as the service describes it. Its Kubernetes API has an address for documentation until it is served, which it is
// from when somebody asks for a kubeconfig.
func (c *Cluster) Describe() ack.Cluster {
	out := c.Cluster
	out.Size = int64(c.Nodes.Len())
	public, private := c.endpoints()
	out.MasterURL = textOf(struct {
		Public  string `json:"api_server_endpoint"`
		Private string `json:"intranet_api_server_endpoint"`
	}{public, private})
	out.MetaData, out.ExternalLoadbalancerID = c.metaData(), c.ingressBalancer()
	return out
}

// Brief returns what lists tell of a cluster.
func (c *Cluster) Brief() ack.Cluster {
	out := c.Describe()
	out.ControlPlaneConfig, out.ControlPlaneEndpointsConfig = ack.ControlPlaneConfig{}, ack.ControlPlaneEndpointsConfig{}
	out.AutoMode, out.RRSAConfig, out.ExtraSANs, out.NodeCIDRMask = ack.ClusterAutoMode{}, ack.RRSAStatus{}, nil, ""
	return out
}

// metaData returns the settings that a cluster tells as one text.
func (c *Cluster) metaData() roa.Secret {
	type addon struct {
		Name   string `json:"name"`
		Config string `json:"config"`
	}
	type capabilities struct {
		KMSKeyID string `json:"EncryptionKMSKeyId"`
		Disabled bool   `json:"DisableEncryption"`
	}
	addons := []addon{}
	for _, a := range c.Installed {
		if a.Disabled != nil && *a.Disabled {
			continue
		}
		installed := addon{Name: a.Name}
		if a.Config != nil {
			installed.Config = a.Config.Reveal()
		}
		addons = append(addons, installed)
	}
	return roa.Secret(textOf(struct {
		Addons       []addon
		Capabilities capabilities
	}{addons, capabilities{c.Encryption.KeyID, !c.Encryption.On()}}))
}

// textOf returns a value of ours as JSON text.
func textOf(value any) string {
	text, _ := json.Marshal(value) // Structs of texts and truth values cannot fail.
	return string(text)
}
