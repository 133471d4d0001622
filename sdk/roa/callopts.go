package roa

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// CallOption changes a single call. It is plain data, so that options can be
// compared in tests. The zero value changes nothing.
type CallOption struct {
	kind  callKind
	name  string
	value string
	delay time.Duration
	into  *[]byte
	count int
	// For CallBodyField: the value without its secrets, and these.
	shown, secrets string
	fault          string // what was wrong when the option was made
}

type callKind uint8

const (
	callNothing callKind = iota
	callTimeout
	callHeader
	callQuery
	callBodyField
	callCaptureBody
	callMaxAttempts
	callWithoutRetry
	callWithoutValidation
)

// CallTimeout limits the whole call, with all its attempts and waits.
// Zero and less mean no limit beside the context's.
func CallTimeout(d time.Duration) CallOption { return CallOption{kind: callTimeout, delay: d} }

// CallHeader sends one more header field; X-Acs- fields are signed. Fields that
// the client or net/http sets or acts on are an error, which says why: those of the
// signature and of the connection, such as Authorization and Host, and Accept,
// Accept-Encoding, Content-Type, Range, User-Agent and their like. Only [Client.Call] takes
// Accept and Content-Type, and a body that is a stream Content-Type.
func CallHeader(name, value string) CallOption {
	return CallOption{kind: callHeader, name: name, value: value}
}

// CallQuery sends one more query parameter. It replaces one of the operation
// that has the same name.
func CallQuery(name, value string) CallOption {
	return CallOption{kind: callQuery, name: name, value: value}
}

// CallCaptureBody stores the body of the response as it came, whether the call
// succeeds or not; of an error's body, the first MiB. It holds that of the last
// attempt, and nil when no response came or the caller gets it as a stream. Secrets in it
// are not hidden.
func CallCaptureBody(into *[]byte) CallOption { return CallOption{kind: callCaptureBody, into: into} }

// String describes the option without its value, which may be a secret.
func (o CallOption) String() string {
	switch o.kind {
	case callTimeout:
		return "CallTimeout(" + o.delay.String() + ")"
	case callHeader:
		return "CallHeader(" + strconv.Quote(o.name) + ")"
	case callQuery:
		return "CallQuery(" + strconv.Quote(o.name) + ")"
	case callBodyField:
		return "CallBodyField(" + strconv.Quote(o.name) + ")"
	case callCaptureBody:
		return "CallCaptureBody()"
	case callMaxAttempts:
		return "CallMaxAttempts(" + strconv.Itoa(o.count) + ")"
	case callWithoutRetry:
		return "CallWithoutRetry()"
	case callWithoutValidation:
		return "CallWithoutValidation()"
	default:
		return "CallOption{}"
	}
}

// GoString returns the same as String.
func (o CallOption) GoString() string { return o.String() }

// Format writes the same as String whatever the verb is.
func (o CallOption) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(o.String())) }

// callSettings are the options of one call.
type callSettings struct {
	timeout  time.Duration
	header   []headerPair
	capture  *[]byte
	attempts int // 0: as the policy of the client says
}

// applyCallOptions returns the settings of a call, and puts query parameters
// and body fields into its request.
func applyCallOptions(req *Request, opts []CallOption) (call callSettings, err error) {
	for _, o := range opts {
		if err := call.apply(req, o); err != nil {
			return call, err
		}
	}
	return call, nil
}

func (call *callSettings) apply(req *Request, o CallOption) error {
	switch o.kind {
	case callTimeout:
		call.timeout = o.delay
	case callQuery:
		if o.name == "" {
			return paramError("query", o.name, "has no name")
		}
		req.query = setQuery(req.query, o.name, o.value)
	case callHeader:
		return call.addHeader(req, o)
	case callBodyField:
		if o.fault != "" {
			return fmt.Errorf("body field %q: %s", o.name, o.fault)
		}
		if req.stream != nil {
			return fmt.Errorf("body field %q: body is a stream, which has no fields", o.name)
		}
		return req.setBodyField(o.name, o.value)
	case callCaptureBody:
		if call.capture = o.into; o.into != nil {
			*o.into = nil
		}
	case callMaxAttempts:
		if call.attempts = o.count; o.fault != "" {
			return errors.New(o.fault)
		}
	case callWithoutRetry:
		call.attempts = 1
	case callNothing, callWithoutValidation:
	}
	return nil
}

// ownedHeader returns why a caller cannot set a field, or "" when it can.
func ownedHeader(req *Request, key string) string {
	switch {
	case req.op.Response == responseRaw && (key == keyAccept || key == keyContentType):
		return ""
	case req.stream != nil && key == keyContentType:
		return ""
	case slices.ContainsFunc(req.header, func(h headerPair) bool { return h.name == key }):
		return "" // a parameter of the operation, whose value this one replaces
	}
	return ownedHeaders[key]
}

func (call *callSettings) addHeader(req *Request, o CallOption) error {
	key := canonicalHeader(o.name)
	owned := ownedHeader(req, key)
	switch {
	case key == "":
		return fmt.Errorf("header %q is not a header name", o.name)
	case owned != "":
		return fmt.Errorf("header %s cannot be set by callers: %s", key, owned)
	case !validHeaderValue(o.value):
		return fmt.Errorf("header %s has a value that cannot be sent", key)
	}
	call.header = append(call.header, headerPair{key, o.value})
	return nil
}

// CallWithoutValidation sends the request of this call as it is, in spite of
// [WithValidation].
func CallWithoutValidation() CallOption { return CallOption{kind: callWithoutValidation} }

func skipsValidation(opts []CallOption) bool {
	return slices.ContainsFunc(opts, func(o CallOption) bool { return o.kind == callWithoutValidation })
}

// CallBodyField sets one value in the JSON body, in place of what the request
// holds there; it is for fields that this version does not know. A name that
// starts with a slash is a JSON pointer (RFC 6901): "/scaling_group/brand_new" is a
// member of a member, "/nodes/0/name" one of the first item of a list, and
// "/nodes/-" one item more. Any other name is a member of the body itself, with
// its dots.
//
// What is missing or null on the way is made: an object, or a list where the
// pointer goes on with "-". A pointer that leads through a text, number or boolean,
// or to an item that a list does not have, is an error. The value is encoded at
// once.
func CallBodyField(name string, value any) CallOption {
	o := CallOption{kind: callBodyField, name: name}
	text, err := encodeJSON(value)
	if err != nil {
		o.fault = err.Error()
	}
	o.value = string(text)
	var m masker
	if shown, err := m.encode(value); err == nil {
		m.member(name[strings.LastIndexByte(name, '/')+1:], shown)
		o.shown, o.secrets = string(shown), strings.Join(m.found, secretSeparator)
	}
	return o
}
