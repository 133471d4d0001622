package client_test

import (
	"testing"

	"github.com/ackgen/ackgen/generator/emit/client"
	"github.com/ackgen/ackgen/generator/internal/emittest"
)

func TestFilesOfTheClient(t *testing.T) {
	t.Parallel()
	emittest.Run(t, client.Gen(api()), []emittest.Case{
		{Name: "the service", File: "client_gen.go", Decl: "service", Want: `
// service holds what all requests have in common.
var service = roa.Service{
	Name:            "PET",
	Version:         "2020-01-02",
	Endpoint:        "pet.{region}.example.com",
	VPCEndpoint:     "pet-vpc.{region}.example.com",
	CentralEndpoint: "pet.example.com",
	CentralRegions:  []string{"south-1"},
}
`},
		{Name: "the interface of all groups", File: "client_gen.go", Decl: "API", Want: `
// API is the set of all operations. It grows with the service: to fake it,
// embed the interface or use a generated mock.
type API interface {
	ThingsAPI
}
`},
		{Name: "the client", File: "client_gen.go", Decl: "Client", Want: `
// Client calls the service. It holds no state that calls change and is safe for
// concurrent use. Make one with [New].
type Client struct {
	core *roa.Client
}
`},
		{Name: "the constructor", File: "client_gen.go", Decl: "New", Want: `
// New returns a client. It needs credentials and either a region or an
// endpoint, and returns an error that names what is missing or malformed. It
// does not use the network.
func New(opts ...roa.Option) (*Client, error) {
	core, err := roa.NewClient(&service, opts...)
	if err != nil {
		return nil, err
	}
	return &Client{core: core}, nil
}
`},
		{Name: "region", File: "client_gen.go", Decl: "Client.Region", Want: `
// Region returns the region of the client, empty when it has none. See
// [roa.Client.Region].
func (c *Client) Region() string {
	return c.core.Region()
}
`},
		{Name: "regions", File: "client_gen.go", Decl: "Client.InRegion", Want: `
// InRegion returns a client for another region, which shares everything else
// with c: connections, credentials, limits. It makes no connection of its own.
// See [roa.Client.InRegion].
func (c *Client) InRegion(region string) (*Client, error) {
	core, err := c.core.InRegion(region)
	if err != nil {
		return nil, err
	}
	return &Client{core: core}, nil
}
`},
		{Name: "idle connections", File: "client_gen.go", Decl: "Client.CloseIdleConnections", Want: `
// CloseIdleConnections closes the connections that no call uses now, also those
// of the clients that [Client.InRegion] made. The client stays usable. See
// [roa.Client.CloseIdleConnections].
func (c *Client) CloseIdleConnections() {
	c.core.CloseIdleConnections()
}
`},
		{Name: "the raw call", File: "client_gen.go", Decl: "Client.Call", Want: `
// Call sends a request to an operation that has no method here, signed and
// retried like any other, and returns the body as it came.
func (c *Client) Call(ctx context.Context, in roa.RawRequest, opts ...roa.CallOption) (*roa.RawResponse, error) {
	return c.core.Call(ctx, in, opts...)
}
`},
		{Name: "formatting", File: "client_gen.go", Decl: "Client.Format", Want: `
// Format describes the client in one line, without anything secret, whatever
// the verb is.
func (c Client) Format(f roa.FormatState, verb rune) {
	c.core.Format(f, verb)
}
`},
		{Name: "known regions", File: "client_gen.go", Decl: "Regions", Want: `
// Regions returns the ids of the regions that the spec lists, sorted. There may
// be others, and an account may not be allowed to use every one.
func Regions() []string {
	return []string{"north-1", "south-1"}
}
`},
		{Name: "error codes", File: "errors_gen.go", Decl: "CodeThingNotFound", Want: `
// The error codes that only this service has, for errors.Is. The package roa
// has those that all services share, and classes of errors.
const (
	// The thing does not exist.
	CodeThingNotFound roa.Code = "ThingNotFound"
)
`},
	})
}
