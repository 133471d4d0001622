//go:build unix

package credentials

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// rrsa are the variables of a pod with RRSA, with a token.
var rrsa = []string{"ROLE_ARN=" + role, "OIDC_PROVIDER_ARN=p", "OIDC_TOKEN=hidden"}

// environments are variables that mean harm, without the beginning of their names, and a part of what the error says.
// SERVER is a server that is not to be asked.
var environments = map[string]struct {
	variables []string
	want      string
}{
	"half of a key":                {[]string{"ACCESS_KEY_ID=id"}, "environment: ALIBABA_CLOUD_ACCESS_KEY_ID is set, but ALIBABA_CLOUD_ACCESS_KEY_SECRET is not"},
	"the other half":               {[]string{"ACCESS_KEY_SECRET=hidden"}, "environment: ALIBABA_CLOUD_ACCESS_KEY_SECRET is set, but ALIBABA_CLOUD_ACCESS_KEY_ID is not"},
	"an id of two header fields":   {[]string{"ACCESS_KEY_ID=id\r\nX-Other: hidden", "ACCESS_KEY_SECRET=hidden"}, "ALIBABA_CLOUD_ACCESS_KEY_ID holds a control character, or is not UTF-8"},
	"an id for terminals":          {[]string{"ACCESS_KEY_ID=\x1b[31mhidden", "ACCESS_KEY_SECRET=hidden"}, "ALIBABA_CLOUD_ACCESS_KEY_ID holds a control character, or is not UTF-8"},
	"bytes for an id":              {[]string{"ACCESS_KEY_ID=hidden\xff\xfe", "ACCESS_KEY_SECRET=hidden"}, "ALIBABA_CLOUD_ACCESS_KEY_ID holds a control character, or is not UTF-8"},
	"a secret of two lines":        {[]string{"ACCESS_KEY_ID=id", "ACCESS_KEY_SECRET=hidden\nhidden"}, "ALIBABA_CLOUD_ACCESS_KEY_SECRET holds a control character, or is not UTF-8"},
	"a token of two lines":         {[]string{"ACCESS_KEY_ID=id", "ACCESS_KEY_SECRET=hidden", "SECURITY_TOKEN=hidden\nhidden"}, "ALIBABA_CLOUD_SECURITY_TOKEN holds a control character, or is not UTF-8"},
	"a role without the rest":      {[]string{"OIDC_TOKEN=hidden"}, "ALIBABA_CLOUD_ROLE_ARN and ALIBABA_CLOUD_OIDC_PROVIDER_ARN are not set"},
	"a role of two lines":          {append([]string{"ROLE_ARN=hidden\nhidden"}, rrsa[1:]...), "ALIBABA_CLOUD_ROLE_ARN holds a control character, or is not UTF-8"},
	"a provider of bytes":          {append([]string{"OIDC_PROVIDER_ARN=hidden\xff"}, rrsa[0], rrsa[2]), "ALIBABA_CLOUD_OIDC_PROVIDER_ARN holds a control character, or is not UTF-8"},
	"a session for terminals":      {append([]string{"ROLE_SESSION_NAME=hidden\x1b[2J"}, rrsa...), "ALIBABA_CLOUD_ROLE_SESSION_NAME holds a control character, or is not UTF-8"},
	"an OIDC token of two lines":   {append([]string{"OIDC_TOKEN=hidden\nhidden"}, rrsa[:2]...), "ALIBABA_CLOUD_OIDC_TOKEN holds a control character, or is not UTF-8"},
	"an STS at another host":       {append([]string{"STS_REGION=SERVER/#"}, rrsa...), "ALIBABA_CLOUD_STS_REGION is not a region"},
	"an STS with a user":           {append([]string{"STS_REGION=user:hidden@SERVER/#"}, rrsa...), "ALIBABA_CLOUD_STS_REGION is not a region"},
	"an STS for terminals":         {append([]string{"STS_REGION=\x1b[31mhidden"}, rrsa...), "ALIBABA_CLOUD_STS_REGION is not a region"},
	"a token in place of its file": {append([]string{"OIDC_TOKEN_FILE=" + strings.Repeat("eyJhbGciOiJub25l", 50) + ".hidden"}, rrsa[:2]...), "OIDC: (a path that is not shown: it begins with neither / nor ., and may be a secret): file name too long"},
	"a short token for its file":   {append([]string{"OIDC_TOKEN_FILE=eyJhbGciOiJub25lIn0.hidden.hidden"}, rrsa[:2]...), "OIDC: (a path that is not shown: it begins with neither / nor ., and may be a secret): no such file"},
	"a key in place of a file":     {[]string{"CREDENTIALS_FILE=hidden/+hidden"}, "credentials file: there is no file (a path that is not shown: it begins with neither / nor ., and may be a secret)"},
	"a file in place of its path":  {[]string{`CONFIG_FILE={"profiles":[{"access_key_secret":"hidden/"}]}`}, "CLI profile: there is no file (a path that is not shown: it begins with neither / nor ., and may be a secret)"},
	"a key in place of a profile":  {[]string{"CONFIG_FILE=FILE", "PROFILE=hidden"}, ": ALIBABA_CLOUD_PROFILE: the file has no such profile"},
	"a key for another profile":    {[]string{"CREDENTIALS_FILE=KEYS", "PROFILE=hidden"}, ": ALIBABA_CLOUD_PROFILE: the file has no such profile"},
	"a file for terminals":         {append([]string{"OIDC_TOKEN_FILE=/nowhere/\x1b]0;a\a\nb"}, rrsa[:2]...), "OIDC: /nowhere/ ]0;a b: "},
	"a huge name of a file":        {[]string{"CONFIG_FILE=/" + strings.Repeat("x", 100_000)}, "x...: file name too long"},
	"a huge name of another":       {[]string{"CREDENTIALS_FILE=/" + strings.Repeat("x", 100_000)}, "x...: file name too long"},
	"a file in a file":             {[]string{"CREDENTIALS_FILE=FILE/a\nb"}, "/a b: not a directory"},
	"a file of bytes":              {[]string{"CONFIG_FILE=/nowhere/\xff\xfe\u202eb"}, "there is no file /nowhere/ b"},
	"a huge profile":               {[]string{"CONFIG_FILE=FILE", "PROFILE=" + strings.Repeat("\x1bx", 50_000)}, "ALIBABA_CLOUD_PROFILE: the file has no such profile"},
	"a metadata role up":           {[]string{"ECS_METADATA_DISABLED=", "ECS_METADATA=.."}, "ALIBABA_CLOUD_ECS_METADATA is not the name of a role"},
	"a metadata role in a folder":  {[]string{"ECS_METADATA_DISABLED=", "ECS_METADATA=a/../../../hidden"}, "ALIBABA_CLOUD_ECS_METADATA is not the name of a role"},
	"a metadata role of two lines": {[]string{"ECS_METADATA_DISABLED=", "ECS_METADATA=a\r\nHost: hidden"}, "ALIBABA_CLOUD_ECS_METADATA is not the name of a role"},
	"a metadata role of a query":   {[]string{"ECS_METADATA_DISABLED=", "ECS_METADATA=a?hidden"}, "ALIBABA_CLOUD_ECS_METADATA is not the name of a role"},
	"a huge metadata role":         {[]string{"ECS_METADATA_DISABLED=", "ECS_METADATA=" + strings.Repeat("x", 100_000)}, "ALIBABA_CLOUD_ECS_METADATA is not the name of a role"},
	"a URI of files":               {[]string{"CREDENTIALS_URI=file:///etc/hidden"}, "ALIBABA_CLOUD_CREDENTIALS_URI is not an http or https URL"},
	"a URI of ftp":                 {[]string{"CREDENTIALS_URI=ftp://user:hidden@SERVER/"}, "ALIBABA_CLOUD_CREDENTIALS_URI is not an http or https URL"},
	"a URI of a socket":            {[]string{"CREDENTIALS_URI=unix:///var/run/hidden"}, "ALIBABA_CLOUD_CREDENTIALS_URI is not an http or https URL"},
	"a URI without a scheme":       {[]string{"CREDENTIALS_URI=//SERVER/hidden"}, "ALIBABA_CLOUD_CREDENTIALS_URI is not an http or https URL"},
	"a URI without a host":         {[]string{"CREDENTIALS_URI=http://user:hidden@:PORT/"}, "ALIBABA_CLOUD_CREDENTIALS_URI is not an http or https URL"},
	"a URI of two lines":           {[]string{"CREDENTIALS_URI=http://SERVER/\r\nX-Other: hidden"}, "ALIBABA_CLOUD_CREDENTIALS_URI is not an http or https URL"},
	"a URI with a blank":           {[]string{"CREDENTIALS_URI=http://SERVER hidden/"}, "ALIBABA_CLOUD_CREDENTIALS_URI is not an http or https URL"},
	"a URI with a broken password": {[]string{"CREDENTIALS_URI=http://user:hidden%zz@SERVER/"}, "ALIBABA_CLOUD_CREDENTIALS_URI is not an http or https URL"},
	"a URI of a huge port":         {[]string{"CREDENTIALS_URI=http://user:hidden@127.0.0.1:99999/?hidden#hidden"}, "credentials URI: reach the service: dial tcp: address 99999: invalid port"},
	"a region of another host":     {[]string{"REGION_ID=SERVER/#hidden"}, "find the region: ALIBABA_CLOUD_REGION_ID is not a region, such as cn-beijing"},
	"a region for terminals":       {[]string{"REGION_ID=\x1b[31mhidden"}, "find the region: ALIBABA_CLOUD_REGION_ID is not a region, such as cn-beijing"},
	"a huge region":                {[]string{"REGION_ID=" + strings.Repeat("hidden", 10_000)}, "find the region: ALIBABA_CLOUD_REGION_ID is not a region, such as cn-beijing"},
	"a region of a profile":        {[]string{"REGION_ID=", "CONFIG_FILE=FILE"}, `profile "mine": region_id is not a region, such as cn-beijing`},
}

// TestHostileEnvironment has variables that mean harm. Each is refused by its name, in one short line without secrets, and nobody is asked.
func TestHostileEnvironment(t *testing.T) {
	srv := newServer(t, false, func(http.ResponseWriter, *http.Request) {})
	_, port, _ := strings.Cut(srv.host(), ":")
	file := profileFile(t, map[string]any{"region_id": "127.0.0.1/#hidden"})
	keys := writeFile(t, "[default]\ntype = access_key\n")
	place := strings.NewReplacer("KEYS", keys, "SERVER", srv.host(), "PORT", port, "FILE", file)
	for name, tt := range environments {
		t.Run(name, func(t *testing.T) {
			t.Setenv("ALIBABA_CLOUD_REGION_ID", "cn-beijing")
			t.Setenv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")
			for _, variable := range tt.variables {
				key, value, _ := strings.Cut(variable, "=")
				value = strings.Replace(value, "FILE", file, 1)
				t.Setenv("ALIBABA_CLOUD_"+key, place.Replace(value))
			}
			_, err := FromEnvironment()
			if err == nil {
				_, err = Default().Credentials(t.Context())
			}
			require.ErrorContains(t, err, tt.want)
			require.NotContains(t, err.Error(), hidden)
			assert.Less(t, len(err.Error()), 1000)
			assert.False(t, strings.ContainsFunc(err.Error(), unicode.IsControl))
			assert.NotContains(t, fmt.Sprintf("%+v %#v", err, err), "\x1b")
		})
	}
	assert.Empty(t, srv.seen())
}
