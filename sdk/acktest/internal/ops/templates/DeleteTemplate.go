package templates

import (
	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// DeleteTemplate removes a template with all of its versions. Whether the older ones go is not documented.
func DeleteTemplate(w *world.World, in *ack.DeleteTemplateRequest) (*ack.DeleteTemplateResponse, error) {
	t, _ := w.FindTemplate(in.TemplateID)
	if t == nil {
		return nil, world.NotFound("template", in.TemplateID)
	}
	w.Templates.Delete(t.Latest().TemplateWithHistID)
	return &ack.DeleteTemplateResponse{}, nil
}
