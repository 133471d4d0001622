package roamock

import "reflect"

// maxDepth ends the walk through values that contain themselves.
const maxDepth = 64

// clone returns a copy of a request that shares nothing with it that can be
// changed, as far as exported fields lead. Streams stay what they are.
func clone(v any) any {
	if v == nil {
		return nil
	}
	return copyValue(reflect.ValueOf(v), 0).Interface()
}

func copyValue(src reflect.Value, depth int) reflect.Value {
	if depth > maxDepth || isStream(src) {
		return src
	}
	switch src.Kind() {
	case reflect.Pointer:
		if src.IsNil() {
			return src
		}
		dst := reflect.New(src.Type().Elem())
		dst.Elem().Set(copyValue(src.Elem(), depth+1))
		return dst.Convert(src.Type())
	case reflect.Interface:
		if src.IsNil() {
			return src
		}
		dst := reflect.New(src.Type()).Elem()
		dst.Set(copyValue(src.Elem(), depth+1))
		return dst
	case reflect.Slice:
		if src.IsNil() {
			return src
		}
		dst := reflect.MakeSlice(src.Type(), src.Len(), src.Len())
		for i := range src.Len() {
			dst.Index(i).Set(copyValue(src.Index(i), depth+1))
		}
		return dst
	case reflect.Array:
		dst := reflect.New(src.Type()).Elem()
		for i := range src.Len() {
			dst.Index(i).Set(copyValue(src.Index(i), depth+1))
		}
		return dst
	case reflect.Map:
		return copyMap(src, depth)
	case reflect.Struct:
		return copyStruct(src, depth)
	default:
		return src
	}
}

func copyMap(src reflect.Value, depth int) reflect.Value {
	if src.IsNil() {
		return src
	}
	dst := reflect.MakeMapWithSize(src.Type(), src.Len())
	for entries := src.MapRange(); entries.Next(); {
		dst.SetMapIndex(entries.Key(), copyValue(entries.Value(), depth+1))
	}
	return dst
}

// copyStruct copies unexported fields as they are: a time.Time has nothing else.
func copyStruct(src reflect.Value, depth int) reflect.Value {
	dst := reflect.New(src.Type()).Elem()
	dst.Set(src)
	for i := range src.NumField() {
		if field := dst.Field(i); field.CanSet() {
			field.Set(copyValue(src.Field(i), depth+1))
		}
	}
	return dst
}
