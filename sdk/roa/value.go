package roa

// Value returns what p points at, or the zero value when p is nil: the value of
// an optional field for a reader to whom absent and zero are the same.
func Value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
