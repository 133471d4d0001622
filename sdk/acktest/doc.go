// Package acktest is a fake ACK server for tests and for trying things out without an Alibaba Cloud account.
// [WithSpec] makes it a fake of any other API that codegen made a client of.
//
// # Use
//
//	func TestCreate(t *testing.T) {
//		srv := acktest.NewServer(t)
//		client := srv.Client(t)
//		out, err := client.CreateClusterAndWait(t.Context(), &ack.CreateClusterRequest{Name: "test", RegionID: "cn-hangzhou"})
//		// ...
//	}
//
// Programs use [Start] and [Server.Close] instead of [NewServer].
//
// # What it does
//
// It is a real HTTPS server on the loopback interface that treats a request the way the service does. It verifies the
// signature (ACS3-HMAC-SHA256 and ROA HMAC-SHA1) with code of its own, refuses stale dates and reused nonces, checks path, query and
// body against the OpenAPI spec, and refuses routes the spec does not know. What passes is carried out on the state of the
// server: a cluster that was created is listed, comes up after some minutes, and is gone once it was deleted. A few operations, and all with
// [WithExamples], respond with the example of the spec. Where the spec has no example, or one that its schema refuses, the response is
// made of the schema.
//
// Integers are compared and sent with all of their digits. Only numbers that the spec declares as number, which are float64 for clients, too,
// are compared as such.
//
// # Time
//
// Time is that of the server. It stands still until [Server.Advance] moves it on or a client waits that has [Server.Options], so that
// no test waits; with [WithSpeed] it runs.
//
// # Responses of your choice
//
// [Server.FailNext] makes a change fail that takes time, [WithFault] and [Server.Respond] disturb and script responses, and
// [Server.Override] makes functions respond that get requests and give responses in the types of the client.
//
// # Another API
//
//	//go:embed openapi.yaml
//	var spec []byte
//
//	func TestApplications(t *testing.T) {
//		srv := acktest.NewServer(t, acktest.WithSpec(spec))
//		client, err := sae.New(srv.Options()...)
//		// ...
//	}
//
// # Imports
//
// It may import the standard library, the spec bundle, sdk/roa, sdk/roa/roafake, sdk/ack, sdk/internal/oneline and its own internal
// packages. Requests are verified in internal/gateway, which never calls the signer of sdk/roa: a mistake in one of the two must show.
package acktest
