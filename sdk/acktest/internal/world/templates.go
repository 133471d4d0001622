package world

import (
	"slices"

	"github.com/ackgen/ackgen/sdk/ack"
)

// A Template is a manifest that is stored in the account, with its versions, the oldest first.
type Template struct {
	Versions []ack.Template
}

// maxTemplateVersions is how many versions of a template are kept. No source tells how many the service keeps.
const maxTemplateVersions = 100

// Latest returns the present version of a template.
func (t *Template) Latest() ack.Template { return t.Versions[len(t.Versions)-1] }

// AddTemplate stores a template, and gives it its ids.
func (w *World) AddTemplate(first ack.Template) *Template {
	first.TemplateWithHistID, first.ID = w.NewUUID(), w.NewUUID()
	first.Created, first.Updated = w.Now(), w.Now()
	t := &Template{Versions: []ack.Template{first}}
	w.Templates.Put(first.TemplateWithHistID, t)
	return t
}

// AddVersion makes a version the present one of a template, and gives it an id.
func (w *World) AddVersion(t *Template, next ack.Template) {
	next.ID, next.Updated = w.NewUUID(), w.Now()
	t.Versions = append(t.Versions, next)
	if extra := len(t.Versions) - maxTemplateVersions; extra > 0 {
		t.Versions = slices.Delete(t.Versions, 0, extra)
	}
}

// FindTemplate returns a template by the id that its versions share, or by that of one of them, and that version: the present one
// for the shared id. Both are nil if there is none.
func (w *World) FindTemplate(id string) (*Template, *ack.Template) {
	if t := w.Templates.Get(id); t != nil {
		return t, &t.Versions[len(t.Versions)-1]
	}
	for _, t := range w.Templates.All() {
		for i := range t.Versions {
			if t.Versions[i].ID == id {
				return t, &t.Versions[i]
			}
		}
	}
	return nil, nil
}
