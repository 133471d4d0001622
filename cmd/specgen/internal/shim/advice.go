package shim

const (
	needsMajor = "his needs a new major version, or a minor one before v1."
	// noAdvice is for what breaks programs in a way of which nothing else is known.
	noAdvice = "Nothing in the spec keeps programs unchanged. T" + needsMajor
)

// advice says what to do about changes of some kinds.
type advice struct {
	kinds string // one kind, or several with * in place of any text
	keeps bool   // whether programs go on unchanged if it is followed
	says  string
}

const (
	asRemoved = "with `deprecated: true`, `x-ack-status: legacy` and `x-ack-removed`, which says since when and until when"
	refused   = "the service refuses requests without it, whichever version of the SDK sends them. "
)

// advices are tried in this order. What is about types is in the table of corrections.
var advices = []advice{
	{"operation-removed", true, "Keep the operation " + asRemoved + ": its method stays as a deprecated shim."},
	{"operation-moved", true, "Take the new path over: the method and its request stay the same in Go. A placeholder that is called otherwise keeps its Go name with `x-ack-go-name`."},
	{"operation-renamed", true, "Take the new id over and add `x-ack-go-name` with the old one: the method and its types keep their names."},
	{"request-parameter-removed", true, "Keep the parameter " + asRemoved + ": the service ignores what it does not know."},
	{"request-property-removed", true, "Keep the field " + asRemoved + ": the service ignores what it does not know."},
	{"response-property-removed", true, "Keep the field " + asRemoved + ": programs that read it get the zero value."},
	{"request-required-parameter-added", false, "It cannot be avoided: " + refused + "The Go code only grows. Mark it as required, so that roa.WithValidation tells programs before they send."},
	{"request-required-property-added", false, "It cannot be avoided: " + refused + "The Go code only grows. Mark it as required, so that roa.WithValidation tells programs before they send."},
	{"request-*-became-required", false, "It cannot be avoided: " + refused + "Leave it optional in the spec and say so in its description: the Go field stays a pointer, and programs that send it go on unchanged."},
	{"request-*-became-not-nullable", false, "It cannot be avoided: the service refuses null, whichever version of the SDK sends it. Leave `nullable` in the spec: the Go field keeps its type."},
	{"request-*-became-optional", true, "Leave it required in the spec if nobody needs to leave it out: an optional field is a pointer in Go."},
	{"*-became-enum", true, "Leave the enum out and tell the values in the description: an enum has a Go type of its own."},
	{"*-became-not-enum", true, "Leave the enum as it is: it is open, so that other values pass in both directions."},
	{"*-enum-value-removed", true, "Leave the value in the enum, and say in the description that the service knows it no longer: its Go constant stays."},
	{"group-changed", true, "Leave the operation in its group: the interfaces of both groups keep their methods."},
	{"absent-added", true, "Say it in the description in place of `x-ack-absent`, which makes the Go field a pointer."},
	{"absent-removed", true, "Leave `x-ack-absent` as it is: the Go field stays a pointer."},
	{"x-ack-sensitive-*", false, "Nothing keeps programs unchanged: a secret has another Go type than a text. Do not put it off where a secret would be shown."},
	{"pagination-removed", true, "Leave `x-ack-pagination` where the parameters and fields that it names are kept: the methods stay."},
	{"x-ack-task-removed", true, "Leave `x-ack-task` where the field that it names is kept: the method stays."},
	{"waiter-removed", true, "Leave the wait in `x-ack-waiter` where the operation is kept: the method stays."},
	{"error-code-removed", true, "Leave the code in `x-ack-error-codes`: its Go constant stays."},
	{"x-ack-go-name-*", true, "Leave `x-ack-go-name` as it is."},
	{"server-removed", false, "Leave the server while its host responds. When it is gone, clients of every version need another one."},
}
