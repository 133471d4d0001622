package roamock

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/stretchr/testify/mock"

	"github.com/ackgen/ackgen/sdk/internal/nilcheck"
	"github.com/ackgen/ackgen/sdk/roa"
)

// matcher compares an argument with what was expected of it.
type matcher struct{ want any }

// matchers makes matchers of what a test expects, and fails the test when it
// expects what nothing can match.
func (m *Mock) matchers(wants []any) []matcher {
	out := make([]matcher, len(wants))
	for i, want := range wants {
		if reflect.ValueOf(want).Kind() == reflect.Func {
			m.fail("mock: a function is no expectation: use mock.MatchedBy")
		}
		if opts, ok := want.([]roa.WaitOption); ok && len(opts) > 0 {
			m.fail("mock: wait options cannot be compared: use mock.Anything or mock.MatchedBy")
		}
		out[i] = matcher{want}
	}
	return out
}

// match is matches for testify, which takes care of panics.
func (m matcher) match(got any) bool {
	if c, ok := got.(callContext); ok {
		got = c.Context
	}
	switch want := m.want.(type) {
	case nil:
		return nilcheck.IsNil(got) || isEmptyOptions(got)
	case string:
		if want == mock.Anything {
			return true
		}
	case interface{ Matches(any) bool }:
		return want.Matches(got)
	case context.Context:
		return sameContext(want, got)
	case roa.CallOption:
		opts, ok := got.([]roa.CallOption)
		return ok && len(opts) == 1 && opts[0] == want
	case []roa.CallOption:
		opts, ok := got.([]roa.CallOption)
		return ok && slices.Equal(want, opts)
	case []roa.WaitOption:
		return isEmptyOptions(got) // others are refused
	}
	if isTestify(m.want) {
		return matchesType(m.want, got)
	}
	return len(differences("", m.want, got)) == 0
}

// matches is match for ourselves: a panic of a caller's function is no match.
func (m matcher) matches(got any) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	return m.match(got)
}

// String describes what is wanted, without showing secrets.
func (m matcher) String() string { return describe(m.want) }

// maxDifferences is how many fields a message names.
const maxDifferences = 10

// explain says what of an argument does not match, field by field where two
// requests of the same type are compared.
func (m matcher) explain(name string, got any) []string {
	if !m.isValue() {
		return []string{name + " differs: want " + m.String()}
	}
	lines := differences(name, m.want, got)
	if more := len(lines) - maxDifferences; more > 0 {
		lines = append(lines[:maxDifferences], fmt.Sprintf("... and %d more", more))
	}
	return lines
}

// isValue reports whether the argument is compared field by field.
func (m matcher) isValue() bool {
	switch m.want.(type) {
	case nil, string, interface{ Matches(any) bool }, context.Context, roa.CallOption, []roa.CallOption, []roa.WaitOption:
		return false
	}
	return !isTestify(m.want)
}

func describeAll(ms []matcher) string {
	var b strings.Builder
	for i, m := range ms {
		b.WriteString("\t" + argumentName(i, len(ms)) + ": " + m.String() + "\n")
	}
	return b.String()
}

func isEmptyOptions(v any) bool {
	switch opts := v.(type) {
	case []roa.CallOption:
		return len(opts) == 0
	case []roa.WaitOption:
		return len(opts) == 0
	}
	return false
}

// sameContext never looks into contexts, which other goroutines may change.
func sameContext(want context.Context, got any) bool {
	if c, ok := want.(callContext); ok {
		want = c.Context
	}
	return reflect.TypeOf(want) == reflect.TypeOf(got) && reflect.TypeOf(want).Comparable() && any(want) == got
}

// isTestify reports whether want is one of testify's wishes about types.
func isTestify(want any) bool {
	t := reflect.TypeOf(want)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.PkgPath() == reflect.TypeFor[mock.Call]().PkgPath()
}

// matchesType asks testify about the type only: it gets a zero value, as it
// formats what it compares.
func matchesType(want, got any) bool {
	if got == nil {
		return false
	}
	_, differences := mock.Arguments{want}.Diff([]any{reflect.Zero(reflect.TypeOf(got)).Interface()})
	return differences == 0
}

// describe shows an argument or what is wanted of it in one line.
func describe(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case string:
		if v == mock.Anything {
			return "anything"
		}
	case context.Context:
		return "a context"
	case []roa.CallOption:
		return fmt.Sprint(v)
	case []roa.WaitOption:
		return counted(int64(len(v)), "wait option")
	case interface{ Matches(any) bool }:
		return fmt.Sprintf("matched by %v", v)
	case *mock.IsTypeArgument:
		return "of the type that mock.IsType was given"
	}
	if isTestify(v) {
		return fmt.Sprintf("of the type %v", v)
	}
	return dump(reflect.ValueOf(v))
}
