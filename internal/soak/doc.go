// Package soak runs a fleet of programs against a fake server for as long as it is told, while random faults happen, and holds three rules:
// nothing is lost or done twice, every error has its class, and nothing leaks.
//
// A run is made of windows. In a window, workers live one life after another, as operators do: they create a cluster, work on it, and delete it. At
// its end all lives are over and all connections are closed, so that what each process holds can be compared exactly with what it held before; and
// what the clients were told is compared with what has reached the operations of the server.
//
// It may import the standard library, yaml, meter, plan and service below it, sdk/ack, sdk/kubeconfig, sdk/roa and spec.
package soak
