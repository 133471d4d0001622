package products

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

// An sdk is an official SDK of a product.
type sdk interface {
	// knows reports whether it has the operation.
	knows(op *operation) bool
	// common returns the part of an input that it can send.
	common(t *testing.T, op *operation, in input) input
	// call makes the call.
	call(t *testing.T, op *operation, in input)
}

// A peer is what the generated client of a product is compared with.
type peer struct {
	product string
	name    string
	sdk     sdk
	headers bool // whether headers are compared, which the classic SDK signs with another algorithm
}

// TestRequestsEqualThoseOfOfficialSDKs makes every call with the generated client and with the official SDKs, and compares what comes over
// the wire. Differences that stay are in decisions.yaml.
func TestRequestsEqualThoseOfOfficialSDKs(t *testing.T) {
	t.Parallel()
	rec := newRecorder(t)
	var products []*product
	counts := make(map[string]*count)
	for _, name := range []string{"sae", "fc", "ververica"} {
		p := readProduct(t, name)
		counts[name] = &count{all: len(p.ops)}
		p, counts[name].refused = withoutRefused(t, p)
		products = append(products, p)
	}
	c := startCaller(t, build(t, products), rec.URL)
	decided := readDecisions(t)
	for _, p := range products {
		compareProduct(t, rec, c, p, decided, counts[p.name])
	}
	decided.checkMet(t)
}

// A count is what became of the operations of a product.
type count struct {
	all, equal int
	refused    map[string]int // why not all were generated
	peers      map[string]int // equal ones by official SDK
}

func compareProduct(t *testing.T, rec *recorder, c *caller, p *product, decided *decisions, n *count) {
	t.Helper()
	n.peers = make(map[string]int)
	for _, op := range p.ops {
		same := t.Run(p.name+" "+op.name, func(t *testing.T) {
			for _, peer := range peers(t, rec, p) {
				if peer.sdk.knows(op) {
					compareOperation(t, rec, c, op, peer, decided)
					n.peers[peer.name]++
				}
			}
		})
		if same {
			n.equal++
		}
	}
	t.Logf("%s: %d operations, %d generated, %d compiled, %d equal on the wire; compared with the official %v",
		p.name, n.all, len(p.ops), len(p.ops), n.equal, n.peers)
	for _, why := range slices.Sorted(maps.Keys(n.refused)) {
		t.Logf("%s: %d times refused: %s", p.name, n.refused[why], why)
	}
}

// peers returns what a product is compared with.
func peers(t *testing.T, rec *recorder, p *product) []peer {
	t.Helper()
	runtime := peer{p.name, "runtime", &runtimeClient{rec, p}, true}
	switch p.name {
	case "sae":
		return []peer{runtime, {p.name, "classic SDK", newClassic(t, rec), false}}
	case "fc":
		return []peer{runtime, {p.name, "SDK", newFC(t, rec), true}}
	default:
		return []peer{runtime}
	}
}

func compareOperation(t *testing.T, rec *recorder, c *caller, op *operation, peer peer, decided *decisions) {
	t.Helper()
	for _, in := range op.inputs() {
		in = peer.sdk.common(t, op, in)
		rec.expect(op)
		problem := c.call(t, peer.product, op, in)
		if !assert.Empty(t, problem, "%s: the generated client got an error", in.label) {
			continue
		}
		ours := rec.take(t, "generated")
		peer.sdk.call(t, op, in)
		theirs := rec.take(t, peer.name)
		for _, place := range differences(theirs, ours, peer.headers) {
			assert.True(t, decided.cover(op, peer, place), "%s: unlike the official %s: %s", in.label, peer.name, place)
		}
	}
}
