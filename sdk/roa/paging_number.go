package roa

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
)

var errPageNumber = errors.New("page number is out of range")

// NumberField is an optional field of a request that holds a number, whatever
// its type is. [Number] makes one.
type NumberField struct {
	field reflect.Value // a *T that can be set
}

// Number makes a [NumberField] of a pointer to a field, as in
// Number(&in.PageNumber). Some services want numbers as text.
func Number[T ~string | ~int32 | ~int64](p **T) NumberField {
	return NumberField{reflect.ValueOf(p).Elem()}
}

// get returns the number, and whether there is one.
func (f NumberField) get() (n int64, ok bool, err error) {
	if !f.field.IsValid() || f.field.IsNil() {
		return 0, false, nil
	}
	v := f.field.Elem()
	if v.Kind() != reflect.String {
		return v.Int(), true, nil
	}
	if v.String() == "" {
		return 0, false, nil
	}
	n, err = strconv.ParseInt(v.String(), 10, 64)
	if err != nil {
		return 0, false, fmt.Errorf("%q is no number", oneLine(v.String(), maxShownCode))
	}
	return n, true, nil
}

// set stores a number in a new value: the caller owns the one that was there.
func (f NumberField) set(n int64) error {
	if !f.field.IsValid() {
		return errPageNumber
	}
	p := reflect.New(f.field.Type().Elem())
	switch v := p.Elem(); {
	case v.Kind() == reflect.String:
		v.SetString(strconv.FormatInt(n, 10))
	case v.OverflowInt(n):
		return errPageNumber
	default:
		v.SetInt(n)
	}
	f.field.Set(p)
	return nil
}
