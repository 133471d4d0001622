package gateway

import (
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"
	"unicode/utf8"
)

// textOf holds a text for each format whose texts have a form.
var textOf = map[string]string{
	"byte":          "dGV4dA==",
	"date":          "2026-01-02",
	"date-time":     "2026-01-02T15:04:05Z",
	"duration":      "PT1H",
	"email":         "someone@example.com",
	"hostname":      "example.com",
	"ip":            "192.0.2.1",
	"ipv4":          "192.0.2.1",
	"ipv6":          "2001:db8::1",
	"time":          "15:04:05Z",
	"uri":           "https://example.com/",
	"uri-reference": "/",
	"url":           "https://example.com/",
	"uuid":          "123e4567-e89b-42d3-a456-426614174000",
}

// maxRepeats bounds how often a sample of a pattern repeats what may be repeated.
const maxRepeats = 64

func sampleText(schema map[string]any) (any, bool) {
	least, _ := wholeNumber(schema["minLength"])
	if least > maxLength {
		return nil, false
	}
	most, bounded := wholeNumber(schema["maxLength"])
	fits := func(text string) bool {
		n := utf8.RuneCountInString(text)
		return n >= least && (!bounded || n <= most)
	}
	if pattern, ok := schema["pattern"].(string); ok {
		return sampleOfPattern(pattern, fits)
	}
	format, _ := schema["format"].(string)
	if text := textOf[format]; text != "" {
		return text, true
	}
	text := "text"
	if least > len(text) {
		text = strings.Repeat(text, least/len(text)+1)[:least]
	}
	if bounded && most < len(text) {
		text = text[:most]
	}
	return text, fits(text)
}

// sampleOfPattern makes a text that a regular expression matches.
func sampleOfPattern(pattern string, fits func(string) bool) (any, bool) {
	want, err := regexp.Compile(pattern)
	if err != nil {
		return nil, false
	}
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, false
	}
	parsed = parsed.Simplify()
	for repeats := range maxRepeats {
		var b strings.Builder
		writeMatch(&b, parsed, repeats)
		if text := b.String(); want.MatchString(text) && fits(text) {
			return text, true
		}
	}
	return nil, false
}

// writeMatch writes what a part of an expression matches, and what may be repeated so many times.
func writeMatch(b *strings.Builder, re *syntax.Regexp, repeats int) {
	if b.Len() > maxLength {
		return
	}
	switch re.Op {
	case syntax.OpLiteral:
		b.WriteString(string(re.Rune))
	case syntax.OpCharClass:
		b.WriteRune(readable(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte('a')
	case syntax.OpConcat, syntax.OpCapture:
		for _, sub := range re.Sub {
			writeMatch(b, sub, repeats)
		}
	case syntax.OpAlternate:
		writeMatch(b, re.Sub[0], repeats)
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest:
		times := repeats
		if re.Op == syntax.OpPlus {
			times = max(1, repeats)
		}
		if re.Op == syntax.OpQuest {
			times = min(1, repeats)
		}
		for range times {
			writeMatch(b, re.Sub[0], repeats)
		}
	default: // borders of lines and words, and what matches nothing
	}
}

// readable returns a letter or digit of a character class, given as pairs of bounds, or its first character.
func readable(class []rune) rune {
	for _, want := range []rune{'a', 'A', '0'} {
		for i := 0; i+1 < len(class); i += 2 {
			if class[i] <= want && want <= class[i+1] {
				return want
			}
		}
	}
	if len(class) == 0 {
		return 'a'
	}
	return class[0]
}

// sampleNumber returns 1, or the least or the greatest number that is allowed where that is not.
func sampleNumber(schema map[string]any) json.Number {
	one := big.NewRat(1, 1)
	lowest, aboveLowest := bound(schema, "minimum", "exclusiveMinimum")
	highest, belowHighest := bound(schema, "maximum", "exclusiveMaximum")
	whole := kindOf(schema) == "integer"
	value := new(big.Rat).Set(one)
	switch {
	case lowest != nil && aboveLowest && !whole && highest != nil:
		value.Add(lowest, highest).Quo(value, big.NewRat(2, 1))
	case lowest != nil && aboveLowest:
		value.Add(floor(lowest), one)
	case lowest != nil:
		value.Set(lowest)
	case highest != nil && belowHighest:
		value.Sub(ceiling(highest), one)
	case highest != nil && highest.Cmp(one) < 0:
		value = floor(highest)
	}
	multiple, ok := rational(schema["multipleOf"])
	if !ok || multiple.Sign() <= 0 {
		multiple = one
	}
	if ok || whole {
		value = ceiling(value.Quo(value, multiple))
		value.Mul(value, multiple)
	}
	return decimal(value)
}

// bound returns a bound and whether it is not allowed itself: a flag beside it, or from OpenAPI 3.1 on the number itself.
func bound(schema map[string]any, inclusive, exclusive string) (*big.Rat, bool) {
	if n, ok := rational(schema[exclusive]); ok {
		return n, true
	}
	n, ok := rational(schema[inclusive])
	if !ok {
		return nil, false
	}
	return n, schema[exclusive] == true
}

func rational(value any) (*big.Rat, bool) {
	n, ok := value.(json.Number)
	if !ok {
		return nil, false
	}
	return new(big.Rat).SetString(n.String())
}

func floor(r *big.Rat) *big.Rat {
	q := new(big.Int).Div(r.Num(), r.Denom()) // rounds down, as the denominator is positive
	return new(big.Rat).SetInt(q)
}

func ceiling(r *big.Rat) *big.Rat {
	low := floor(r)
	if low.Cmp(r) == 0 {
		return low
	}
	return low.Add(low, big.NewRat(1, 1))
}

// decimal writes a number in digits, as many as it needs if that ends soon.
func decimal(r *big.Rat) json.Number {
	if r.IsInt() {
		return json.Number(r.Num().String())
	}
	f, _ := r.Float64()
	return json.Number(strconv.FormatFloat(f, 'g', -1, 64))
}

// wholeNumber reads a number of items or characters.
func wholeNumber(value any) (int, bool) {
	n, err := strconv.Atoi(fmt.Sprint(value))
	return n, err == nil
}
