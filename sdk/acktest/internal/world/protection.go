package world

import (
	"cmp"
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
)

// Protection returns whether a namespace or a service is protected against deletion. Services are in a namespace, the one named
// default unless another one is given.
func (c *Cluster) Protection(kind ack.ProtectedResourceType, namespace, name string) ack.ResourceDeleteProtection {
	p := ack.ResourceDeleteProtection{Name: name, Resource: kind, Protection: true}
	if kind == ack.ProtectedResourceTypeServices {
		p.Namespace = cmp.Or(namespace, "default")
	}
	p.Protection = slices.Contains(c.Protected, p)
	return p
}

// Protect protects an object that [Cluster.Protection] returned, or no longer protects it.
func (c *Cluster) Protect(p ack.ResourceDeleteProtection, protect bool) {
	if p.Protection == protect {
		return
	}
	p.Protection = true
	c.Protected = slices.DeleteFunc(slices.Clone(c.Protected), func(other ack.ResourceDeleteProtection) bool { return other == p })
	if protect {
		c.Protected = append(c.Protected, p)
	}
}

// AllNamespaces returns the namespaces of a cluster, and those that are protected, in order.
func (c *Cluster) AllNamespaces() []string {
	names := slices.Clone(c.Namespaces)
	for _, p := range c.Protected {
		if p.Resource == ack.ProtectedResourceTypeNamespaces {
			names = append(names, p.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
