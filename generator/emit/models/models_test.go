package models_test

import (
	"testing"

	"github.com/ackgen/ackgen/generator/emit/models"
	"github.com/ackgen/ackgen/generator/internal/emittest"
	"github.com/ackgen/ackgen/generator/model"
)

// api has a type for every kind of thing that the emitter prints.
func api() *model.API {
	text := model.Type{Kind: model.KindString}
	node := model.Type{Kind: model.KindNamed, Name: "Node"}
	pointer := model.Type{Kind: model.KindInt32, Pointer: true}
	return &model.API{
		Package: "pets", ImportPath: "example.com/pets", Source: "spec.yaml",
		Groups: []*model.Group{{File: "things", Operations: []*model.Operation{{
			Request: &model.Struct{Name: "GetThingRequest", Doc: "GetThingRequest is the input of [Client.GetThing].", Fields: []*model.Field{
				{Name: "ThingID", Tag: "-", Limits: "path=ThingId,required", Doc: "The id of the thing. Required.", Type: text},
				{Name: "Size", Tag: "size,omitzero", Limits: "max=9", Type: pointer},
			}},
			Response: &model.Struct{Name: "GetThingResponse", Doc: "GetThingResponse is the output of [Client.GetThing].", Embeds: "Thing", Fields: []*model.Field{
				{Name: "Metadata", Tag: "-", Type: model.Type{Kind: model.KindMetadata}},
			}},
		}}}},
		Types: []*model.TypesFile{{
			Name: "models_gen.go",
			Structs: []*model.Struct{{
				Name: "Thing", Doc: "Thing is small.",
				Fields: []*model.Field{
					{Name: "Since", Tag: "since,omitzero", Type: model.Type{Kind: model.KindTime}},
					{Name: "Password", Tag: "password,omitzero", Type: model.Type{Kind: model.KindSecret}},
					{Name: "Nodes", Tag: "nodes,omitzero", Type: model.Type{Kind: model.KindSlice, Elem: &node}},
					{Name: "Labels", Tag: "labels,omitzero", Type: model.Type{Kind: model.KindMap, Elem: &text}},
				},
				Enums: []*model.Enum{{Name: "ThingMode", Doc: "ThingMode is a value of [Thing.Mode].", Kind: model.KindString, Closed: true, Values: []model.EnumValue{{Name: "ThingModeFast", Value: "fast"}}}},
				Copies: []*model.Copy{{Method: "ToThingSpec", Doc: "ToThingSpec copies a thing.", To: "ThingSpec", Fields: []model.CopiedField{
					{To: "AsIs", From: "A", How: model.CopyAsIs},
					{To: "NonZero", From: "B", How: model.CopyNonZero},
					{To: "Value", From: "C", How: model.CopyValue},
					{To: "Text", From: "D", How: model.CopyText, Through: "ThingMode"},
					{To: "PlainText", From: "E", How: model.CopyText, Through: "string"},
					{To: "NonZeroText", From: "F", How: model.CopyNonZeroText, Through: "ThingMode"},
					{To: "Struct", From: "G", How: model.CopyStruct, Through: "ToNodeSpec"},
					{To: "NonZeroStruct", From: "H", How: model.CopyNonZeroStruct, Through: "ToNodeSpec"},
					{To: "IntoStruct", From: "I", How: model.CopyIntoStruct, Through: "ToNodeSpec"},
					{To: "List", From: "J", How: model.CopyList, Through: "ToNodeSpec", Item: "Node"},
				}}},
			}},
			Enums: []*model.Enum{{Name: "State", Doc: "State is the state of a thing.", Kind: model.KindString, Values: []model.EnumValue{{Name: "StateUp", Value: "up"}, {Name: "StateDown", Value: "down"}}}},
		}},
	}
}

func TestGen(t *testing.T) {
	t.Parallel()
	emittest.Run(t, models.Gen(api()), []emittest.Case{
		{Name: "request with tags", File: "things_messages_gen.go", Decl: "GetThingRequest", Want: `
// GetThingRequest is the input of [Client.GetThing].
type GetThingRequest struct {
	// The id of the thing. Required.
	ThingID string 'json:"-" roa:"path=ThingId,required"'
	Size    *int32 'json:"size,omitzero" roa:"max=9"'
}
`},
		{Name: "response that embeds a type", File: "things_messages_gen.go", Decl: "GetThingResponse", Want: `
// GetThingResponse is the output of [Client.GetThing].
type GetThingResponse struct {
	Thing

	Metadata roa.Metadata 'json:"-"'
}
`},
		{Name: "struct with every kind of container", File: "models_gen.go", Decl: "Thing", Want: `
// Thing is small.
type Thing struct {
	Since    time.Time         'json:"since,omitzero"'
	Password roa.Secret        'json:"password,omitzero"'
	Nodes    []Node            'json:"nodes,omitzero"'
	Labels   map[string]string 'json:"labels,omitzero"'
}
`},
		{Name: "copy of every kind", File: "models_gen.go", Decl: "Thing.ToThingSpec", Want: `
// ToThingSpec copies a thing.
func (from *Thing) ToThingSpec() *ThingSpec {
	if from == nil {
		return nil
	}
	return &ThingSpec{
		AsIs:          from.A,
		NonZero:       roa.NonZero(from.B),
		Value:         roa.Value(from.C),
		Text:          ThingMode(from.D),
		PlainText:     string(from.E),
		NonZeroText:   roa.NonZero(ThingMode(from.F)),
		Struct:        from.G.ToNodeSpec(),
		NonZeroStruct: roa.NonZero(from.H).ToNodeSpec(),
		IntoStruct:    roa.Value(from.I.ToNodeSpec()),
		List:          roa.CopyList(from.J, (*Node).ToNodeSpec),
	}
}
`},
		{Name: "closed enum", File: "models_gen.go", Decl: "ThingMode", Want: `
// ThingMode is a value of [Thing.Mode].
type ThingMode string
`},
		{Name: "values of a closed enum", File: "models_gen.go", Decl: "ThingModeFast", Want: `
// Values of ThingMode. The service refuses others.
const (
	ThingModeFast ThingMode = "fast"
)
`},
		{Name: "enum", File: "models_gen.go", Decl: "State", Want: `
// State is the state of a thing.
type State string
`},
		{Name: "values of an enum", File: "models_gen.go", Decl: "StateUp", Want: `
// Known values of State. The service may use others.
const (
	StateUp   State = "up"
	StateDown State = "down"
)
`},
	})
}
