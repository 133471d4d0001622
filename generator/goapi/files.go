package goapi

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/generator/naming"
)

const extFolder = "x-ack-folder"

// filesOfTypes ends the names of files with types. The folder of a schema or the
// stem of a group comes before it.
const filesOfTypes = "models_gen.go"

// sortIntoFiles puts every named struct and enum into the file of its schema's
// folder. Without a folder a type lies in the file of the one group that uses it,
// and what several groups share in a file of its own.
func (b *builder) sortIntoFiles(groups []*model.Group) []*model.TypesFile {
	users := map[string]map[*model.Group]bool{}
	for _, g := range groups {
		for _, op := range g.Operations {
			b.mark(op.Request, g, users)
			b.mark(op.Response, g, users)
		}
	}
	files := map[string]*model.TypesFile{}
	for _, name := range b.order {
		t := b.types[name]
		if t.fields == nil && t.enum == nil {
			continue
		}
		file := b.fileOf(t, users[t.goName])
		if files[file] == nil {
			files[file] = &model.TypesFile{Name: file}
		}
		if f := files[file]; t.fields != nil {
			f.Structs = append(f.Structs, t.fields)
		} else {
			f.Enums = append(f.Enums, t.enum)
		}
	}
	return slices.SortedFunc(maps.Values(files), func(x, y *model.TypesFile) int { return cmp.Compare(x.Name, y.Name) })
}

// fileOf returns the name of the file for a type that the groups use.
func (b *builder) fileOf(t *namedType, groups map[*model.Group]bool) string {
	if v, ok := t.schema.Extensions[extFolder]; ok {
		folder, _ := v.(string)
		if stem := naming.File(folder); stem != "" {
			b.checkStem(stem, b.Locate(t.schema.Origin, extFolder), t.wire)
			return stem + "_" + filesOfTypes
		}
		b.diags.Add(diag.Finding{
			Pos: b.Locate(t.schema.Origin, extFolder), Code: CodeExtension, Subject: t.wire, Message: extFolder + ": " + jsonText(v) + " is not a name of a folder",
			Fix: "write a name such as nodepools",
		})
	}
	if len(groups) != 1 {
		return filesOfTypes
	}
	only := slices.Collect(maps.Keys(groups))[0]
	return only.File + "_" + filesOfTypes
}

// maxStem is how long the stem of a file name can be: file systems take names of 255
// bytes.
const maxStem = 255 - len("_messages_gen.go")

// checkStem reports a stem that makes names of files too long.
func (b *builder) checkStem(stem string, pos diag.Pos, subject string) {
	if len(stem) > maxStem {
		b.diags.Add(finding(pos, CodeName, subject, fmt.Sprintf("the name is too long for a file: it has %d bytes and may have %d", len(stem), maxStem),
			"shorten it, or give a tag a name with x-ack-go-name"))
	}
}

// mark notes that a group uses the types of a struct's fields, at any depth.
func (b *builder) mark(s *model.Struct, g *model.Group, users map[string]map[*model.Group]bool) {
	for _, name := range typesIn(s) {
		if users[name][g] {
			continue
		}
		if users[name] == nil {
			users[name] = map[*model.Group]bool{}
		}
		users[name][g] = true
		if next := b.structNamed(name); next != nil {
			b.mark(next, g, users)
		}
	}
}

// typesIn returns the names of the types that a struct refers to.
func typesIn(s *model.Struct) []string {
	var out []string
	if s.Embeds != "" {
		out = append(out, s.Embeds)
	}
	for _, f := range s.Fields {
		t := f.Type
		for t.Elem != nil {
			t = *t.Elem
		}
		if t.Kind == model.KindNamed {
			out = append(out, t.Name)
		}
	}
	return out
}

// structNamed returns the struct of a schema, or nil. Of two that collide it is
// always the first.
func (b *builder) structNamed(goName string) *model.Struct {
	return b.structs[goName]
}
