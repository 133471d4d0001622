// Command caller calls operations of the generated clients. The tests copy it into the module that they generate. It reads one call per line
// from its input, as JSON, and writes for each a line that says how it ended.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"

	"example.com/products/fc"
	"example.com/products/sae"
	"example.com/products/ververica"

	"github.com/ackgen/ackgen/sdk/roa"
)

// call is what the test asks for: values by wire name.
type call struct {
	Product, Operation string
	Params             map[string]json.RawMessage // by place and name, such as query=limit
	Body               json.RawMessage
	Binary             []byte
}

func main() {
	if err := serve(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(endpoint string) error {
	clients, err := newClients(endpoint)
	if err != nil {
		return err
	}
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var c call
		err := in.Decode(&c)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		text := ""
		if err := c.run(clients[c.Product]); err != nil {
			text = err.Error()
		}
		if err := out.Encode(text); err != nil {
			return err
		}
	}
}

func newClients(endpoint string) (map[string]any, error) {
	options := []roa.Option{
		roa.WithEndpoint(endpoint), roa.WithPlainHTTP(), roa.WithRegion("cn-beijing"),
		roa.WithCredentials(roa.StaticCredentials("products-id", "products-secret", "")),
	}
	s, err := sae.New(options...)
	if err != nil {
		return nil, err
	}
	f, err := fc.New(options...)
	if err != nil {
		return nil, err
	}
	v, err := ververica.New(options...)
	return map[string]any{"sae": s, "fc": f, "ververica": v}, err
}

func (c *call) run(client any) error {
	method := reflect.ValueOf(client).MethodByName(c.Operation)
	if !method.IsValid() {
		return fmt.Errorf("the client has no method %s", c.Operation)
	}
	request := reflect.New(method.Type().In(1).Elem())
	if err := c.fill(request); err != nil {
		return err
	}
	results := method.Call([]reflect.Value{reflect.ValueOf(context.Background()), request})
	if err, _ := results[1].Interface().(error); err != nil {
		return err
	}
	if body := results[0].Elem().FieldByName("Body"); body.IsValid() {
		if stream, ok := body.Interface().(io.Closer); ok {
			return stream.Close()
		}
	}
	return nil
}

// fill sets the fields of a request. Their tags say which parameter they are; what is left belongs to the body.
func (c *call) fill(request reflect.Value) error {
	set := 0
	for i := range request.Elem().NumField() {
		field := request.Elem().Type().Field(i)
		place, _, _ := strings.Cut(field.Tag.Get("roa"), ",")
		value, ok := c.Params[place]
		if !ok {
			continue
		}
		if err := json.Unmarshal(value, request.Elem().Field(i).Addr().Interface()); err != nil {
			return fmt.Errorf("%s: %w", place, err)
		}
		set++
	}
	if set != len(c.Params) {
		return fmt.Errorf("%d of %d parameters have a field", set, len(c.Params))
	}
	if c.Binary != nil {
		body := request.Elem().FieldByName("Body")
		if !body.IsValid() {
			return fmt.Errorf("%s has no field Body", request.Type())
		}
		body.Set(reflect.ValueOf(bytes.NewReader(c.Binary)))
	}
	if c.Body == nil {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(c.Body))
	decoder.DisallowUnknownFields()
	if entries, ok := request.Elem().Type().FieldByName("Entries"); ok && entries.Tag.Get("json") == "-" {
		return decoder.Decode(request.Elem().FieldByName("Entries").Addr().Interface()) // the body is a map
	}
	return decoder.Decode(request.Interface())
}
