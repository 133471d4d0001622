package templates

import (
	"cmp"
	"math"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// usualSize is how many templates a page holds unless the request says otherwise. No source tells of a limit.
const usualSize = 10

// DescribeTemplates returns the present versions of the templates of a type, page by page.
func DescribeTemplates(w *world.World, in *ack.DescribeTemplatesRequest) (*ack.DescribeTemplatesResponse, error) {
	wanted := cmp.Or(behavior.Value(in.TemplateType), usualType)
	all := []ack.Template{}
	for _, t := range w.Templates.All() {
		if latest := t.Latest(); latest.TemplateType == wanted {
			all = append(all, latest)
		}
	}
	page, info := behavior.Numbered(all, in.PageNum, in.PageSize, usualSize, math.MaxInt32)
	return &ack.DescribeTemplatesResponse{Templates: page, PageInfo: info}, nil
}
