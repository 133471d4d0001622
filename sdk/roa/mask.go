package roa

import (
	"errors"
	"reflect"
	"strings"
)

// errMask is the fault of a secret that holds a mask in place of its value.
var errMask = errors.New("holds a mask, not a secret: set the real value or leave it out")

// checkMask refuses a secret that was lost before. [Secret] documents the rule.
func (s Secret) checkMask() error {
	// The service cuts long secrets off and ends them with asterisks. Fewer may
	// be the end of a real one.
	const cut = "****"
	text := string(s)
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
