package snippet

import (
	"slices"
	"strings"

	"github.com/ackgen/ackgen/generator/model"
)

// show writes what prints the response out: what says most about it, in few lines.
func (p *program) show() {
	out := p.w.fieldsOf("out", p.op.Response)
	switch {
	case p.op.Shape == model.ShapeStream:
		p.use("io", "os")
		p.line("defer out.Body.Close()\nif _, err := io.Copy(os.Stdout, out.Body); err != nil {\nlog.Fatal(err)\n}")
	case p.showTelling(out), p.showPage(), p.showMany(out), p.showScalars(out), p.showRest(out):
	default:
		p.print(`"request id:"`, "out.Metadata.RequestID")
	}
}

// showTelling prints what identifies a thing, and its state. A function like this reports
// whether there was something to print.
func (p *program) showTelling(fields []shown) bool {
	telling := p.w.telling(fields)
	if len(telling) == 0 {
		for _, f := range fields {
			if inner := p.w.structs[f.Type.Name]; inner != nil && !f.Type.Pointer {
				telling = append(telling, p.w.telling(p.w.fieldsOf(f.expr, inner))...)
			}
		}
		telling = telling[:min(len(telling), maxShown)]
	}
	if len(telling) == 1 && isID(telling[0].Name) {
		telling = append(telling, p.w.others(fields, telling[0])...)
	}
	if p.op.Task != nil && len(p.op.Task.ID.Steps) == 1 && len(telling) > 0 && strings.HasPrefix(telling[0].expr, "out.") {
		for _, f := range fields {
			if f.Name == p.op.Task.ID.Steps[0].Field && !slices.Contains(telling, f) {
				telling = append(telling, f)
			}
		}
	}
	p.printAll(telling)
	return len(telling) > 0
}

// showPage writes a loop over the items of a page.
func (p *program) showPage() bool {
	if p.op.Pager == nil || slices.ContainsFunc(p.op.Pager.Items.Steps, func(s model.Step) bool { return s.Pointer }) {
		return false
	}
	items := []string{"out"}
	for _, s := range p.op.Pager.Items.Steps {
		items = append(items, s.Field)
	}
	p.loop("_, item", strings.Join(items, "."), p.op.Pager.Item)
	return true
}

// showMany writes a loop over the first list or map.
func (p *program) showMany(fields []shown) bool {
	for _, f := range fields {
		switch f.Type.Kind {
		case model.KindSlice:
			p.loop("_, item", f.expr, *f.Type.Elem)
			return true
		case model.KindMap:
			p.loop("key, item", f.expr, *f.Type.Elem)
			return true
		}
	}
	return false
}

// loop writes a loop over a list or a map.
func (p *program) loop(variables, many string, item model.Type) {
	p.line("for %s := range %s {", variables, many)
	p.showItem(item, strings.HasPrefix(variables, "key"))
	p.line("}")
}

// showItem writes what prints the variable item, after its key if it has one.
func (p *program) showItem(t model.Type, keyed bool) {
	before := p.body.Len()
	if s := p.w.structs[t.Name]; s != nil {
		if fields := p.w.fieldsOf("item", s); !p.showTelling(fields) {
			p.showScalars(fields)
		}
	}
	if p.body.Len() == before {
		p.print("item")
	}
	if keyed {
		text := p.body.String()
		p.body.Reset()
		p.body.WriteString(text[:before] + strings.Replace(text[before:], "Println(", "Println(key, ", 1))
	}
}

// showScalars prints plain values, or the first one that may be missing.
func (p *program) showScalars(fields []shown) bool {
	var plain, optional []shown
	for _, f := range fields {
		switch {
		case !p.w.isScalar(f.Type):
		case f.Type.Pointer:
			optional = append(optional, f)
		default:
			plain = append(plain, f)
		}
	}
	p.printAll(plain[:min(len(plain), maxShown)])
	if len(plain) == 0 && len(optional) > 0 {
		p.line("if %s != nil {", optional[0].expr)
		p.print("*" + optional[0].expr)
		p.line("}")
	}
	return len(plain)+len(optional) > 0
}

// showRest prints a value of any type, or how long a secret is.
func (p *program) showRest(fields []shown) bool {
	for _, f := range fields {
		switch f.Type.Kind {
		case model.KindSecret:
			if !f.Type.Pointer {
				p.print("len("+f.expr+".Reveal())", `"bytes"`)
				return true
			}
		case model.KindJSON, model.KindBytes:
			p.print("string(" + f.expr + ")")
			return true
		case model.KindAny, model.KindNamed:
			p.use("fmt")
			p.line(`fmt.Printf("%%+v\n", %s)`, f.expr)
			return true
		}
	}
	return false
}

// printAll writes a line that prints fields.
func (p *program) printAll(fields []shown) {
	if len(fields) == 0 {
		return
	}
	exprs := make([]string, len(fields))
	for i, f := range fields {
		exprs[i] = f.expr
	}
	p.print(exprs...)
}

// A shown field is one of a response, with the expression that leads to it.
type shown struct {
	*model.Field

	expr string
}

// maxShown is how many values a line prints.
const maxShown = 3

// fieldsOf returns the fields of a struct with those of the one that it embeds. Ids of
// requests tell nothing about what was asked for.
func (w *Writer) fieldsOf(expr string, s *model.Struct) []shown {
	var out []shown
	if inner := w.structs[s.Embeds]; inner != nil {
		out = w.fieldsOf(expr, inner)
	}
	for _, f := range s.Fields {
		if f.Type.Kind != model.KindMetadata && f.Name != "RequestID" {
			out = append(out, shown{f, expr + "." + f.Name})
		}
	}
	return out
}

// telling returns the first fields with an id, a name, a version and a state.
func (w *Writer) telling(fields []shown) []shown {
	var out []shown
	for _, is := range []func(name string) bool{
		isID,
		func(name string) bool { return name == "Name" },
		func(name string) bool { return name == "Version" },
		func(name string) bool { return name == "State" || name == "Status" || name == "Phase" },
	} {
		for _, f := range fields {
			if is(f.Name) && w.isScalar(f.Type) && !f.Type.Pointer {
				out = append(out, f)
				break
			}
		}
	}
	return out
}

// isID reports whether a field of this name identifies something.
func isID(name string) bool { return strings.HasSuffix(name, "ID") }

// others returns the first plain values beside an id: other ids only when there is nothing
// else.
func (w *Writer) others(fields []shown, id shown) []shown {
	var texts, ids []shown
	for _, f := range fields {
		switch {
		case f == id || f.Type.Pointer || !w.isScalar(f.Type):
		case isID(f.Name):
			ids = append(ids, f)
		default:
			texts = append(texts, f)
		}
	}
	texts = append(texts, ids...)
	return texts[:min(len(texts), maxShown-1)]
}

// isScalar reports whether a value of the type is printed as one, and is no secret.
func (w *Writer) isScalar(t model.Type) bool {
	switch t.Kind {
	case model.KindString, model.KindBool, model.KindInt32, model.KindInt64, model.KindFloat64, model.KindTime:
		return true
	case model.KindNamed:
		return w.enums[t.Name] != nil
	default:
		return false
	}
}
