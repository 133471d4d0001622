package templates

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// UpdateTemplate makes a version of a template. Whether what a request leaves out keeps its value is not documented: it does.
func UpdateTemplate(w *world.World, in *ack.UpdateTemplateRequest) (*ack.UpdateTemplateResponse, error) {
	t, _ := w.FindTemplate(in.TemplateID)
	if t == nil {
		return nil, world.NotFound("template", in.TemplateID)
	}
	next := t.Latest()
	if in.Name != nil {
		if err := checkName(*in.Name); err != nil {
			return nil, err
		}
		next.Name = *in.Name
	}
	for _, change := range []struct{ to, from *string }{
		{&next.Description, in.Description}, {&next.TemplateType, in.TemplateType}, {&next.Tags, in.Tags},
	} {
		if change.from != nil {
			*change.to = *change.from
		}
	}
	if in.Template != nil {
		next.Template = *in.Template
	}
	w.AddVersion(t, next)
	return &ack.UpdateTemplateResponse{}, nil
}
