package roa

// DriftKind says how a response differs from its declaration.
type DriftKind string

// The kinds of drift.
const (
	// UnknownField is a member of an object that the declared type does not
	// have. It was left out of the result.
	UnknownField DriftKind = "unknown field"
	// TypeMismatch is a value of another type than declared. It was converted. If it
	// could not be, the call failed with a [DecodeError] of the same path, or the
	// member that holds it is zero and stands in [Metadata.Lost].
	TypeMismatch DriftKind = "type mismatch"
)

// Drift is one place where a response differs from what the SDK was made for. It
// holds names and types, never values.
type Drift struct {
	// Operation is the name of the operation.
	Operation string
	// Path is the JSON pointer of the place, such as "/nodes/0/name"; "" is the
	// whole response. Keys of maps are part of it. What is longer than 1 KiB is cut.
	Path string
	// Kind says what is different.
	Kind DriftKind
	// Want is the declared Go type, such as "int64". It is empty for unknown fields.
	Want string
	// Got is the JSON type that came: null, boolean, string, number, object or
	// array.
	Got string
	// RequestID identifies the request in the service's logs. It is empty when
	// the service sent none.
	RequestID string
}

// String returns one line for logs.
func (d Drift) String() string {
	text := d.Operation + ": " + string(d.Kind) + " at " + pathText(d.Path) + ": got " + d.Got
	if d.Want != "" {
		text += ", want " + d.Want
	}
	return text + requestSuffix(d.RequestID)
}

// maxDrifts bounds the work that one response can make for a hook.
const maxDrifts = 1000

// driftLogger collects the drift of one response and reports it. It is an
// interface, so that only a program that names [WithDriftHook] links what that needs.
type driftLogger interface {
	// add notes a place.
	add(path string, kind DriftKind, want, got string)
	// report tells the hooks what was found, without secrets that the service says back.
	report(operation, requestID string, secrets func() *masker)
}

// driftLog collects the drift of one response.
type driftLog struct {
	hooks []func(Drift)
	list  []Drift
	at    map[driftKey]int // place in list
}

type driftKey struct {
	path string
	kind DriftKind
}

// add notes a place. When it is known already, the later types win: an array that
// was made of one value is told after the conversion of that value.
func (l *driftLog) add(path string, kind DriftKind, want, got string) {
	path = cutPath(path)
	key := driftKey{path, kind}
	if i, ok := l.at[key]; ok {
		l.list[i].Want, l.list[i].Got = want, got
		return
	}
	if len(l.list) >= maxDrifts {
		return
	}
	if l.at == nil {
		l.at = make(map[driftKey]int)
	}
	l.at[key] = len(l.list)
	l.list = append(l.list, Drift{Path: path, Kind: kind, Want: want, Got: got})
}

// report calls every hook with every place.
func (l *driftLog) report(operation, requestID string, secrets func() *masker) {
	if len(l.list) == 0 {
		return
	}
	hide := secrets()
	requestID = hide.clean(requestID)
	for _, drift := range l.list {
		drift.Operation, drift.RequestID, drift.Path = operation, requestID, hide.cleanPath(drift.Path, false)
		for _, hook := range l.hooks {
			hook(drift)
		}
	}
}
