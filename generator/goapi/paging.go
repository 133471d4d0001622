package goapi

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/generator/model"
)

const extPagination = "x-ack-pagination"

// none is the value of an extension on an operation that only looks as if it had
// pages or a task.
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

// pager builds the pager of an operation.
func (b *builder) pager(o *operation) {
	v := o.ext(extPagination)
	ext := extension[pagination](b, v)
	if ext == nil || !b.pagingKeys(v, ext) || ext.Style == none {
		return
	}
	p := &model.Pager{Name: o.built.Name + "Pager", All: o.built.Name + "All", Pages: o.built.Name + "Pages", MaxSize: ext.MaxSize}
	items := b.path(v.at("items"), v.built.Response, ext.Items, anArray)
	if ext.Size != "" {
		p.Size = b.requestField(v.at("size"), ext.Size, aNumber)
	}
	if ext.Style == "token" {
		p.Token = b.requestField(v.at("token"), ext.Token, optional(aString))
		p.Next = b.path(v.at("next"), v.built.Response, ext.Next, aString)
	} else {
		p.Page = b.requestField(v.at("page"), ext.Page, aNumber)
	}
	if ext.Total != "" {
		p.Total = b.path(v.at("total"), v.built.Response, ext.Total, anInteger)
	}
	if items == nil || ext.Next != "" && p.Next == nil {
		return
	}
	p.Items, p.Item = *items, *items.Type.Elem
	p.DefaultSize = b.defaultOf(o, ext.Size)
	beside := ext.Next
	if p.Total != nil {
		beside = ext.Total
	}
	p.RepeatedPage = b.repeated(v, beside, ext.Page, aNumber)
	p.RepeatedSize = b.repeated(v, beside, ext.Size, aNumber)
	subject, pos := "the pager of "+o.OperationID, b.positionOf(v)
	b.pkg.Take(p.Name, subject, pos)
	b.methods.Take(p.All, subject, pos)
	b.methods.Take(p.Pages, subject, pos)
	o.built.Pager = p
}

// defaultOf returns the integer that a parameter is when a request lacks it, or zero.
func (b *builder) defaultOf(o *operation, wire string) int64 {
	for _, p := range o.params {
		if p.Name == wire && p.Schema != nil && p.Schema.Value != nil && p.Schema.Value.Default != nil {
			n, _ := strconv.ParseInt(b.value(p.Schema.Value), 10, 64)
			return n
		}
	}
	return 0
}

// repeated returns the path of the member by which a response repeats a parameter: one
// that is called like it, but for case and underscores, and stands beside another
// member. It is nil when there is none.
func (b *builder) repeated(v extValue, beside, parameter string, w want) *model.Path {
	if beside == "" || parameter == "" {
		return nil
	}
	s, parent := v.built.Response, ""
	if i := strings.LastIndexByte(beside, '.'); i >= 0 {
		parent = beside[:i+1]
		s = b.structNamed(b.follow(v, s, beside[:i]).Type.Name)
	}
	plain := strings.NewReplacer("_", "", "-", "")
	for _, wire := range b.wireNames(s) {
		if !strings.EqualFold(plain.Replace(wire), plain.Replace(parameter)) {
			continue
		}
		if p := b.follow(v, v.built.Response, parent+wire); w.fits(p.Type) {
			return p
		}
	}
	return nil
}

// pagingKeys reports whether the style is known and no key belongs to another
// style.
func (b *builder) pagingKeys(v extValue, ext *pagination) bool {
	values := map[string]string{"page": ext.Page, "size": ext.Size, "items": ext.Items, "total": ext.Total, "token": ext.Token, "next": ext.Next}
	foreign := map[string][]string{
		"number": {"token", "next"}, "token": {"page", "total"}, none: slices.Sorted(maps.Keys(values)),
	}
	keys, ok := foreign[ext.Style]
	if !ok {
		b.badExtension(v.at("style"), "unknown style "+quote(ext.Style), "write number, token or none")
	}
	for _, key := range keys {
		if values[key] != "" {
			b.badExtension(v.at(key), "it has no effect in the style "+ext.Style, "delete it, or correct the style")
			ok = false
		}
	}
	if ext.MaxSize < 0 {
		b.badExtension(v.at("max-size"), "it is negative", "write the largest size of a page, or leave it out")
		ok = false
	}
	return ok
}
