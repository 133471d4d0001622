package limits_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/internal/budget/limits"
)

// number compares a value with a limit, and returns what is found.
func number(value, slack int, limit map[string]int) limits.Result {
	groups := []limits.Group{{Name: "bytes", Numbers: []limits.Number{{Name: "one call", Value: value, Slack: slack}}}}
	return limits.Compare(groups, limits.Limits{Numbers: map[string]map[string]int{"bytes": limit}})
}

func TestCompareNumbers(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		value, slack int
		limit        map[string]int
		verdict      string
		problem      string
	}{
		"exact":            {33, 0, map[string]int{"one call": 33}, "holds", ""},
		"one more":         {34, 0, map[string]int{"one call": 33}, "GROWN", "bytes, one call: is 34, 1 above the limit of 33"},
		"one less":         {32, 0, map[string]int{"one call": 33}, "SHRUNK", "bytes, one call: is 32, below the limit of 33: it could grow back unseen"},
		"at the limit":     {1000, 10, map[string]int{"one call": 1000}, "holds", ""},
		"above":            {1001, 10, map[string]int{"one call": 1000}, "GROWN", "bytes, one call: is 1,001, 1 above the limit of 1,000"},
		"twice the slack":  {980, 10, map[string]int{"one call": 1000}, "holds", ""},
		"more room":        {979, 10, map[string]int{"one call": 1000}, "SHRUNK", "bytes, one call: is 979, below the limit of 1,000: it could grow back unseen"},
		"no limit":         {12, 0, nil, "NO LIMIT", "bytes, one call: is 12, and has no limit"},
		"below nothing":    {-100, 0, map[string]int{"one call": -200}, "GROWN", "bytes, one call: is -100, 100 above the limit of -200"},
		"nothing measured": {0, 0, map[string]int{"one call": 0}, "holds", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := number(tt.value, tt.slack, tt.limit)
			assert.Equal(t, []limits.Row{{Group: "bytes", Name: "one call", Now: tt.value, Limit: tt.limit["one call"], Verdict: tt.verdict}}, got.Rows)
			assert.Equal(t, tt.problem, strings.Join(got.Problems, "\n"))
		})
	}
}

func TestCompareLists(t *testing.T) {
	t.Parallel()
	modules := limits.List{Name: "modules", Items: []string{"a", "b"}, Why: map[string]string{"b": "roa imports it"}}
	for name, tt := range map[string]struct {
		limit    map[string][]string
		verdict  string
		problems []string
	}{
		"the same, in another order": {map[string][]string{"modules": {"b", "a"}}, "holds", nil},
		"new":                        {map[string][]string{"modules": {"a"}}, "CHANGED", []string{"links, modules: b is new: roa imports it"}},
		"new, and nobody knows why":  {map[string][]string{"modules": {"b"}}, "CHANGED", []string{"links, modules: a is new: it is measured now"}},
		"gone":                       {map[string][]string{"modules": {"a", "b", "c"}}, "CHANGED", []string{"links, modules: c is there no more, and could come back unseen"}},
		"no limit":                   {nil, "NO LIMIT", []string{"links, modules: has no limit"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := limits.Compare([]limits.Group{{Name: "links", Lists: []limits.List{modules}}}, limits.Limits{Lists: map[string]map[string][]string{"links": tt.limit}})
			assert.Equal(t, []limits.Row{{Group: "links", Name: "modules", Now: 2, Limit: len(tt.limit["modules"]), Verdict: tt.verdict}}, got.Rows)
			assert.Equal(t, tt.problems, got.Problems)
		})
	}
}

func TestCompareTellsOfLimitsOfNothing(t *testing.T) {
	t.Parallel()
	got := limits.Compare(nil, limits.Limits{
		Numbers: map[string]map[string]int{"bytes": {"two calls": 1, "a call": 1, "many calls": 1}, "a group": {"a call": 1}},
		Lists:   map[string]map[string][]string{"links": {"modules": {"a"}}},
	})
	assert.Empty(t, got.Rows)
	var want []string
	for _, name := range []string{"a group, a call", "bytes, a call", "bytes, many calls", "bytes, two calls", "links, modules"} {
		want = append(want, name+": has a limit, and is not measured")
	}
	assert.Equal(t, want, got.Problems)
}

var groups = []limits.Group{
	{Name: "allocations", About: "Of a call.", Numbers: []limits.Number{{Name: "GET, signed", Value: 33}, {Name: "POST: \"new\"", Value: 1041}}},
	{Name: "links", About: "Of a program.", Lists: []limits.List{{Name: "modules", Items: []string{"example.com/b", "example.com/a"}}, {Name: "none"}}},
	{Name: "bytes", About: "Of a file.", Numbers: []limits.Number{{Name: "one call", Value: 7_000_000, Slack: 1000}}},
}

func TestTextHoldsWhatIsMeasured(t *testing.T) {
	t.Parallel()
	text := limits.Text("go1.2.3", groups, limits.Limits{})
	assert.Contains(t, text, "  # Of a file.\n  \"bytes\":\n    \"one call\": 7001000\n")
	assert.Contains(t, text, "    \"modules\":\n      - example.com/a\n      - example.com/b\n    \"none\": []\n")
	for _, group := range groups {
		assert.Equal(t, 1, strings.Count(text, group.About), "a group stands where it has something")
	}
	got, err := limits.Parse([]byte(text))
	require.NoError(t, err)
	assert.Equal(t, "go1.2.3", got.Go)
	assert.Empty(t, limits.Compare(groups, got).Problems)
}

func TestTextKeepsLimitsThatHold(t *testing.T) {
	t.Parallel()
	for before, after := range map[int]string{7_000_100: "7000100", 7_002_000: "7002000", 6_999_999: "7001000", 7_002_001: "7001000"} {
		text := limits.Text("go1.2.3", groups, limits.Limits{Numbers: map[string]map[string]int{"bytes": {"one call": before}}})
		assert.Contains(t, text, "\"one call\": "+after+"\n", "%d", before)
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                          "the file is empty",
		"go: go1.2.3\nlimits: {}\n": "limits",
		"go: go1.2.3\nnumbers: {bytes: {one call: many}}\n": `line 2: "many" is not a whole number from 0`,
		"go: go1.2.3\nnumbers: {bytes: {one call: 25.5}}\n": `line 2: "25.5" is not a whole number from 0`,
		"go: go1.2.3\nnumbers: {bytes: {one call: -1}}\n":   `line 2: "-1" is not a whole number from 0`,
		"go: go1.2.3\nnumbers: {bytes: {one call: [1]}}\n":  `line 2: "" is not a whole number from 0`,
		"go: go1.2.3\nnumbers: {bytes: {one call: 1e3}}\n":  `line 2: "1e3" is not a whole number from 0`,
	} {
		_, err := limits.Parse([]byte(text))
		require.ErrorContains(t, err, "parse limits: ", text)
		require.ErrorContains(t, err, want, text)
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	result := limits.Compare(groups, limits.Limits{
		Numbers: map[string]map[string]int{"allocations": {"GET, signed": 32, "POST: \"new\"": 1041}, "bytes": {"one call": 7_000_500}},
		Lists:   map[string]map[string][]string{"links": {"modules": {"example.com/a"}, "none": nil}},
	})
	var out strings.Builder
	result.Table(&out)
	assert.Equal(t, `  measure             now       limit  verdict
allocations
  GET, signed          33          32  GROWN
  POST: "new"       1,041       1,041  holds
links
  modules               2           1  CHANGED
  none                  0           0  holds
bytes
  one call      7,000,000   7,000,500  holds
`, out.String())
}
