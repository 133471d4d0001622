package world

import "reflect"

// overlay sets the fields of a row that a request has, by name: both are pointers to structs. What is absent in the request
// stays. Objects are merged, lists and maps are replaced. Nothing that is a pointer is shared afterwards, so that a row does not
// change with another. Fields that only the request has are left out.
func overlay(row, request any) {
	mergeStruct(reflect.ValueOf(row).Elem(), reflect.ValueOf(request).Elem())
}

func mergeStruct(to, from reflect.Value) {
	for field := range from.Type().Fields() {
		value, target := from.FieldByIndex(field.Index), to.FieldByName(field.Name)
		if target.IsValid() && !value.IsZero() {
			mergeValue(target, value)
		}
	}
}

func mergeValue(to, from reflect.Value) {
	if from.Kind() == reflect.Pointer {
		from = from.Elem()
	}
	switch {
	case to.Kind() == reflect.Pointer:
		fresh := reflect.New(to.Type().Elem())
		if !to.IsNil() {
			fresh.Elem().Set(to.Elem())
		}
		mergeValue(fresh.Elem(), from)
		to.Set(fresh)
	case from.Kind() == reflect.Struct:
		mergeStruct(to, from)
	case from.Kind() == reflect.Slice && from.Type().Elem().Kind() == reflect.Struct:
		list := reflect.MakeSlice(to.Type(), from.Len(), from.Len())
		for i := range from.Len() {
			mergeValue(list.Index(i), from.Index(i))
		}
		to.Set(list)
	default:
		to.Set(from)
	}
}
