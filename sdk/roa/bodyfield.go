package roa

import (
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// setBodyField sets a member of the body, which must be an object or absent.
// All other members keep their text, so that no number loses precision.
func (r *Request) setBodyField(o CallOption) error {
	switch {
	case o.name == "":
		return errors.New("body field has no name")
	case o.fault != "":
		return fmt.Errorf("body field %q: %s", o.name, o.fault)
	}
	fields := map[string]jsontext.Value{}
	if r.hasBody {
		if err := json.Unmarshal(r.body, &fields, syntaxOptions); err != nil || fields == nil {
			return fmt.Errorf("body field %q: body is not an object", o.name)
		}
	}
	fields[o.name] = jsontext.Value(o.value)
	body, err := json.Marshal(fields, encodeOptions)
	if err != nil {
		return fmt.Errorf("body field %q: %w", o.name, encodeError(err))
	}
	r.body, r.hasBody = body, true
	return nil
}
