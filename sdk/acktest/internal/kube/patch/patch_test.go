package patch_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/patch"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/schema"
)

func decode(t testing.TB, text string) object.Object {
	t.Helper()
	o, err := object.Decode([]byte(text))
	require.NoError(t, err, text)
	return o
}

func encode(t testing.TB, o object.Object) string {
	t.Helper()
	text, err := json.Marshal(o)
	require.NoError(t, err)
	return string(text)
}

func TestMergeAndDiff(t *testing.T) {
	t.Parallel()
	tests := []struct{ from, patch, to string }{
		{`{"a":"b"}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"b"}`, `{"b":"c"}`, `{"a":"b","b":"c"}`},
		{`{"a":"b"}`, `{"a":null}`, `{}`},
		{`{"a":["b"]}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":{"b":"c","d":1}}`, `{"a":{"b":"d","d":null}}`, `{"a":{"b":"d"}}`},
		{`{"a":[{"b":"c"}]}`, `{"a":[1]}`, `{"a":[1]}`},
		{`{"a":1}`, `{"a":{"b":2}}`, `{"a":{"b":2}}`},
		{`{"n":12345678901234567890}`, `{"m":1.10}`, `{"m":1.10,"n":12345678901234567890}`},
	}
	for _, tt := range tests {
		from := decode(t, tt.from)
		assert.Equal(t, tt.to, encode(t, patch.Merge(from, decode(t, tt.patch))), tt.patch)
		assert.Equal(t, tt.from, encode(t, from), "what was given stays as it was")
		assert.Equal(t, tt.patch, encode(t, patch.Diff(from, decode(t, tt.to))), tt.to)
	}
	assert.Equal(t, `{"a":{}}`, encode(t, patch.Merge(nil, decode(t, `{"a":{"b":null}}`))))
}

func TestJSON(t *testing.T) {
	t.Parallel()
	const from = `{"a":{"b":[1,2,3]},"c/d":"x","e~f":null}`
	tests := []struct{ patch, want string }{
		{`[]`, from},
		{`[{"op":"add","path":"/a/b/1","value":9}]`, `{"a":{"b":[1,9,2,3]},"c/d":"x","e~f":null}`},
		{`[{"op":"add","path":"/a/b/-","value":9}]`, `{"a":{"b":[1,2,3,9]},"c/d":"x","e~f":null}`},
		{`[{"op":"remove","path":"/a/b/0"},{"op":"remove","path":"/c~1d"},{"op":"remove","path":"/e~0f"}]`, `{"a":{"b":[2,3]}}`},
		{`[{"op":"replace","path":"/a","value":{}}]`, `{"a":{},"c/d":"x","e~f":null}`},
		{`[{"op":"replace","path":"/a/b/2","value":null}]`, `{"a":{"b":[1,2,null]},"c/d":"x","e~f":null}`},
		{`[{"op":"replace","path":"","value":{"z":1}}]`, `{"z":1}`},
		{`[{"op":"move","from":"/a/b","path":"/b"}]`, `{"a":{},"b":[1,2,3],"c/d":"x","e~f":null}`},
		{`[{"op":"copy","from":"/a/b/0","path":"/a/b/0"}]`, `{"a":{"b":[1,1,2,3]},"c/d":"x","e~f":null}`},
		{`[{"op":"test","path":"/a","value":{"b":[1,2,3]}},{"op":"test","path":"/e~0f","value":null}]`, from},
	}
	for _, tt := range tests {
		o := decode(t, from)
		got, err := patch.JSON(o, []byte(tt.patch))
		require.NoError(t, err, tt.patch)
		assert.Equal(t, tt.want, encode(t, got), tt.patch)
		assert.Equal(t, from, encode(t, o), "what was given stays as it was")
	}
}

func TestJSONRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ patch, want string }{
		{`{}`, "not a list"},
		{`[{"op":"add","path":"/a/b/9","value":1}]`, "the path does not exist"},
		{`[{"op":"add","path":"/a/b/01","value":1}]`, "the path does not exist"},
		{`[{"op":"add","path":"/x/y","value":1}]`, "the path does not exist"},
		{`[{"op":"add","path":"/a/b/0/c","value":1}]`, "the path does not exist"},
		{`[{"op":"add","path":"/x"}]`, "there is no value"},
		{`[{"op":"add","value":1}]`, "there is no path"},
		{`[{"op":"add","path":"x","value":1}]`, "does not begin with a slash"},
		{`[{"op":"replace","path":"/x","value":1}]`, "the path does not exist"},
		{`[{"op":"remove","path":"/a/b/-"}]`, "the path does not exist"},
		{`[{"op":"remove","path":"/a/b/c/d"}]`, "the path does not exist"},
		{`[{"op":"remove","path":""}]`, "leaves no object"},
		{`[{"op":"move","from":"/a","path":"/a/c"}]`, "into itself"},
		{`[{"op":"copy","path":"/a/c"}]`, "there is no path"},
		{`[{"op":"copy","from":"/x","path":"/a/c"}]`, "the path does not exist"},
		{`[{"op":"test","path":"/a/b/0","value":1.0}]`, "the test of the patch failed"},
		{`[{"op":"test","path":"/x","value":null}]`, "the test of the patch failed"},
		{`[{"op":"turn","path":"/a"}]`, `"turn" is not an operation`},
	}
	for _, tt := range tests {
		_, err := patch.JSON(decode(t, `{"a":{"b":[1]}}`), []byte(tt.patch))
		assert.ErrorContains(t, err, tt.want, tt.patch)
	}
}

func TestJSONIsBounded(t *testing.T) {
	t.Parallel()
	double := []map[string]string{}
	for range 60 {
		double = append(double, map[string]string{"op": "copy", "from": "", "path": "/a"}, map[string]string{"op": "copy", "from": "", "path": "/b"})
	}
	text, err := json.Marshal(double)
	require.NoError(t, err)
	_, err = patch.JSON(object.Object{}, text)
	require.ErrorContains(t, err, "copies too much")
	many, err := json.Marshal(make([]map[string]string, 10001))
	require.NoError(t, err)
	_, err = patch.JSON(object.Object{}, many)
	require.ErrorContains(t, err, "more than 10000 operations")
}

func TestStrategic(t *testing.T) {
	t.Parallel()
	const pod = `{"spec":{"containers":[{"env":[{"name":"A","value":"1"}],"image":"a","name":"a","ports":[{"containerPort":80}]},{"image":"b","name":"b"}],"tolerations":[{"key":"x"}]}}`
	tests := []struct{ name, patch, want string }{
		{"item", `{"spec":{"containers":[{"name":"b","image":"c"}]}}`,
			`{"spec":{"containers":[{"env":[{"name":"A","value":"1"}],"image":"a","name":"a","ports":[{"containerPort":80}]},{"image":"c","name":"b"}],"tolerations":[{"key":"x"}]}}`},
		{"new item", `{"spec":{"volumes":[{"name":"v"}],"containers":[{"name":"a","env":[{"name":"B"}],"ports":[{"containerPort":81}]}]}}`,
			`{"spec":{"containers":[{"env":[{"name":"A","value":"1"},{"name":"B"}],"image":"a","name":"a","ports":[{"containerPort":80},{"containerPort":81}]},{"image":"b","name":"b"}],"tolerations":[{"key":"x"}],"volumes":[{"name":"v"}]}}`},
		{"deleted item and order", `{"spec":{"$setElementOrder/containers":[{"name":"c"},{"name":"b"}],"containers":[{"$patch":"delete","name":"a"},{"name":"c"}]}}`,
			`{"spec":{"containers":[{"name":"c"},{"image":"b","name":"b"}],"tolerations":[{"key":"x"}]}}`},
		{"replaced list", `{"spec":{"containers":[{"$patch":"replace"},{"name":"z"}]}}`, `{"spec":{"containers":[{"name":"z"}],"tolerations":[{"key":"x"}]}}`},
		{"list without key", `{"spec":{"containers":null,"tolerations":[{"key":"y"}]}}`, `{"spec":{"tolerations":[{"key":"y"}]}}`},
		{"replaced object", `{"spec":{"$patch":"replace","nodeName":"n"}}`, `{"spec":{"nodeName":"n"}}`},
		{"deleted object", `{"spec":{"$patch":"delete"}}`, `{}`},
		{"retained keys", `{"spec":{"$retainKeys":["nodeName"],"nodeName":"n"}}`, `{"spec":{"nodeName":"n"}}`},
		{"set", `{"metadata":{"finalizers":["a","b"]},"spec":null}`, `{"metadata":{"finalizers":["a","b"]}}`},
		{"unknown", `{"spec":null,"more":{"list":[{"a":1}]}}`, `{"more":{"list":[{"a":1}]}}`},
	}
	for _, tt := range tests {
		o := decode(t, pod)
		got, err := patch.Strategic(o, decode(t, tt.patch), schema.Lookup("core.v1.Pod"))
		require.NoError(t, err, tt.name)
		assert.Equal(t, tt.want, encode(t, got), tt.name)
		assert.Equal(t, pod, encode(t, o), "what was given stays as it was")
	}
	got, err := patch.Strategic(decode(t, `{"metadata":{"finalizers":["a","b",{}]}}`),
		decode(t, `{"metadata":{"$deleteFromPrimitiveList/finalizers":["a"],"finalizers":["c",{}]}}`), schema.Lookup("core.v1.Pod"))
	require.NoError(t, err)
	assert.Equal(t, `{"metadata":{"finalizers":["b",{},"c"]}}`, encode(t, got))
	for _, text := range []string{`{"$patch":"turn"}`, `{"spec":{"containers":[{"image":"a"}]}}`, `{"spec":{"containers":["a"]}}`, `{"spec":{"containers":[{"name":"a","env":[{"name":"A","$patch":1}]}]}}`} {
		_, err := patch.Strategic(decode(t, pod), decode(t, text), schema.Lookup("core.v1.Pod"))
		assert.Error(t, err, text)
	}
}

// FuzzPatch demands that no patch breaks anything, or changes what it is given.
func FuzzPatch(f *testing.F) {
	f.Add(`{"spec":{"containers":[{"name":"a"}]}}`, `{"spec":{"containers":[{"name":"a","image":"b"},{"$patch":"delete","name":"c"}],"$setElementOrder/containers":[{"name":"a"}]}}`)
	f.Add(`{"a":{"b":[1,2]}}`, `[{"op":"add","path":"/a/b/0","value":1},{"op":"move","from":"/a","path":"/c"},{"op":"test","path":"/c","value":{}}]`)
	f.Add(`{"metadata":{"finalizers":[{}]}}`, `{"metadata":{"finalizers":[{}],"$deleteFromPrimitiveList/finalizers":[[]]},"$retainKeys":[{}]}`)
	f.Fuzz(func(t *testing.T, from, text string) {
		o, err := object.Decode([]byte(from))
		if err != nil {
			return
		}
		before := encode(t, o)
		if got, err := patch.JSON(o, []byte(text)); err == nil {
			assert.NotNil(t, got)
		}
		if change, err := object.Decode([]byte(text)); err == nil {
			merged := patch.Merge(o, change)
			assert.Equal(t, encode(t, merged), encode(t, patch.Merge(o, patch.Diff(o, merged))))
			if got, err := patch.Strategic(o, change, schema.Lookup("core.v1.Pod")); err == nil {
				assert.NotNil(t, got)
			}
		}
		assert.Equal(t, before, encode(t, o))
	})
}
