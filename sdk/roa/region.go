package roa

import (
	"errors"
	"fmt"
	"net/http"
)

// Region returns the region of the client, empty when it has none because
// [WithEndpoint] or [WithCentralEndpoint] made it needless.
func (c *Client) Region() string { return c.route.region }

// InRegion returns a client for another region. It shares everything with c but
// the region and the endpoint that follows from it: connections, credentials,
// rate limit, retry budget and hooks. An endpoint of [WithEndpoint] stays, and
// [WithVPC] and [WithCentralEndpoint] hold for the new region, too. The client
// makes no connection of its own and needs no closing. A region that is malformed,
// or has no endpoint of the kind that is asked for, is an error. Whether there is
// such a region is not checked.
func (c *Client) InRegion(region string) (*Client, error) {
	to := c.route
	to.region = region
	scheme, host, err := to.resolve(&c.service)
	if region == "" {
		err = errors.New("region is missing")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: choose region: %w", c.service.Name, err)
	}
	other := *c
	other.route, other.scheme, other.host, other.template = to, scheme, host, newTemplate(host)
	return &other, nil
}

// CloseIdleConnections closes the connections that no call uses now, for a
// program that is done with the service or is about to sleep; without it they
// stay for a minute. The client stays usable. The transport of [WithHTTPClient] or
// [WithTransport] is asked to do so if it has a method of that name, and closes
// the idle connections of its other users, too.
func (c *Client) CloseIdleConnections() {
	(&http.Client{Transport: c.transport}).CloseIdleConnections()
}
