package schema_test

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/schema"
)

// TestTypesAreComplete demands that each type of a field is there.
func TestTypesAreComplete(t *testing.T) {
	t.Parallel()
	scalars := []string{"string", "boolean", "integer", "bytes", "quantity", "time", "microtime", "intorstring", "dropped"}
	require.NotEmpty(t, schema.Names())
	for _, name := range schema.Names() {
		for _, f := range schema.Lookup(name).Fields {
			if f.Type() == nil {
				assert.Contains(t, scalars, f.Of, name+"."+f.Name)
			}
			if f.Inline() {
				assert.NotNil(t, f.Type(), name)
			}
		}
	}
}

func TestFields(t *testing.T) {
	t.Parallel()
	pod := schema.Kind("", "v1", "Pod")
	containers := pod.Field("spec").Type().Field("containers")
	assert.True(t, containers.List && containers.Merged())
	assert.Equal(t, "name", containers.MergeKey)
	assert.Equal(t, "containerPort", containers.Type().Field("ports").MergeKey)
	assert.Equal(t, "port", schema.Kind("", "v1", "Service").Field("spec").Type().Field("ports").MergeKey)
	volume := pod.Field("spec").Type().Field("volumes").Type()
	assert.Equal(t, "core.v1.EmptyDirVolumeSource", volume.Field("emptyDir").Of, "fields that stand in the place of one")
	assert.Nil(t, pod.Field("nothing"))
	assert.Nil(t, schema.Kind("batch", "v1", "Job"))
	assert.NotNil(t, schema.Kind("coordination.k8s.io", "v1", "Lease"))
	assert.NotNil(t, schema.Kind("apps", "v1", "DeleteOptions"))
}

// message writes protobuf: a field with a text or a message in it.
func message(field byte, data string) string {
	return string(binary.AppendUvarint([]byte{field<<3 | 2}, uint64(len(data)))) + data
}

func number(field, n byte) string { return string([]byte{field << 3, n}) }

// envelope returns what typed clients send.
func envelope(version, kind, data string) []byte {
	return []byte("k8s\x00" + message(1, message(1, version)+message(2, kind)) + message(2, data) + message(3, "") + message(4, ""))
}

func TestDecode(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, version, kind, data, want string }{
		{"config map", "v1", "ConfigMap",
			message(1, message(1, "a")+message(2, "")+message(8, "")+message(11, message(1, "k")+message(2, "v"))) + message(2, message(1, "x")+message(2, "y")) + message(3, message(1, "z")+message(2, "b")),
			`{"apiVersion":"v1","binaryData":{"z":"Yg=="},"data":{"x":"y"},"kind":"ConfigMap","metadata":{"labels":{"k":"v"},"name":"a"}}`},
		{"map without values", "v1", "ConfigMap", message(2, message(1, "x")), `{"apiVersion":"v1","data":{"x":""},"kind":"ConfigMap"}`},
		{"unknown fields", "v1", "ConfigMap", number(15, 1) + message(14, "?") + "\x7d1234" + "\x7912345678" + number(4, 1), `{"apiVersion":"v1","immutable":true,"kind":"ConfigMap"}`},
		{"times", "coordination.k8s.io/v1", "Lease", message(1, message(8, number(1, 60))) + message(2, number(2, 0)+message(4, number(1, 60)+number(2, 100))),
			`{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"creationTimestamp":"1970-01-01T00:01:00Z"},"spec":{"leaseDurationSeconds":0,"renewTime":"1970-01-01T00:01:00.000000Z"}}`},
		{"scale", "autoscaling/v1", "Scale", message(2, number(1, 3)), `{"apiVersion":"autoscaling/v1","kind":"Scale","spec":{"replicas":3}}`},
		{"options", "apps/v1", "DeleteOptions", number(1, 0) + message(4, "Orphan") + message(5, "All"),
			`{"apiVersion":"apps/v1","dryRun":["All"],"gracePeriodSeconds":0,"kind":"DeleteOptions","propagationPolicy":"Orphan"}`},
		{"port", "v1", "Service", message(2, message(1, number(3, 80)+message(4, number(1, 1)+number(2, 0)+message(3, "http")))), `{"apiVersion":"v1","kind":"Service","spec":{"ports":[{"port":80,"targetPort":"http"}]}}`},
		{"number of a port", "v1", "Service", message(2, message(1, message(4, number(1, 0)+number(2, 81)))), `{"apiVersion":"v1","kind":"Service","spec":{"ports":[{"targetPort":81}]}}`},
		{"quantities", "v1", "Node", message(3, message(1, message(1, "cpu")+message(2, message(1, "4")))), `{"apiVersion":"v1","kind":"Node","status":{"capacity":{"cpu":"4"}}}`},
		{"negative", "v1", "Pod", message(1, "\x38\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), `{"apiVersion":"v1","kind":"Pod","metadata":{"generation":-1}}`},
		{"packed", "v1", "Pod", message(2, message(14, message(4, "\x01\x02"))), `{"apiVersion":"v1","kind":"Pod","spec":{"securityContext":{"supplementalGroups":[1,2]}}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o, err := schema.Decode(envelope(tt.version, tt.kind, tt.data))
			require.NoError(t, err)
			text, err := json.Marshal(o)
			require.NoError(t, err)
			assert.Equal(t, tt.want, string(text))
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ data, want string }{
		{"", "not an object of Kubernetes"},
		{"{}", "not an object of Kubernetes"},
		{"k8s\x00\x0a\x05a", "not complete"},
		{"k8s\x00\x80", "not complete"},
		{"k8s\x00\x08\x80", "not complete"},
		{"k8s\x00\x09\x00", "not complete"},
		{"k8s\x00\x0b", "wire type 3"},
		{string(envelope("batch/v1", "Job", "")), `kind "Job" of "batch/v1" is not known`},
		{string(envelope("v1", "ConfigMap", message(1, message(1, "\xff")))), "name: read protobuf: a text is not UTF-8"},
		{string(envelope("v1", "ConfigMap", message(2, "\x0a\x05"))), "data: read protobuf: the data is not complete"},
		{string(envelope("v1", "Pod", message(2, message(14, message(4, "\x80"))))), "not complete"},
	}
	for _, tt := range tests {
		_, err := schema.Decode([]byte(tt.data))
		assert.ErrorContains(t, err, tt.want, strconv.Quote(hex.EncodeToString([]byte(tt.data))))
	}
}

// FuzzDecode demands that what is read can be written as JSON.
func FuzzDecode(f *testing.F) {
	f.Add(envelope("v1", "Pod", message(2, message(2, message(1, "a")+message(8, message(1, message(1, "cpu")+message(2, message(1, "1"))))))))
	f.Add(envelope("v1", "Service", message(2, message(1, message(4, number(1, 1))))))
	f.Fuzz(func(t *testing.T, data []byte) {
		o, err := schema.Decode(data)
		if err != nil {
			return
		}
		_, err = json.Marshal(o)
		require.NoError(t, err)
		assert.False(t, strings.HasPrefix(string(data), "{"))
	})
}
