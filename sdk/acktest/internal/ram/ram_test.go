package ram_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/acktest/internal/ram"
)

const (
	cluster = "acs:cs:cn-beijing:1:cluster/c1"
	other   = "acs:cs:cn-beijing:1:cluster/c2"
	all     = "acs:cs:cn-beijing:1:*"
)

func TestDecide(t *testing.T) {
	t.Parallel()
	allow := func(action, resource string) string {
		return `{"Version":"1","Statement":[{"Effect":"Allow","Action":` + action + `,"Resource":` + resource + `}]}`
	}
	for name, tt := range map[string]struct {
		policies         []string
		action, resource string
		want             ram.Effect
	}{
		"no policy":          {nil, "cs:DeleteCluster", cluster, ram.Silent},
		"all":                {[]string{allow(`"*"`, `"*"`)}, "cs:DeleteCluster", cluster, ram.Allowed},
		"service":            {[]string{allow(`"cs:*"`, `"*"`)}, "cs:DeleteCluster", all, ram.Allowed},
		"other service":      {[]string{allow(`"ecs:*"`, `"*"`)}, "cs:DeleteCluster", cluster, ram.Silent},
		"list":               {[]string{allow(`["cs:Get*","cs:Delete*"]`, `["*"]`)}, "cs:DeleteCluster", cluster, ram.Allowed},
		"case":               {[]string{allow(`"cs:deletecluster"`, `"*"`)}, "cs:DeleteCluster", cluster, ram.Allowed},
		"one cluster":        {[]string{allow(`"cs:*"`, `["acs:cs:*:*:cluster/c1"]`)}, "cs:DeleteCluster", cluster, ram.Allowed},
		"not that cluster":   {[]string{allow(`"cs:*"`, `["acs:cs:*:*:cluster/c1"]`)}, "cs:DeleteCluster", other, ram.Silent},
		"not all clusters":   {[]string{allow(`"cs:*"`, `["acs:cs:*:*:cluster/c1"]`)}, "cs:CreateCluster", all, ram.Silent},
		"case of a resource": {[]string{allow(`"cs:*"`, `["acs:cs:*:*:cluster/C1"]`)}, "cs:DeleteCluster", cluster, ram.Silent},
		"question mark":      {[]string{allow(`"cs:*"`, `"acs:cs:*:?:cluster/c?"`)}, "cs:DeleteCluster", other, ram.Allowed},
		"denied": {
			[]string{allow(`"*"`, `"*"`), `{"Version":"1","Statement":[{"Effect":"Deny","Action":"cs:Delete*","Resource":"*"}]}`}, "cs:DeleteCluster", cluster, ram.Denied,
		},
		"all actions but": {
			[]string{`{"Version":"1","Statement":[{"Effect":"Allow","NotAction":"cs:Delete*","Resource":"*"}]}`}, "cs:DeleteCluster", cluster, ram.Silent,
		},
		"all clusters but": {
			[]string{`{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","NotResource":"acs:cs:*:*:cluster/c1"}]}`}, "cs:DeleteCluster", other, ram.Allowed,
		},
		"asterisks":   {[]string{allow(`"cs:*ete*u*r"`, `"**"`)}, "cs:DeleteCluster", cluster, ram.Allowed},
		"no suffix":   {[]string{allow(`"cs:*Clust"`, `"*"`)}, "cs:DeleteCluster", cluster, ram.Silent},
		"only prefix": {[]string{allow(`"cs:Delete"`, `"*"`)}, "cs:DeleteCluster", cluster, ram.Silent},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var policies []ram.Policy
			for _, text := range tt.policies {
				p, err := ram.Parse(text)
				require.NoError(t, err)
				policies = append(policies, p)
			}
			assert.Equal(t, tt.want, ram.Decide(policies, tt.action, tt.resource))
		})
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ text, want string }{
		"no JSON":      {`{`, "read RAM policy: "},
		"version":      {`{"Version":"2","Statement":[]}`, `the version is "2"`},
		"no statement": {`{"Version":"1","Statement":[]}`, "there is no statement"},
		"effect":       {`{"Version":"1","Statement":[{"Effect":"allow","Action":"*","Resource":"*"}]}`, `statement 1: the effect is "allow"`},
		"no action":    {`{"Version":"1","Statement":[{"Effect":"Allow","Resource":"*"}]}`, "one of Action and NotAction"},
		"two":          {`{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","NotAction":"*","Resource":"*"}]}`, "one of Action and NotAction"},
		"no resource":  {`{"Version":"1","Statement":[{"Effect":"Allow","Action":"*"}]}`, "one of Resource and NotResource"},
		"condition":    {`{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{}}]}`, "conditions are not supported"},
		"misspelled":   {`{"Version":"1","Statements":[]}`, `unknown field "Statements"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := ram.Parse(tt.text)
			require.ErrorContains(t, err, tt.want)
		})
	}
}
