// Package credentials finds the credentials that requests are signed with: in
// the environment, in the files of the Alibaba Cloud CLI and SDKs, at the
// metadata service of an ECS instance, by assuming a RAM role, or all of it in
// turn ([Default]).
//
// # Use
//
//	options, err := credentials.FromEnvironment() // region and credentials
//	...
//	client, err := ack.New(options...)
//
// or, for one of the two,
//
//	client, err := ack.New(roa.WithRegion("cn-beijing"), roa.WithCredentials(credentials.Default()))
//
// [FromEnvironment] looks for the region at once. All other constructors neither
// use the network nor read a file, an environment variable or the clock: mistakes
// in their options are reported by the first call. What a provider found is kept
// in memory, renewed in the background before it expires, and fetched once
// however many goroutines ask. A caller whose context ends stops waiting; the
// fetch goes on for the others. After a fetch failed, calls get its error for a second
// before the next fetch, and for up to half a minute after more failures.
//
// Errors are an [*Error] or, of chains, a [*ChainError]. They name what was
// tried and why it gave nothing, and never hold a key, a token, a response or the
// content of a file.
//
// # Imports
//
// The package imports the standard library, sdk/roa, sdk/internal/refresh,
// sdk/internal/oneline, internal/privatefile and the package providers of
// github.com/aliyun/credentials-go, which talks to STS, to the metadata service and to the
// sites that the CLI logs in at, through a port on the loopback interface that limits what
// they say. Files are read, and programs and URIs asked, by code of this package: see
// ARCHITECTURE.md. It is the only package of the SDK that reads environment variables or
// knows credentials-go; no other package of the SDK imports it, so that programs which do
// not name it do not link it.
package credentials
