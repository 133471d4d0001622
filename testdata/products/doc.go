// Package products generates clients for three other products of Alibaba Cloud and compares their requests with those of the official SDKs,
// operation by operation. It holds tests only, and it is a module of its own, so that nothing of the official SDKs is a dependency of ours.
//
// A run starts from nothing: it generates the clients into a temporary module, compiles them with their mocks and the program in
// testdata/caller, which calls what it is told to, and records what comes over the wire. Run it with:
//
//	make products
package products
