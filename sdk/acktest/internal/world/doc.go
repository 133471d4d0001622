// Package world is what the fake server remembers: accounts with their clusters and all that belongs to these, a clock, and a
// queue of what happens when.
//
// One lock guards everything. [State.Do] takes it, lets the past happen, and runs one operation on a [World], the view of one
// call. Nothing happens in the background: what is due happens at the next look, in its order and at its time. A change that
// takes time is a [Task] of a [Kind], whose stages are data.
//
// There is one file for each resource. The operations of the API are in package ops; here is what they have in common.
//
// It may import the standard library, go-json-experiment/json, sdk/ack, sdk/roa, and the catalog, fault, kube, kube/pki and wire packages of acktest.
package world
