package products

import (
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
	products := []*product{readProduct(t, "sae"), readProduct(t, "fc"), readProduct(t, "ververica")}
	c := startCaller(t, build(t, products), rec.URL)
	decided := readDecisions(t)
	for _, p := range products {
		compareProduct(t, rec, c, p, decided)
	}
	decided.checkMet(t)
}

// compareProduct compares every operation, and prints how many there are and how many of them are equal. All were generated and compiled, or
// there was no caller.
func compareProduct(t *testing.T, rec *recorder, c *caller, p *product, decided *decisions) {
	t.Helper()
	equal, by := 0, make(map[string]int)
	for _, op := range p.ops {
		same := t.Run(p.name+" "+op.name, func(t *testing.T) {
			for _, peer := range peers(t, rec, p) {
				if peer.sdk.knows(op) {
					compareOperation(t, rec, c, p, op, peer, decided)
					by[peer.name]++
				}
			}
		})
		if same {
			equal++
		}
	}
	t.Logf("%s: of %d operations %d generated, %d compiled, %d equal on the wire and taken by the fake server; compared with the official %v",
		p.name, len(p.ops), len(p.ops), len(p.ops), equal, by)
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

func compareOperation(t *testing.T, rec *recorder, c *caller, p *product, op *operation, peer peer, decided *decisions) {
	t.Helper()
	for _, in := range op.inputs() {
		in = peer.sdk.common(t, op, in)
		rec.expect(p, op)
		problem := c.call(t, p.name, op, in)
		if !assert.Empty(t, problem, "%s: the generated client got an error", in.label) {
			continue
		}
		ours := rec.take(t, "generated")
		rec.checkFake(t, op, in)
		peer.sdk.call(t, op, in)
		theirs := rec.take(t, peer.name)
		for _, place := range differences(theirs, ours, peer.headers) {
			assert.True(t, decided.cover(op, peer, place), "%s: unlike the official %s: %s", in.label, peer.name, place)
		}
	}
}
