package emit

import "github.com/dave/jennifer/jen"

// Variable is an exported variable that points to another one.
type Variable struct {
	Name  string
	Doc   string
	Type  jen.Code // of what it points to
	Value string   // name of what it points to
}

// Variables adds exported variables as one block, which documentation shows as one and
// not before everything else:
//
//	var (
//		// XPager is behind [Client.XAll].
//		XPager *roa.Pager[XRequest, XResponse, Item] = &pagerX
//	)
//
// They are pointers, as the linker makes those, and leaves out what a program does not
// use. The types are written out because documentation shows them and not the values.
// Without variables nothing is added.
func (f *File) Variables(doc string, all []Variable) {
	if len(all) == 0 {
		return
	}
	f.Add(Comment(doc))
	f.Var().DefsFunc(func(g *jen.Group) {
		for _, v := range all {
			g.Add(Comment(v.Doc))
			g.Id(v.Name).Op("*").Add(v.Type).Op("=").Op("&").Id(v.Value)
		}
	})
}
