package peers

import (
	"context"
	"errors"

	"github.com/ackgen/ackgen/testdata/bench/internal/canned"
)

// wholeParts are calls whose responses are in memory: a small GET, and one whose response
// is an error. The difference is what an error costs.
func wholeParts() []Part {
	var all []Part
	for _, result := range []struct {
		group string
		once  func(Client) (string, error)
	}{{"small GET without a network", detail}, {"error without a network", fail}} {
		for _, peer := range []Peer{{Name: Ours, Open: openOurs()}, {Name: ByHand, Open: openByHand}, {Name: Official, Open: openOfficial}} {
			all = append(all, Part{result.group, peer.Name, func() (func() (string, error), error) {
				client, err := peer.Open(Target{URL: "http://" + signedHost, ID: signedID, Secret: signedKey, Parallel: 1, Transport: canned.Transport()})
				return func() (string, error) { return result.once(client) }, err
			}})
		}
	}
	return all
}

func detail(c Client) (string, error) { return c.Detail(context.Background(), canned.Cluster) }

// fail returns nothing if the call fails, as it has to.
func fail(c Client) (string, error) {
	if name, err := c.Detail(context.Background(), canned.ClusterGone); err == nil {
		return name, errors.New("the call has not failed")
	}
	return "", nil
}
