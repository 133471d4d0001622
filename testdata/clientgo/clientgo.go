// Package clientgo shows how programs that use client-go connect it to a
// cluster of ACK: by a [rest.Config] made from a checked kubeconfig, or by one
// whose transport renews the kubeconfig. Every client of client-go can be made from
// either. It is a module of its own so that the SDK does not depend on client-go.
package clientgo

import (
	"context"

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

// Following returns a configuration that follows the renewals of the source.
// The context limits only the wait for the first kubeconfig.
func Following(ctx context.Context, source *kubeconfig.Source) (*rest.Config, error) {
	c, err := source.Config(ctx)
	if err != nil {
		return nil, err
	}
	return &rest.Config{Host: c.BaseURL(), Transport: source.HTTPClient().Transport}, nil
}
