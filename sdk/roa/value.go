package roa

import "reflect"

// Value returns what p points at, or the zero value when p is nil: the value of
// an optional field for a reader to whom absent and zero are the same.
func Value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// NonZero returns a pointer to a copy of v, or nil when v is the zero value of
// its type. It is for generated code, which makes an optional field of a request
// from a field of a response that is zero when it is absent.
func NonZero[T any](v T) *T {
	if reflect.ValueOf(&v).Elem().IsZero() {
		return nil
	}
	return &v
}

// CopyList returns the copies of all items. A nil list stays nil. It is for
// generated code.
func CopyList[From, To any](list []From, copyItem func(*From) *To) []To {
	if list == nil {
		return nil
	}
	out := make([]To, len(list))
	for i := range list {
		out[i] = *copyItem(&list[i])
	}
	return out
}
