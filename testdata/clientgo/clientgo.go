// Package clientgo shows how programs that use client-go connect it to a
// cluster of ACK: by [k8s.io/client-go/rest.Config] made from a checked kubeconfig, or by a
// clientset over an HTTP client that renews its kubeconfig. It is a module of its
// own so that the SDK does not depend on client-go.
package clientgo

import (
	"context"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"

	"github.com/ackgen/ackgen/sdk/kubeconfig"
)

// RESTConfig returns the configuration for a kubeconfig. It works until the
// kubeconfig expires.
func RESTConfig(c *kubeconfig.Config) *rest.Config {
	return &rest.Config{
		Host:        c.BaseURL(),
		BearerToken: c.Token().Reveal(),
		TLSClientConfig: rest.TLSClientConfig{
			ServerName: c.ServerName(),
			CAData:     c.CA(),
			CertData:   c.Certificate(),
			KeyData:    []byte(c.Key().Reveal()),
		},
	}
}

// Clientset returns a clientset that follows the renewals of the source.
func Clientset(ctx context.Context, source *kubeconfig.Source) (*kubernetes.Clientset, error) {
	c, err := source.Config(ctx)
	if err != nil {
		return nil, err
	}
	return kubernetes.NewForConfigAndClient(&rest.Config{Host: c.BaseURL()}, source.HTTPClient())
}
