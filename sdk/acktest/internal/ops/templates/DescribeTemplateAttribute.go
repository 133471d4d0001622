package templates

import (
	"cmp"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// usualType is the type of templates that are read without one.
const usualType = "kubernetes"

// DescribeTemplateAttribute returns the template of an id in a list, which is empty if there is none of the type.
func DescribeTemplateAttribute(w *world.World, in *ack.DescribeTemplateAttributeRequest) (*ack.DescribeTemplateAttributeResponse, error) {
	out := &ack.DescribeTemplateAttributeResponse{}
	_, version := w.FindTemplate(in.TemplateID)
	if version != nil && version.TemplateType == cmp.Or(behavior.Value(in.TemplateType), usualType) {
		out.Items = []ack.Template{*version}
	}
	return out, nil
}
