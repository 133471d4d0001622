package roa

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestNothingIsNotAnObject has successes of an operation whose responses always have
// an id and a list of parts.
func TestNothingIsNotAnObject(t *testing.T) {
	t.Parallel()
	op := opGet
	op.Always = []string{"id", "parts"}
	for body, want := range map[string]string{
		``:                            "/: is empty where a value was expected",
		"null":                        "/: is empty where a value was expected",
		`""`:                          "/: is empty where a value was expected",
		`{}`:                          "/id: is missing",
		`{"id":"","parts":[]}`:        "/id: is missing",
		`{"id":null,"parts":[]}`:      "/id: is missing",
		`{"id":"x"}`:                  "/parts: is missing",
		`{"code":"Unavailable"}`:      "/id: is missing and there is the code Unavailable",
		`{"id":"x","parts":[]}`:       "",
		`{"id":"x","parts":null}`:     "",
		`{"id":5,"parts":{"name":1}}`: "",
		`{"id":[],"parts":[]}`:        "/id: JSON array does not fit the declared string",
	} {
		c := newTestClient(t, answer(200, "application/json", body))
		var out thing
		err := c.Do(t.Context(), pathRequest(&op), &out, nil, nil)
		if want == "" {
			assert.NoError(t, err, body)
			continue
		}
		assert.EqualError(t, err, "ack: DescribeThing: decode response at "+want, body)
		assert.Zero(t, out, body)
	}
}

// TestObjectWithoutKnownMembers has an operation of whose responses nothing is known
// but that they are never empty.
func TestObjectWithoutKnownMembers(t *testing.T) {
	t.Parallel()
	op := opGet
	op.Always = []string{""}
	for body, want := range map[string]string{
		`{}`:                               "/: has no known member",
		`{"code":"Unavailable","ready":0}`: "",
		`{"code":"Unavailable"}`:           "/: has no known member and there is the code Unavailable",
		`{"count":null,"id":""}`:           "/: has no known member",
		`{"request_id":"R"}`:               "/: has no known member (request R)",
		`{"count":0}`:                      "",
		`{"state":"x"}`:                    "",
	} {
		type identified struct {
			thing

			RequestID string `json:"request_id"`
		}
		err := newTestClient(t, answer(200, "", body)).Do(t.Context(), pathRequest(&op), new(identified), nil, nil)
		if want == "" {
			assert.NoError(t, err, body)
			continue
		}
		assert.EqualError(t, err, "ack: DescribeThing: decode response at "+want, body)
	}
}

// TestErrorWithTheStatusOfSuccess has an operation of whose responses nothing is known.
// An empty one is a success, one that holds only an error is none.
func TestErrorWithTheStatusOfSuccess(t *testing.T) {
	t.Parallel()
	type result struct {
		thing

		Code string `json:"code"`
	}
	for body, want := range map[string]string{
		`{}`:                                     "",
		`{"requestId":"R"}`:                      "",
		`{"message":"slow"}`:                     "",
		`{"code":"Unavailable"}`:                 "/: has no known member and there is the code Unavailable",
		`{"Code":"Unavailable","requestId":"R"}`: "/: has no known member and there is the code Unavailable (request R)",
		`{"code":"two\nlines"}`:                  "/: has no known member and there is the code two lines",
		`{"code":"Unavailable","count":0}`:       "",
		`{"code":"Unavailable","id":"t1"}`:       "",
	} {
		err := newTestClient(t, answer(200, "", body)).Do(t.Context(), pathRequest(&opGet), new(thing), nil, nil)
		if want == "" {
			assert.NoError(t, err, body)
			continue
		}
		assert.EqualError(t, err, "ack: DescribeThing: decode response at "+want, body)
	}
	err := newTestClient(t, answer(200, "", `{"code":"200"}`)).Do(t.Context(), pathRequest(&opGet), new(result), nil, nil)
	assert.NoError(t, err, "the operation declares a code")

	empty := opGet
	empty.Response = ResponseEmpty
	err = newTestClient(t, answer(200, "", `{"code":"Done"}`)).Do(t.Context(), pathRequest(&empty), new(thing), nil, nil)
	assert.NoError(t, err, "the body of an empty response is ignored")
}

func pathRequest(op *Operation) *Request {
	req := NewRequest(op, nil)
	req.Path("ThingId", "t1")
	return req
}

// TestBodyThatIsNeverEmpty has responses that are a list, a map or a text.
func TestBodyThatIsNeverEmpty(t *testing.T) {
	t.Parallel()
	for _, op := range []Operation{opList, opMap, opText} {
		op.Always = []string{""}
		out := map[ResponseShape]any{ResponseArray: new([]part), ResponseMap: new(map[string]part), ResponseText: new(string)}[op.Response]
		for _, body := range []string{"", "\n", "null", `""`} {
			c := newTestClient(t, answer(200, "", body))
			err := c.Do(t.Context(), NewRequest(&op, nil), out, nil, nil)
			assert.ErrorContains(t, err, "is empty where a value was expected", "%s %q", op.Name, body)
		}
	}
	op := opList
	op.Always = []string{""}
	require.NoError(t, newTestClient(t, answer(200, "", "[]")).Do(t.Context(), NewRequest(&op, nil), new([]part), nil, nil))
}

// TestErrorInPlaceOfAMap has errors where a map of lists was expected, whose code and
// message must not become entries.
func TestErrorInPlaceOfAMap(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]map[string][]string{
		`{"code":"ServiceUnavailable","message":"busy","requestId":"R"}`: nil,
		`{"Code":503,"Message":"busy"}`:                                  nil,
		`{"code":["a"],"message":["b"]}`:                                 {"code": {"a"}, "message": {"b"}},
		`{"message":"one","psp":["a"]}`:                                  {"message": {"one"}, "psp": {"a"}},
		`{}`:                                                             {},
	} {
		var got map[string][]string
		err := newTestClient(t, answer(200, "application/json", body)).Do(t.Context(), NewRequest(&opMap, nil), &got, nil, nil)
		assert.Equal(t, want, got, body)
		if want == nil {
			assert.ErrorContains(t, err, "is not a map of lists, there is the code ", body)
			continue
		}
		assert.NoError(t, err, body)
	}
}

// TestTextOfAnother has texts that the service did not send.
func TestTextOfAnother(t *testing.T) {
	t.Parallel()
	op := opText
	op.Always = []string{""}
	for body, want := range map[string]string{
		"<!DOCTYPE html><p>login</p>":                "is an HTML page where a text was expected",
		`{"code":"ServiceUnavailable","message":""}`: "is not a text, there is the code ServiceUnavailable",
		`{"a":1}`:           "",
		"#!/bin/sh\ncode\n": "",
	} {
		var text string
		err := newTestClient(t, answer(200, "", body)).Do(t.Context(), NewRequest(&op, nil), &text, nil, nil)
		if want == "" {
			require.NoError(t, err)
			assert.Equal(t, body, text)
			continue
		}
		assert.ErrorContains(t, err, want)
		assert.Empty(t, text)
	}
}

// TestNothingIsAskedForAgain has a proxy that sends an empty success first.
func TestNothingIsAskedForAgain(t *testing.T) {
	t.Parallel()
	for _, first := range []string{"", "{}", "null"} {
		op := opGet
		op.Always = []string{"id"}
		s := &script{steps: []step{{status: 200, body: first}, {status: 200, body: `{"id":"x"}`}}}
		var out thing
		require.NoError(t, scriptClient(t, s).Do(t.Context(), pathRequest(&op), &out, nil, nil))
		assert.Equal(t, "x", out.ID)

		op.Retry = RetryUnsafe
		s = &script{steps: []step{{status: 200, body: first}, {status: 200, body: `{"id":"x"}`}}}
		require.Error(t, scriptClient(t, s).Do(t.Context(), pathRequest(&op), new(thing), nil, nil))
		assert.Len(t, s.requests, 1)
	}
}
