package roa

import (
	"errors"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// order has a field of every kind that requests have, tagged like generated
// ones.
type order struct {
	ClusterID string     `json:"-" roa:"path=ClusterId,required,pattern=^c[0-9a-z]{1,5}$"`
	PageSize  *int64     `json:"-" roa:"query=pageSize,min=1,max=50"`
	IDs       []string   `json:"-" roa:"query=ids,minitems=1,maxitems=2,minlen=2"`
	Zones     []zone     `json:"-" roa:"query=zones"`
	Name      string     `json:"name" roa:"required,minlen=2,maxlen=4"`
	Nick      *string    `json:"nick,omitzero" roa:"minlen=1,pattern=^[a-z,]+$"`
	Note      string     `json:"note,omitzero" roa:"minlen=2"`
	Tag       string     `json:"tag,omitempty" roa:"minlen=2"`
	Count     int64      `json:"count" roa:"required,min=-1,max=9007199254740993"`
	Hours     *int32     `json:"hours,omitzero" roa:"max=4320"`
	Ratio     *float64   `json:"ratio,omitzero" roa:"min=0.5,max=1e3"`
	Password  *Secret    `json:"login,omitzero" roa:"maxlen=3"`
	Parts     []zone     `json:"parts,omitzero" roa:"minitems=1,maxitems=2"`
	Labels    labels     `json:"labels,omitzero" roa:"maxlen=3,maxitems=2"`
	ByName    byName     `json:"by_name,omitzero"`
	Main      *zone      `json:"main,omitzero" roa:"required"`
	Extra     []string   `json:"extra,omitzero" roa:"maxitems=1"`
	Grid      [][]string `json:"grid,omitzero" roa:"maxitems=1,maxlen=1"`
	When      time.Time  `json:"when,omitzero"`
	Free      any        `json:"free,omitzero"`
	Fixed     [1]zone    `json:"fixed,omitzero"`
	common
}

type labels map[string]string

type byName map[int]*zone

type zone struct {
	Children []zone `json:"children,omitzero"`
	ID       string `json:"zone_id,omitzero" roa:"pattern=^z"`
	local    string
}

type common struct {
	Kind string `json:"kind,omitzero" roa:"maxlen=1,enum=a|b|long"`
}

func goodOrder() *order { return &order{ClusterID: "c1", Name: "name", Main: &zone{local: "x"}} }

func TestValidate(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*order)
		want   []Violation
	}{
		"good": {func(*order) {}, nil},
		"all good": {func(o *order) {
			o.PageSize, o.IDs, o.Zones, o.Nick, o.Tag = new(int64(50)), []string{"aa", "bb"}, []zone{{ID: "z1"}}, new("a,b"), "tt"
			o.Count, o.Hours, o.Ratio, o.Password = 9007199254740993, new(int32(4320)), new(0.5), new(Secret("abc"))
			o.Parts, o.Labels, o.ByName, o.Grid = []zone{{}}, labels{"a": "b"}, byName{1: nil, 2: {ID: "z"}}, [][]string{{"a", "b"}}
			o.Free = zone{ID: "free"}
		}, nil},
		"bounds are included": {func(o *order) { o.PageSize, o.Count, o.Ratio = new(int64(1)), -1, new(1000.0) }, nil},
		"items of any kind":   {func(o *order) { o.Extra = []string{"a", "b"} }, []Violation{{"/extra", "must have at most 1 items"}}},
		"path":                {func(o *order) { o.ClusterID = "" }, []Violation{{"path parameter ClusterId", "is missing"}}},
		"path pattern": {func(o *order) { o.ClusterID = "c/x" }, []Violation{
			{"path parameter ClusterId", "does not match ^c[0-9a-z]{1,5}$"},
		}},
		"query": {func(o *order) { o.PageSize = new(int64(0)) }, []Violation{{"query parameter pageSize", "must be at least 1"}}},
		"query list": {func(o *order) { o.IDs = []string{"a", "bb", ""} }, []Violation{
			{"query parameter ids", "must have at most 2 items"},
			{"query parameter ids/0", "must have at least 2 characters"},
			{"query parameter ids/2", "must have at least 2 characters"},
		}},
		"query value": {func(o *order) { o.Zones = []zone{{ID: "x"}} }, []Violation{{"query parameter zones/0/zone_id", "does not match ^z"}}},
		"string":      {func(o *order) { o.Name = "é" }, []Violation{{"/name", "must have at least 2 characters"}}},
		"runes":       {func(o *order) { o.Name = "éééé" }, nil},
		"too many runes": {func(o *order) { o.Name = "ééééé" }, []Violation{
			{"/name", "must have at most 4 characters"},
		}},
		"pointer": {func(o *order) { o.Nick = new("") }, []Violation{
			{"/nick", "must have at least 1 characters"}, {"/nick", "does not match ^[a-z,]+$"},
		}},
		"omitted":      {func(o *order) { o.Note, o.Tag = "", "" }, nil},
		"not omitted":  {func(o *order) { o.Note, o.Tag = "a", "b" }, []Violation{{"/note", "must have at least 2 characters"}, {"/tag", "must have at least 2 characters"}}},
		"low number":   {func(o *order) { o.Count = -2 }, []Violation{{"/count", "must be at least -1"}}},
		"exact number": {func(o *order) { o.Count = 9007199254740994 }, []Violation{{"/count", "must be at most 9007199254740993"}}},
		"int32":        {func(o *order) { o.Hours = new(int32(4321)) }, []Violation{{"/hours", "must be at most 4320"}}},
		"float":        {func(o *order) { o.Ratio = new(0.49) }, []Violation{{"/ratio", "must be at least 0.5"}}},
		"high float":   {func(o *order) { o.Ratio = new(1000.5) }, []Violation{{"/ratio", "must be at most 1e3"}}},
		"secret":       {func(o *order) { o.Password = new(Secret("CANARY")) }, []Violation{{"/login", "must have at most 3 characters"}}},
		"no items":     {func(o *order) { o.Parts = []zone{} }, []Violation{{"/parts", "must have at least 1 items"}}},
		"closed enum":  {func(o *order) { o.Kind = "c" }, []Violation{{"/kind", "is none of a, b, long"}}},
		"enum value":   {func(o *order) { o.Kind = "b" }, nil},
		"deep": {func(o *order) { o.Parts = []zone{{Children: []zone{{}, {ID: "y"}}}} }, []Violation{
			{"/parts/0/children/1/zone_id", "does not match ^z"},
		}},
		"map": {func(o *order) { o.Labels = labels{"b/c": "long", "a~": "long", "c": ""} }, []Violation{
			{"/labels", "must have at most 2 items"},
			{"/labels/a~0", "must have at most 3 characters"}, {"/labels/b~1c", "must have at most 3 characters"},
		}},
		"map of pointers": {func(o *order) { o.ByName = byName{7: {ID: "y"}} }, []Violation{{"/by_name/7/zone_id", "does not match ^z"}}},
		"nil pointer":     {func(o *order) { o.Main = nil }, []Violation{{"/main", "is missing"}}},
		"lists of lists": {func(o *order) { o.Grid = [][]string{{"a", "bb"}, nil} }, []Violation{
			{"/grid", "must have at most 1 items"}, {"/grid/0/1", "must have at most 1 characters"},
		}},
		"fixed":    {func(o *order) { o.Fixed[0].ID = "y" }, []Violation{{"/fixed/0/zone_id", "does not match ^z"}}},
		"embedded": {func(o *order) { o.Kind = "long" }, []Violation{{"/kind", "must have at most 1 characters"}}},
		"all at once": {func(o *order) { *o = order{PageSize: new(int64(51))} }, []Violation{
			{"path parameter ClusterId", "is missing"}, {"query parameter pageSize", "must be at most 50"}, {"/name", "is missing"}, {"/main", "is missing"},
		}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := goodOrder()
			tt.change(in)
			got, err := validate(in)
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
		})
	}
}

func TestValidateBodiesOfLists(t *testing.T) {
	t.Parallel()
	type list struct {
		Items []zone `json:"-" roa:"required,maxitems=1"`
	}
	type table struct {
		Entries map[string]zone `json:"-"`
	}
	type sub struct {
		Hidden string `json:"-" roa:"required"`
		At     time.Time
	}
	type times struct {
		At  time.Time `json:"at" roa:"required"`
		Sub sub       `json:"sub"`
	}
	for _, tt := range []struct {
		in   any
		want []Violation
	}{
		{&list{}, []Violation{{"", "is missing"}}},
		{&list{Items: []zone{{}, {ID: "y"}}}, []Violation{{"", "must have at most 1 items"}, {"/1/zone_id", "does not match ^z"}}},
		{&table{Entries: map[string]zone{"a": {ID: "y"}}}, []Violation{{"/a/zone_id", "does not match ^z"}}},
		{times{}, []Violation{{"/at", "is missing"}}},
		{(*list)(nil), nil},
		{nil, nil},
		{"text", nil},
	} {
		got, err := validate(tt.in)
		require.NoError(t, err)
		assert.Equal(t, tt.want, got, "%+v", tt.in)
	}
}

func TestValidateEndsOnCycles(t *testing.T) {
	t.Parallel()
	type node struct {
		Name string `json:"name" roa:"required"`
		Next *node  `json:"next,omitzero"`
	}
	n := &node{}
	n.Next = n
	got, err := validate(n)
	require.NoError(t, err)
	assert.Len(t, got, maxViolations)

	type tree struct {
		Name        string `json:"name" roa:"maxlen=1"`
		Left, Right *tree
	}
	wide := new(tree)
	wide.Left, wide.Right = wide, wide
	got, err = validate(wide)
	require.NoError(t, err)
	assert.Empty(t, got)
}

func TestBadTagsAreErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   any
		want string
	}{
		{struct {
			A string `json:"a" roa:"minlen=x"`
		}{}, `check request: field A: roa tag: minlen: "x" is no number of characters or items`},
		{struct {
			A struct {
				B []*struct {
					C int `json:"c" roa:"require"`
				}
			}
		}{}, `field C: roa tag: "require" is no rule of struct`},
		{struct {
			A string `json:"a" roa:"pattern=("`
		}{}, "field A: roa tag: pattern: error parsing regexp"},
		{struct {
			A string `json:"a" roa:"path=A"`
		}{}, "field A: roa tag: a parameter must have the json tag -"},
		{struct {
			A struct {
				B string `json:"-" roa:"query=b"`
			}
		}{}, "field B: roa tag: only fields of the request itself can be parameters"},
	} {
		for range 2 { // the second time from the cache
			_, err := validate(tt.in)
			require.ErrorContains(t, err, tt.want)
			assert.NotErrorIs(t, err, ErrInvalid, "it is not the request that is wrong")
		}
	}
}

func TestParseRules(t *testing.T) {
	t.Parallel()
	text, number, list := reflect.TypeFor[*string](), reflect.TypeFor[int32](), reflect.TypeFor[*[]string]()
	got, err := parseLimits("query=a,required,minitems=0,maxitems=5,minlen=1,maxlen=2,pattern=^a{1,2},required$", list)
	require.NoError(t, err)
	assert.Equal(t, limits{
		query: "a", required: true, minItems: new(0), maxItems: new(5), minLen: new(1), maxLen: new(2),
		pattern: regexp.MustCompile("^a{1,2},required$"),
	}, got)
	got, err = parseLimits("min=-5,max=2147483648", number)
	require.NoError(t, err)
	assert.Equal(t, limits{min: &limit{whole: -5, text: "-5"}, max: &limit{whole: 2147483648, text: "2147483648"}}, got)
	got, err = parseLimits("", number)
	require.NoError(t, err)
	assert.Equal(t, limits{}, got)

	for _, tt := range []struct {
		tag  string
		t    reflect.Type
		want string
	}{
		{"required,", text, `"" is no rule`},
		{",required", text, `"" is no rule`},
		{"required=true", text, `"required" is no rule`},
		{"minlen", text, `"minlen" is no rule`},
		{"minlen=", text, `"minlen" is no rule`},
		{"pattern=", text, `"pattern" is no rule`},
		{"enum=1|a", number, `enum: "a" is not a whole number`},
		{"enum=01", number, `enum: "01" is not a whole number`},
		{"enum=1", reflect.TypeFor[float64](), "enum does not hold for float64"},
		{" required", text, `"required" is no rule`},
		{"minlen=1,minlen=2", text, "minlen stands there twice"},
		{"minlen=-1", text, "minlen: "},
		{"min=1", text, "min does not hold for *string"},
		{"minlen=1", number, "minlen does not hold for int32"},
		{"pattern=a", number, "pattern does not hold for int32"},
		{"maxitems=1", text, "maxitems does not hold for *string"},
		{"min=1.5", number, `min: "1.5" is no bound of int32`},
		{"max=NaN", reflect.TypeFor[float64](), `max: "NaN" is no bound of float64`},
		{"path=a,header=b", text, "a field cannot be a parameter in two places"},
		{"header=a,query=b", text, "a field cannot be a parameter in two places"},
		{"path=a,query=b", text, "a field cannot be a parameter in two places"},
	} {
		_, err := parseLimits(tt.tag, tt.t)
		require.ErrorContains(t, err, tt.want, tt.tag)
	}
}

func TestValidationOfCalls(t *testing.T) {
	t.Parallel()
	rec := new(recorder)
	op := Operation{Name: "CreateThing", Method: "POST", Path: "/things/{ClusterId}", Response: ResponseObject}
	create := func(c *Client, in *order, opts ...CallOption) error {
		req := NewRequest(&op, in)
		req.Path("ClusterId", in.ClusterID)
		req.Body(in)
		return c.Do(t.Context(), req, nil, nil, opts)
	}
	bad := &order{Name: "x", Password: new(Secret("CANARY-password"))}
	strict := newTestClient(t, rec, WithValidation())
	err := create(strict, bad)
	require.ErrorIs(t, err, ErrInvalid)
	invalid, ok := errors.AsType[*ValidationError](err)
	require.True(t, ok)
	assert.Equal(t, "CreateThing", invalid.Operation)
	assert.Equal(t, []Violation{
		{"path parameter ClusterId", "is missing"}, {"/name", "must have at least 2 characters"},
		{"/login", "must have at most 3 characters"}, {"/main", "is missing"},
	}, invalid.Violations)
	assert.Equal(t, "ack: CreateThing: check request: path parameter ClusterId is missing; /name must have at least 2 characters; "+
		"/login must have at most 3 characters; /main is missing", err.Error())
	assert.Equal(t, "invalid", ErrorClass(err), "as when the service refuses the request")
	assert.Zero(t, rec.count(), "nothing is sent")

	bad.ClusterID = "c1"
	require.NoError(t, create(strict, bad, CallWithoutValidation()))
	require.NoError(t, create(newTestClient(t, rec), bad), "validation must be asked for")
	require.NoError(t, create(strict, goodOrder()))
	require.NoError(t, strict.Do(t.Context(), NewRequest(&opList, nil), nil, nil, nil), "a request that nobody described")
	assert.Equal(t, 4, rec.count())
}

func TestValidationErrorIsOneBoundedLine(t *testing.T) {
	t.Parallel()
	e := &ValidationError{Operation: "X"}
	for range 100 {
		e.Violations = append(e.Violations, Violation{"/" + strings.Repeat("a\n", 500), "does not match " + strings.Repeat("(x\n)", 500)})
	}
	assert.NotContains(t, e.Error(), "\n")
	assert.Less(t, len(e.Error()), 2200)
	assert.True(t, strings.HasSuffix(e.Error(), "; and 95 more"))
}

// FuzzValidationTag checks that no tag makes its reader panic, and that limits which
// were read can be applied.
func FuzzValidationTag(f *testing.F) {
	for _, seed := range []string{
		"path=ClusterId,required", "query=a,min=1,max=2", "minlen=1,maxlen=63,pattern=^[a-z]{1,3}$", "minitems=1,maxitems=2", "pattern=", ",", "min=1e3",
		"required,required", "pattern=(,)", "max=-9223372036854775808", "min=0x10", "maxlen=99999999999999999999",
	} {
		f.Add(seed, "text", int64(5))
	}
	f.Fuzz(func(t *testing.T, tag, text string, number int64) {
		for _, in := range []any{text, number, &text, []string{text}, map[string][]float64{text: {float64(number)}}, Secret(text)} {
			r, err := parseLimits(tag, reflect.TypeOf(in))
			if err != nil {
				continue
			}
			v := validator{left: maxValues}
			v.field(&fieldChecks{limits: r, deep: true}, reflect.ValueOf(in), nil)
			if e := (&ValidationError{Violations: v.found}); len(e.Error()) > 2500 {
				t.Fatalf("%q", e.Error())
			}
		}
	})
}

func BenchmarkValidation(b *testing.B) {
	in := goodOrder()
	for name, c := range map[string]*Client{"unset": {}, "set": {validate: validateRequest}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				req := NewRequest(&opCreate, in)
				if _, err := c.prepare(req, nil, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
