// Package nilcheck finds nils of any type in interfaces. It imports only the
// standard library.
package nilcheck

import "reflect"

// IsNil reports whether v is nil or holds a nil pointer, slice or map.
func IsNil(v any) bool {
	switch rv := reflect.ValueOf(v); rv.Kind() {
	case reflect.Invalid:
		return true
	case reflect.Pointer, reflect.Slice, reflect.Map:
		return rv.IsNil()
	default:
		return false
	}
}
