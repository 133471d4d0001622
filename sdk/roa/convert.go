package roa

import (
	"bytes"
	"math"
	"math/big"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// appendScalar appends the form of a JSON value that a plain type takes. It also
// reports whether the value was as declared, and whether it could be had.
func appendScalar(out []byte, t reflect.Type, kind jsontext.Kind, raw jsontext.Value) (_ []byte, asDeclared, ok bool) {
	if isPlain(t, kind, raw) {
		return append(out, raw...), true, true
	}
	text := string(raw)
	if kind == '"' {
		unquoted, _ := jsontext.AppendUnquote(nil, raw) // bytes that are not UTF-8 become marks
		text = strings.TrimSpace(string(unquoted))
	}
	switch {
	case t.Kind() == reflect.String:
		quoted, err := jsontext.AppendQuote(out, text)
		return quoted, false, err == nil
	case kind == '"' && text == "":
		return append(out, "null"...), false, true
	case kind == '{' || kind == '[':
		return out, false, false
	case t == timeType:
		return appendTime(out, kind, raw, text)
	case t.Kind() == reflect.Slice:
		return appendItem(out, t.Elem(), kind, raw)
	}
	converted := appendConverted(nil, t, kind, text)
	asDeclared = string(converted) == string(raw)
	return append(out, converted...), asDeclared, converted != nil
}

// isPlain reports whether a value is as declared beyond doubt, as most are: it spares
// them the memory that converting takes.
func isPlain(t reflect.Type, kind jsontext.Kind, raw jsontext.Value) bool {
	const surelyInRange = 9 // digits, in 32 bits
	switch t.Kind() {
	case reflect.String:
		return kind == '"'
	case reflect.Bool:
		return kind == 't' || kind == 'f'
	case reflect.Int32, reflect.Int64:
		return kind == '0' && len(raw) <= surelyInRange && len(bytes.Trim(raw, "0123456789")) == 0
	}
	return false
}

// appendItem makes an array of one value.
func appendItem(out []byte, elem reflect.Type, kind jsontext.Kind, raw jsontext.Value) (_ []byte, asDeclared, ok bool) {
	out = append(out, '[')
	if isFree(elem) {
		return append(append(out, raw...), ']'), false, true
	}
	if isBytes(elem) || hasOwnDecoder(elem) && elem != timeType {
		return out, false, false
	}
	out, _, ok = appendScalar(out, indirect(elem), kind, raw)
	return append(out, ']'), false, ok
}

// appendConverted appends a boolean or a number, and returns nil when the text is
// none.
func appendConverted(out []byte, t reflect.Type, kind jsontext.Kind, text string) []byte {
	switch t.Kind() {
	case reflect.Bool:
		return appendBool(out, text)
	case reflect.Float32, reflect.Float64:
		f, err := strconv.ParseFloat(text, t.Bits())
		switch {
		case err != nil || math.IsNaN(f) || math.IsInf(f, 0):
			return nil
		case kind == '0':
			return append(out, text...)
		}
		return strconv.AppendFloat(out, f, 'g', -1, t.Bits())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if n, ok := parseInt(text); ok && !reflect.Zero(t).OverflowInt(n) {
			return strconv.AppendInt(out, n, 10)
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if n, err := strconv.ParseUint(text, 10, t.Bits()); err == nil {
			return strconv.AppendUint(out, n, 10)
		}
	}
	return nil
}

func appendBool(out []byte, text string) []byte {
	switch strings.ToLower(text) {
	case "true", "1", "yes":
		return append(out, "true"...)
	case "false", "0", "no":
		return append(out, "false"...)
	default:
		return nil
	}
}

// parseInt accepts whole numbers in every spelling, and booleans as 1 and 0. It
// never rounds.
func parseInt(text string) (int64, bool) {
	switch text {
	case "true":
		return 1, true
	case "false":
		return 0, true
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, true
	}
	// So few digits are held exactly where they matter: a whole number of 64 bits as
	// it is, and anything else with a rest that is not rounded away.
	const maxLen, precision = 64, 512
	if len(text) > maxLen || strings.Trim(text, "+-.0123456789eE") != "" {
		return 0, false
	}
	f, _, err := big.ParseFloat(text, 10, precision, big.ToNearestEven)
	if err != nil {
		return 0, false
	}
	n, accuracy := f.Int64()
	return n, accuracy == big.Exact
}

// timeLayouts are the spellings of times that were seen. Those without a zone are
// read as UTC.
var timeLayouts = []string{
	time.RFC3339Nano,
	"2006-01-02T15:04:05.999999999Z0700",
	"2006-01-02T15:04Z07:00",
	"2006-01-02T15:04:05.999999999",
	"2006-01-02 15:04:05.999999999Z07:00",
	"2006-01-02 15:04:05.999999999 -0700 MST",
	"2006-01-02 15:04:05.999999999 -0700",
	"2006-01-02 15:04:05.999999999",
	"2006-01-02",
}

func appendTime(out []byte, kind jsontext.Kind, raw jsontext.Value, text string) (_ []byte, asDeclared, ok bool) {
	if kind == '"' && new(time.Time).UnmarshalJSON(raw) == nil {
		return append(out, raw...), true, true
	}
	t, ok := parseTime(text)
	if !ok {
		return out, false, false
	}
	quoted, err := t.MarshalJSON()
	return append(out, quoted...), false, err == nil
}

func parseTime(text string) (time.Time, bool) {
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	n, ok := parseInt(text)
	if !ok || text == "true" || text == "false" {
		return time.Time{}, false
	}
	const firstMilli = 100_000_000_000 // seconds would be the year 5138
	if n >= firstMilli || n <= -firstMilli {
		return time.UnixMilli(n).UTC(), true
	}
	return time.Unix(n, 0).UTC(), true
}
