// Package kube is the small Kubernetes API that each cluster of the fake
// service has: nodes, namespaces, pods, deployments and what programs need
// beside them, with lists, watches, patches and tables as client-go and kubectl
// ask for them. Nothing runs: a pod that finds a node is running.
//
// # Parts
//
// An [API] is an HTTP handler with the state of one cluster. It has its nodes
// from a [Source]. A [Server] serves it over mutual TLS, on a port of its own from
// when its URL is asked for, with certificates of a [pki.Authority]. Below
// it, object handles trees of JSON, store keeps them with their history,
// selector and patch do what their names say.
//
// # What is left out
//
// There are no admission plugins, no managed fields and no server-side apply,
// which is refused with 415. Objects are checked only as far as the fake itself
// depends on them. Kinds that are not in the table of resources do not exist.
//
// # Imports
//
// It may import the standard library and the packages below it, and no other
// package of acktest.
package kube
