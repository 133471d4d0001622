package shim

import (
	"slices"
	"strings"
)

// direction tells who sends a value.
type direction string

const (
	request  direction = "request"
	response direction = "response"
)

// word is what a schema holds, as far as it matters to whether the Go type of one can
// read or send what another holds.
type word string

// The words. A text with a format that is a Go type of its own is a time.
const (
	text    word = "text"
	moment  word = "time"
	integer word = "integer"
	number  word = "number"
	boolean word = "boolean"
	list    word = "list"
	object  word = "object"
	free    word = "any JSON"
)

// wordOf translates the type of a schema as changes write it, such as "integer (int64)".
func wordOf(typeText string) word {
	switch name, format, _ := strings.Cut(typeText, " "); {
	case name == "string" && format == "(date-time)":
		return moment
	case name == "string":
		return text
	case name == "array":
		return list
	case name == "any":
		return free
	default:
		return word(name)
	}
}

// correction says what becomes of a type that is corrected from one word to one of
// others, if the spec keeps the old one.
type correction struct {
	from  []word
	to    []word // nil is every one
	keeps bool
	says  string
}

// responses are the corrections of what responses hold: the client reads values
// leniently, so that the Go type may stay what it is.
var responses = []correction{
	{[]word{text}, nil, true, "Keep it as text: the client reads a number, a boolean, an object or a list as its JSON text."},
	{[]word{free}, nil, true, "Keep it as any JSON, which programs take apart themselves."},
	{[]word{integer}, []word{integer, number, text, boolean}, true, "Keep the integer: the client reads it from text, from a number without a fraction, and true as 1. " +
		"What does not fit is left out and named in Metadata.Lost."},
	{[]word{number}, []word{integer, text}, true, "Keep the number: the client reads it from text and from an integer. What is none is left out and named in Metadata.Lost."},
	{[]word{boolean}, []word{text, integer}, true, "Keep the boolean: the client reads true, yes and 1, and false, no and 0. What is none of them is left out and named in Metadata.Lost."},
	{[]word{moment}, []word{text, integer}, true, "Keep the time: the client reads the usual spellings, and seconds or milliseconds since 1970. What is none is left out and named in Metadata.Lost."},
	{[]word{list}, []word{object, text, integer, number, boolean}, true, "Keep the list, if the one value is what its items were: the client reads one value as a list of one."},
	{[]word{object}, []word{free}, true, "Keep the object: the client reads the fields that it knows. What is not an object is left out and named in Metadata.Lost."},
}

// requests are those of what requests hold: the Go type may stay where all that
// programs send is right for the new one, too.
var requests = []correction{
	{[]word{integer}, []word{integer, number}, true, "Keep the integer: what programs send is right for a wider type, and for a narrower one unless it is too large, which only the " +
		"service can tell. Larger values and fractions cannot be sent."},
	{[]word{moment}, []word{text}, true, "Keep the time: it is sent as text."},
	{nil, []word{free}, true, "Keep the type: what programs send is right for any JSON, too. roa.CallBodyField sends anything else."},
}

var (
	cannotRead = correction{says: "No additive way: the client cannot read the new form into the Go type, and leaves such a value out. T" + needsMajor}
	cannotSend = correction{says: "No additive way is known: the Go type sends the old form. Try whether the service takes it still; if so, keep the type. If not, t" + needsMajor}
)

// correct returns the correction for a type that changes.
func correct(d direction, from, to word) correction {
	rules, otherwise := responses, cannotRead
	if d == request {
		rules, otherwise = requests, cannotSend
	}
	for _, r := range rules {
		if (r.from == nil || slices.Contains(r.from, from)) && (r.to == nil || slices.Contains(r.to, to)) {
			return r
		}
	}
	return otherwise
}
