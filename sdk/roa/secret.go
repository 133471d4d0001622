package roa

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
)

// redacted is what every secret prints as.
const redacted = "[REDACTED]"

// Secret is a string that must not appear in logs: a password, a kubeconfig, a
// token, a script that holds one. It prints as [REDACTED] with every verb of
// package fmt that asks for methods, which is all but %p, in encoding/json, in log/slog,
// whose handlers use these two, and in encoders that ask for text or bytes, such as
// those of XML, YAML and gob. Only requests that this package sends carry the real
// value. It decodes from JSON like a string, and not from gob.
//
// A mask is never sent in place of a secret: a text that holds [REDACTED], that
// is nothing but three or more asterisks, or that ends in four or more is refused
// before anything is sent. White space around a single line does not count. The
// first is how a secret comes back from encoding/json; the service itself masks
// secrets in responses by the others, as in ****** and IyEvYmluL3No****. The error
// names the field. A real value of this form can be set by [CallBodyField] or
// [CallQuery] as a string.
//
// Printing cannot be stopped where Go asks for no method. The verb %p prints a secret
// that is given to it by value. A verb that does not fit pointers, such as %s, prints all
// of a struct to which a pointer in another struct or a list leads; %v, %+v and %#v print
// the address there. Vet reports both. A secret in an unexported field of your own types
// is printed, and so is what reflection alone makes of one.
type Secret string

// Reveal returns the real value.
func (s Secret) Reveal() string { return string(s) }

// String returns [REDACTED].
func (s Secret) String() string { return redacted }

// GoString returns [REDACTED].
func (s Secret) GoString() string { return redacted }

// Format writes [REDACTED] whatever the verb is.
func (s Secret) Format(f fmt.State, _ rune) { writeRedacted(f) }

// MarshalJSON returns the JSON string [REDACTED]. Requests are encoded by
// other means.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }

// MarshalText returns [REDACTED].
func (s Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// MarshalBinary returns [REDACTED], for encoding/gob and its likes.
func (s Secret) MarshalBinary() ([]byte, error) { return []byte(redacted), nil }

// writeRedacted ignores the error of the writer as fmt.State has no way to
// report one.
func writeRedacted(w io.Writer) { _, _ = io.WriteString(w, redacted) }

// errMask is the fault of a secret that holds a mask in place of its value.
var errMask = errors.New("holds a mask, not a secret: set the real value or leave it out")

// checkMask refuses a secret that was lost before. [Secret] says which texts are masks.
func (s Secret) checkMask() error {
	// The service cuts long secrets off and ends them with asterisks. Fewer may
	// be the end of a real one.
	const cut = "****"
	text := string(s)
	if line := strings.TrimSpace(text); !strings.Contains(line, "\n") {
		text = line // a file that a mask was stored in may end in a new line
	}
	onlyAsterisks := len(text) > 2 && strings.Trim(text, "*") == ""
	if strings.Contains(text, redacted) || onlyAsterisks || strings.HasSuffix(text, cut) {
		return errMask
	}
	return nil
}

var secretType = reflect.TypeFor[Secret]()

// checkMaskOf does the same for a value of any string type.
func checkMaskOf(text reflect.Value) error {
	if text.Type() != secretType {
		return nil
	}
	return Secret(text.String()).checkMask()
}
