package templates

import (
	"cmp"
	"regexp"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/behavior"
	"github.com/ackgen/ackgen/sdk/acktest/internal/world"
)

// oldType is the type of templates that are stored without one.
const oldType = "compose"

// names are the names that templates can have: digits, letters, Chinese characters and hyphens, with no hyphen in front.
var names = regexp.MustCompile(`^[0-9A-Za-z\p{Han}][0-9A-Za-z\p{Han}-]{0,62}$`)

// CreateTemplate stores a manifest. No source tells that names are taken once.
func CreateTemplate(w *world.World, in *ack.CreateTemplateRequest) (*ack.CreateTemplateResponse, error) {
	if err := checkName(in.Name); err != nil {
		return nil, err
	}
	first := ack.Template{
		Name: in.Name, Description: behavior.Value(in.Description), Template: in.Template, TemplateType: cmp.Or(behavior.Value(in.TemplateType), oldType),
		ACL: ack.TemplateACLPrivate, Tags: cmp.Or(behavior.Value(in.Tags), in.Name),
	}
	return &ack.CreateTemplateResponse{TemplateID: w.AddTemplate(first).Latest().TemplateWithHistID}, nil
}

func checkName(name string) error {
	if !names.MatchString(name) {
		return world.Invalid("The name of the template does not have the right form.")
	}
	return nil
}
