package build

import (
	"slices"

	"github.com/ackgen/ackgen/generator/model"
)

const extPagination = "x-ack-pagination"

// none says of an operation that it only looks as if it had pages or a task.
const none = "none"

// pagination is the value of x-ack-pagination.
type pagination struct {
	Style   string `json:"style"`
	Page    string `json:"page"`
	Size    string `json:"size"`
	Items   string `json:"items"`
	Total   string `json:"total"`
	Token   string `json:"token"`
	Next    string `json:"next"`
	MaxSize int64  `json:"max-size"`
}

// pager builds how an operation is paged.
func (b *builder) pager(o *operation) {
	ext := extension[pagination](b, o, extPagination)
	if ext == nil || ext.Style == none {
		return
	}
	p := &model.Pager{Name: o.built.Name + "Pager", All: o.built.Name + "All", Pages: o.built.Name + "Pages", MaxSize: ext.MaxSize}
	items := b.resolve(o, extPagination, ext.Items)
	if items == nil {
		return
	}
	if items.Type.Kind != model.KindSlice {
		b.badExtension(o, extPagination, "items: "+quote(ext.Items)+" is no array", "name the array with the items of a page")
		return
	}
	p.Items, p.Item = *items, *items.Type.Elem
	if ext.Size != "" {
		p.Size = b.numberParam(o, ext.Size)
	}
	switch ext.Style {
	case "number":
		p.Page = b.numberParam(o, ext.Page)
		if ext.Total != "" {
			p.Total = b.ofKind(o, extPagination, "total", ext.Total, model.KindInt32, model.KindInt64)
		}
	case "token":
		p.Token = b.tokenParam(o, ext.Token)
		p.Next = b.ofKind(o, extPagination, "next", ext.Next, model.KindString)
	default:
		b.badExtension(o, extPagination, "unknown style "+quote(ext.Style), "write number or token")
		return
	}
	subject := "the pager of " + o.OperationID
	b.pkg.Take(p.Name, subject, o.pos)
	b.methods.Take(p.All, subject, o.pos)
	b.methods.Take(p.Pages, subject, o.pos)
	o.built.Pager = p
}

// numberParam returns the field of a parameter that counts pages or items.
func (b *builder) numberParam(o *operation, wire string) string {
	return b.optionalParam(o, wire, "an optional integer or string", model.KindInt32, model.KindInt64, model.KindString)
}

func (b *builder) tokenParam(o *operation, wire string) string {
	return b.optionalParam(o, wire, "an optional string", model.KindString)
}

func (b *builder) optionalParam(o *operation, wire, want string, kinds ...model.Kind) string {
	name := b.requestField(o, extPagination, wire)
	if name == "" {
		return ""
	}
	for _, f := range o.built.Request.Fields {
		if f.Name == name && f.Type.Pointer && slices.Contains(kinds, f.Type.Kind) {
			return name
		}
	}
	b.badExtension(o, extPagination, "the parameter "+quote(wire)+" is not "+want, "declare it as "+want)
	return ""
}

// ofKind resolves a path whose end must be of one of the kinds.
func (b *builder) ofKind(o *operation, ext, key, path string, kinds ...model.Kind) *model.Path {
	p := b.resolve(o, ext, path)
	if p != nil && !slices.Contains(kinds, p.Type.Kind) {
		b.badExtension(o, ext, key+": "+quote(path)+" is of the wrong type", "name a field of type "+string(kinds[0]))
		return nil
	}
	return p
}
