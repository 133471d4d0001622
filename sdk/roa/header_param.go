package roa

// Header sets a header field to a scalar, or to the items of a slice joined by commas. A
// nil pointer and a nil slice are left out. X-Acs- fields are signed. The fields that
// [CallHeader] refuses are an error, but for those that ask for a part of a resource or make
// a request unique, which an operation may declare.
func (r *Request) Header(name string, value any) {
	text, set, err := paramText(value, true)
	if err != nil {
		r.fail("header", name, err.Error())
		return
	}
	if !set {
		return
	}
	key := canonicalHeader(name)
	owned := ownedHeaders[key]
	switch {
	case key == "":
		r.fail("header", name, "is not a header name")
	case owned != "" && !declarable[key]:
		r.fail("header", name, "cannot be a parameter: "+owned)
	case !validHeaderValue(text):
		r.fail("header", name, "has a value that cannot be sent")
	default:
		r.header = append(r.header, headerPair{key, text})
		if isSecret(value) {
			r.addSecret(inHeader, key, value)
		}
	}
}

// declarable are the fields that callers cannot set, but operations can: the service
// knows of them then.
var declarable = map[string]bool{"Idempotency-Key": true, "X-Idempotency-Key": true, "Range": true}
