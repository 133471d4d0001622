package roa

import "fmt"

// StateOf returns a state as text: that of a string type as it is, of a number
// in decimal. Generated waiters call it.
func StateOf[T ~string | ~bool | ~int32 | ~int64 | ~float64](state T) string {
	return fmt.Sprint(state)
}
