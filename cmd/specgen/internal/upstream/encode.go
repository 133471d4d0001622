package upstream

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// Encode writes a description as a snapshot of names, types and flags: without
// examples, and sorted, so that two states can be compared line by line.
func Encode(d *Description) ([]byte, error) {
	e := encoder{uses: map[*Schema]int{}, models: map[string]*keptSchema{}}
	out := keptDescription{
		Source: keptSource{d.Format, d.Version}, Knows: words(d.Knows), Operations: []keptOperation{}, Models: e.models,
		Endpoints: map[string]string{}, VPCEndpoints: map[string]string{},
	}
	for _, op := range d.Operations {
		e.countAll(op)
	}
	for _, op := range d.Operations {
		out.Operations = append(out.Operations, e.operation(op))
	}
	slices.SortStableFunc(out.Operations, func(x, y keptOperation) int { return cmp.Compare(x.Operation, y.Operation) })
	for _, r := range d.Regions {
		if r.Public != "" {
			out.Endpoints[r.Region] = r.Public
		}
		if r.VPC != "" {
			out.VPCEndpoints[r.Region] = r.VPC
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(out); err != nil {
		return nil, fmt.Errorf("encode snapshot: %w", err)
	}
	return b.Bytes(), nil
}

type keptDescription struct {
	Source       keptSource             `json:"source"`
	Knows        []string               `json:"knows"`
	Endpoints    map[string]string      `json:"endpoints,omitempty"`
	VPCEndpoints map[string]string      `json:"vpc_endpoints,omitempty"`
	Operations   []keptOperation        `json:"operations"`
	Models       map[string]*keptSchema `json:"models,omitempty"`
}

type keptSource struct {
	Format  Format `json:"format"`
	Version string `json:"version,omitempty"`
}

type keptOperation struct {
	Operation  string          `json:"operation"`
	Method     string          `json:"method"`
	Path       string          `json:"path"`
	Deprecated bool            `json:"deprecated,omitempty"`
	PathParams []keptParameter `json:"path_params,omitempty"`
	Query      []keptParameter `json:"query,omitempty"`
	Headers    []keptParameter `json:"headers,omitempty"`
	Body       *keptSchema     `json:"body,omitempty"`
	Response   *keptResponse   `json:"response,omitempty"`
}

type keptResponse struct {
	Schema *keptSchema `json:"schema"`
}

type keptParameter struct {
	Name  string `json:"name"`
	Style string `json:"style,omitempty"`
	keptSchema
}

type keptSchema struct {
	Type       string                 `json:"type,omitempty"`
	Format     string                 `json:"format,omitempty"`
	Ref        string                 `json:"ref,omitempty"`
	Name       string                 `json:"sdk_type,omitempty"`
	Required   bool                   `json:"required,omitempty"`
	Deprecated bool                   `json:"deprecated,omitempty"`
	Enum       []any                  `json:"enum,omitempty"`
	Properties map[string]*keptSchema `json:"properties,omitempty"`
	Items      *keptSchema            `json:"items,omitempty"`
	Values     *keptSchema            `json:"values,omitempty"`
}

func words(k Knowledge) []string {
	out := []string{}
	for _, f := range []struct {
		word string
		has  bool
	}{{"body", k.Body}, {"required", k.Required}, {"deprecated", k.Deprecated}, {"enum", k.Enum}} {
		if f.has {
			out = append(out, f.word)
		}
	}
	return out
}

// encoder writes schemas. Those that are used twice, also in themselves, become models.
type encoder struct {
	uses   map[*Schema]int
	models map[string]*keptSchema
}

func (e encoder) countAll(op Operation) {
	for _, p := range op.Parameters {
		e.count(p.Schema)
	}
	e.count(op.Body)
	e.count(op.Response)
}

func (e encoder) count(s *Schema) {
	if s == nil {
		return
	}
	if e.uses[s]++; e.uses[s] > 1 {
		return
	}
	for _, p := range s.Properties {
		e.count(p.Schema)
	}
	e.count(s.Items)
	e.count(s.Values)
}

func (e encoder) operation(op Operation) keptOperation {
	out := keptOperation{Operation: op.Name, Method: op.Method, Path: op.Path, Deprecated: op.Deprecated, Body: e.schema(op.Body)}
	if op.Response != nil {
		out.Response = &keptResponse{e.schema(op.Response)}
	}
	for _, p := range op.Parameters {
		kept := keptParameter{Name: p.Name, keptSchema: *e.schema(p.Schema)}
		kept.Required, kept.Deprecated = p.Required, p.Deprecated || p.Schema.Deprecated
		if p.JSON {
			kept.Style = "json"
		}
		switch p.In {
		case "path":
			out.PathParams = append(out.PathParams, kept)
		case "query":
			out.Query = append(out.Query, kept)
		case "header":
			out.Headers = append(out.Headers, kept)
		}
	}
	return out
}

func (e encoder) schema(s *Schema) *keptSchema {
	if s == nil {
		return nil
	}
	if s.Name == "" || e.uses[s] == 1 {
		return e.inline(s)
	}
	if _, ok := e.models[s.Name]; !ok {
		e.models[s.Name] = nil // so that it ends in itself
		e.models[s.Name] = e.inline(s)
	}
	return &keptSchema{Type: s.Type, Ref: s.Name}
}

func (e encoder) inline(s *Schema) *keptSchema {
	out := &keptSchema{
		Type: s.Type, Format: s.Format, Name: s.Name, Deprecated: s.Deprecated, Items: e.schema(s.Items), Values: e.schema(s.Values),
	}
	if enum := s.Fact("enum"); enum != nil {
		for _, v := range yamlsrc.Items(enum) {
			out.Enum = append(out.Enum, literal(v))
		}
	}
	for _, p := range s.Properties {
		if out.Properties == nil {
			out.Properties = map[string]*keptSchema{}
		}
		kept := *e.schema(p.Schema)
		kept.Required = slices.Contains(s.Required, p.Name)
		out.Properties[p.Name] = &kept
	}
	return out
}

// literal returns the value of a scalar; numbers stay as they are written.
func literal(n *yaml.Node) any {
	switch n.ShortTag() {
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return json.Number(n.Value)
		}
	case "!!bool":
		return n.Value == "true"
	}
	return n.Value
}
