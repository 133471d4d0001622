package behavior

// Value returns what a pointer points at, and zero for nil.
func Value[T any](p *T) T {
	var zero T
	return ValueOr(p, zero)
}

// ValueOr returns what a pointer points at, and the usual value for nil.
func ValueOr[T any](p *T, usual T) T {
	if p == nil {
		return usual
	}
	return *p
}
