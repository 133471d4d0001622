package kubeconfig

import (
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/pki"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
	"github.com/ackgen/ackgen/sdk/roa"
)

// A wish is what a caller wants of a kubeconfig.
type wish struct {
	cluster, user string
	private       *bool  // whether the address inside of the VPC is wanted
	minutes       *int64 // for how long; nil is the usual time
}

// Limits of the time of a temporary kubeconfig, in minutes.
const (
	minMinutes = 15
	maxMinutes = 4320
)

// issue returns a kubeconfig. One that is not temporary holds the same certificate until it expires.
func issue(w *world.World, wanted wish) (*ack.Kubeconfig, error) {
	c, err := w.ServingCluster(wanted.cluster)
	if err != nil {
		return nil, err
	}
	if m := wanted.minutes; m != nil && (*m < minMinutes || *m > maxMinutes) {
		return nil, world.Invalid("TemporaryDurationMinutes is not between %d and %d.", minMinutes, maxMinutes)
	}
	signer, err := c.Signer()
	if err != nil {
		return nil, err
	}
	certificate, err := certify(w, c, wanted)
	if err != nil {
		return nil, err
	}
	server, err := w.APIServer(c, wanted.private != nil && *wanted.private)
	if err != nil {
		return nil, err
	}
	text := kube.Kubeconfig(server, wanted.user, wanted.user+"-"+c.ClusterID, signer, certificate)
	return &ack.Kubeconfig{Config: roa.Secret(text), Expiration: certificate.NotAfter}, nil
}

func certify(w *world.World, c *world.Cluster, wanted wish) (pki.Client, error) {
	if wanted.minutes == nil {
		return w.Kubeconfig(c, wanted.user)
	}
	return w.Issue(c, wanted.user, w.Now().Add(time.Duration(*wanted.minutes)*time.Minute))
}
