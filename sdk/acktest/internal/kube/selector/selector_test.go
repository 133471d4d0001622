package selector_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/selector"
)

func TestParseLabels(t *testing.T) {
	t.Parallel()
	labels := map[string]string{"app": "web", "size": "3", "example.com/tier": "front", "empty": ""}
	tests := []struct {
		text string
		want bool
	}{
		{"", true},
		{"app", true},
		{"!app", false},
		{"!gone", true},
		{"! gone", true},
		{"app=web", true},
		{"app==web", true},
		{"app = web , size", true},
		{"app!=web", false},
		{"gone!=web", true},
		{"app in (web,api)", true},
		{"app in (api)", false},
		{"app notin (api)", true},
		{"gone notin (api)", true},
		{"app notin(web)", false},
		{"gone in (a)", false},
		{"empty in ()", true},
		{"empty=", true},
		{"app=,size=3", false},
		{"size>2", true},
		{"size>3", false},
		{"size < 4", true},
		{"app>2", false},
		{"gone<2", false},
		{"example.com/tier=front,app", true},
		{"in=a", false},
	}
	for _, tt := range tests {
		s, err := selector.ParseLabels(tt.text)
		require.NoError(t, err, tt.text)
		assert.Equal(t, tt.want, s.Matches(labels), tt.text)
	}
}

func TestParseLabelsRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{",", "a,", "a b", "a in b", "a in (b", "a in (b c)", "=a", "a=b=c", "a>b", "a>", "-a", "a-", "/a", "a/", "a=b_", "a b=c", "!", "!(", "a!b", "a=" + string(make([]byte, 70))} {
		_, err := selector.ParseLabels(text)
		assert.ErrorContains(t, err, "label selector", text)
	}
}

func TestParseFields(t *testing.T) {
	t.Parallel()
	fields := map[string]string{"metadata.name": "a,b=c", "status.phase": "Running", "spec.nodeName": ""}
	tests := []struct {
		text string
		want bool
	}{
		{"", true},
		{`metadata.name=a\,b\=c`, true},
		{"status.phase=Running,spec.nodeName=", true},
		{"status.phase==Running", true},
		{"status.phase!=Running", false},
		{"status.phase!=Pending,", true},
		{"spec.nodeName!=", false},
	}
	for _, tt := range tests {
		s, err := selector.ParseFields(tt.text)
		require.NoError(t, err, tt.text)
		assert.Equal(t, tt.want, s.Matches(fields), tt.text)
	}
	for _, text := range []string{"a", "a=b=c", "a=b,c"} {
		_, err := selector.ParseFields(text)
		assert.ErrorContains(t, err, "is not a condition", text)
	}
	s, err := selector.ParseFields("a=b,c!=d")
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "c"}, s.Keys())
}

func TestFromObject(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want string // the error, or whether app=web matches
	}{
		{`{}`, "true"},
		{`{"matchLabels":{"app":"web"}}`, "true"},
		{`{"matchLabels":{"app":"api"}}`, "false"},
		{`{"matchExpressions":[{"key":"app","operator":"In","values":["web"]},{"key":"b","operator":"DoesNotExist"}]}`, "true"},
		{`{"matchExpressions":[{"key":"app","operator":"NotIn","values":["web"]}]}`, "false"},
		{`{"matchExpressions":[{"key":"app","operator":"Exists","values":["web"]}]}`, "operator Exists takes no values"},
		{`{"matchExpressions":[{"key":"app","operator":"In"}]}`, "operator In needs values"},
		{`{"matchExpressions":[{"key":"app","operator":"Gt","values":["a"]}]}`, "operator Gt needs an integer"},
		{`{"matchExpressions":[{"key":"app","operator":"Gt"}]}`, "operator Gt needs one value"},
		{`{"matchExpressions":[{"key":"","operator":"Exists"}]}`, `"" is not the key of a label`},
		{`{"matchExpressions":[{"key":"a"}]}`, `"" is not an operator`},
		{`{"matchExpressions":[{"key":"a","operator":"In","values":["b c"]}]}`, `"b c" is not the value of a label`},
	}
	for _, tt := range tests {
		o, err := object.Decode([]byte(tt.text))
		require.NoError(t, err)
		s, err := selector.FromObject(o)
		if err != nil {
			assert.Equal(t, tt.want, err.Error(), tt.text)
		} else {
			assert.Equal(t, tt.want == "true", s.Matches(map[string]string{"app": "web"}), tt.text)
		}
	}
}

// FuzzParseLabels demands that a selector is read or refused, and that whoever
// has exactly what it asks for is chosen.
func FuzzParseLabels(f *testing.F) {
	for _, text := range []string{"", "a", "!a", "a=b,c!=d", "a in (b,c),d notin (e)", "a>1,b<2", "a==b", "a in ()"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := selector.ParseLabels(text)
		if err != nil {
			return
		}
		again, err := selector.ParseLabels(" " + text + " ")
		require.NoError(t, err)
		assert.Equal(t, s, again)
		s.Matches(map[string]string{"a": "b"})
	})
}
