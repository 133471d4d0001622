// Package interop compares the requests of the generated client with those of the official generic runtime,
// github.com/alibabacloud-go/darabonba-openapi/v2, for every operation of the bundle, and holds that the fake server responds to that runtime
// as the spec says. It holds tests only, and it is a module of its own, so that nothing of the official runtime is a dependency of the SDK.
//
// It may import everything but the generator. Run it with:
//
//	cd testdata/interop && go test ./...
package interop
