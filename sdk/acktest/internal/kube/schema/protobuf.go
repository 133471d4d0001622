package schema

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
)

// magic is what each object in protobuf begins with.
var magic = []byte("k8s\x00")

var errTruncated = errors.New("read protobuf: the data is not complete")

// Wire types of protobuf.
const (
	varint  = 0
	fixed64 = 1
	bytesOf = 2
	fixed32 = 5
)

// Decode reads an object in protobuf, as typed clients send it: an envelope that
// tells the kind, and the object in it.
func Decode(data []byte) (object.Object, error) {
	data, ok := bytes.CutPrefix(data, magic)
	if !ok {
		return nil, errors.New("read protobuf: the data is not an object of Kubernetes")
	}
	var kind, version string
	var raw []byte
	err := eachField(data, func(number uint64, v value) error {
		switch number {
		case 1:
			return eachField(v.data, func(number uint64, v value) error {
				switch number {
				case 1:
					version = string(v.data)
				case 2:
					kind = string(v.data)
				}
				return nil
			})
		case 2:
			raw = v.data
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	group, plain, found := strings.Cut(version, "/")
	if !found {
		group, plain = "", version
	}
	t := Kind(group, plain, kind)
	if t == nil {
		return nil, fmt.Errorf("read protobuf: kind %q of %q is not known", kind, version)
	}
	o := object.Object{}
	if err := t.decode(raw, o); err != nil {
		return nil, err
	}
	o["kind"], o["apiVersion"] = kind, version
	return o, nil
}

// A value is that of one field: a number or bytes.
type value struct {
	wire   uint64
	number uint64
	data   []byte
}

// eachField calls a function for each field of a message.
func eachField(data []byte, visit func(number uint64, v value) error) error {
	for len(data) > 0 {
		tag, n := binary.Uvarint(data)
		if n <= 0 {
			return errTruncated
		}
		v, rest, err := readValue(tag&7, data[n:])
		if err != nil {
			return err
		}
		data = rest
		if err := visit(tag>>3, v); err != nil {
			return err
		}
	}
	return nil
}

func readValue(wire uint64, data []byte) (v value, rest []byte, err error) {
	v.wire = wire
	length := 0
	switch wire {
	case varint:
		number, n := binary.Uvarint(data)
		if n <= 0 {
			return v, nil, errTruncated
		}
		v.number = number
		return v, data[n:], nil
	case bytesOf:
		size, n := binary.Uvarint(data)
		if n <= 0 || size > uint64(len(data[n:])) {
			return v, nil, errTruncated
		}
		data, length = data[n:], int(size) //nolint:gosec // it is not larger than the data
	case fixed64:
		length = 8
	case fixed32:
		length = 4
	default:
		return v, nil, fmt.Errorf("read protobuf: wire type %d is not known", wire)
	}
	if len(data) < length {
		return v, nil, errTruncated
	}
	v.data = data[:length]
	return v, data[length:], nil
}

// decode reads a message into an object. Fields that are not known are dropped, as
// the real API server does.
func (t *Type) decode(data []byte, o object.Object) error {
	return eachField(data, func(number uint64, v value) error {
		for i := range t.Fields {
			if f := &t.Fields[i]; f.number == number {
				return f.decode(v, o)
			}
		}
		return nil
	})
}

// decode reads a field into its object.
func (f *Field) decode(v value, o object.Object) error {
	switch {
	case f.Of == "dropped":
		return nil
	case f.Inline():
		return f.Type().decode(v.data, o)
	case f.Map:
		return f.decodeEntry(v, o)
	case f.List && f.Of == "integer" && v.wire == bytesOf:
		return f.decodePacked(v.data, o)
	}
	item, err := f.decodeItem(v)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", f.Name, err)
	case f.List:
		list, _ := o[f.Name].([]any)
		o[f.Name] = append(list, item)
	case item == nil, f.omitZero && (item == "" || item == false || item == json.Number("0")):
	default:
		o[f.Name] = item
	}
	return nil
}

// decodeEntry reads an entry of a map.
func (f *Field) decodeEntry(v value, o object.Object) error {
	var key string
	var item any
	err := eachField(v.data, func(number uint64, v value) (err error) {
		if number == 1 {
			key = string(v.data)
		} else {
			item, err = f.decodeItem(v)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	if item == nil {
		item, _ = f.decodeItem(value{wire: bytesOf}) // an entry without a value has an empty one
	}
	entries, ok := o[f.Name].(object.Object)
	if !ok {
		entries = object.Object{}
		o[f.Name] = entries
	}
	entries[key] = item
	return nil
}

// decodePacked reads a list of integers that stand one after the other.
func (f *Field) decodePacked(data []byte, o object.Object) error {
	list, _ := o[f.Name].([]any)
	for len(data) > 0 {
		number, n := binary.Uvarint(data)
		if n <= 0 {
			return errTruncated
		}
		list = append(list, integer(number))
		data = data[n:]
	}
	o[f.Name] = list
	return nil
}

// decodeItem reads a field, or an item of a list or map. It returns nil for a
// time that is not set.
func (f *Field) decodeItem(v value) (any, error) {
	switch f.Of {
	case "string":
		if !utf8.Valid(v.data) {
			return nil, errors.New("read protobuf: a text is not UTF-8")
		}
		return string(v.data), nil
	case "boolean":
		return v.number != 0, nil
	case "integer":
		return integer(v.number), nil
	case "bytes":
		return base64.StdEncoding.EncodeToString(v.data), nil
	case "quantity":
		return decodeQuantity(v.data)
	case "time":
		return decodeTime(v.data, time.RFC3339)
	case "microtime":
		return decodeTime(v.data, "2006-01-02T15:04:05.000000Z07:00")
	case "intorstring":
		return decodeIntOrString(v.data)
	default:
		o := object.Object{}
		return o, f.Type().decode(v.data, o)
	}
}

func integer(n uint64) json.Number {
	return json.Number(strconv.FormatInt(int64(n), 10)) //nolint:gosec // that is how negative ones are written
}

func decodeQuantity(data []byte) (any, error) {
	text := "0"
	err := eachField(data, func(number uint64, v value) error {
		if number == 1 {
			text = string(v.data)
		}
		return nil
	})
	return text, err
}

func decodeTime(data []byte, layout string) (any, error) {
	if len(data) == 0 {
		return nil, nil
	}
	var seconds, nanos int64
	err := eachField(data, func(number uint64, v value) error {
		switch number {
		case 1:
			seconds = int64(v.number) //nolint:gosec // that is how negative ones are written
		case 2:
			nanos = int64(v.number) //nolint:gosec // as above
		}
		return nil
	})
	return time.Unix(seconds, nanos).UTC().Format(layout), err
}

func decodeIntOrString(data []byte) (any, error) {
	var isText bool
	var n uint64
	var text string
	err := eachField(data, func(number uint64, v value) error {
		switch number {
		case 1:
			isText = v.number == 1
		case 2:
			n = v.number
		case 3:
			text = string(v.data)
		}
		return nil
	})
	if isText {
		return text, err
	}
	return integer(n), err
}
