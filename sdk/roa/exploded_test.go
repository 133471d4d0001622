package roa

import (
	"bytes"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// filter is an object with a member of every kind.
type filter struct {
	Name   string            `json:"name,omitzero"`
	Size   *int64            `json:"size,omitzero"`
	On     *bool             `json:"on,omitzero"`
	Since  time.Time         `json:"since,omitzero"`
	Tags   []string          `json:"tags,omitzero"`
	Level  level             `json:"level,omitzero"`
	Inner  *filter           `json:"inner,omitzero"`
	Parts  []part            `json:"parts,omitzero"`
	Labels map[string]string `json:"labels,omitzero"`
	Key    Secret            `json:"key,omitzero"`
	Empty  *string           `json:"empty"`
}

type level int64

func fullFilter() *filter {
	return &filter{Name: "a b&", Size: new(int64(1) << 60), On: new(false), Since: time.Unix(0, 0).UTC(), Tags: []string{"y,", "x"}, Level: 2}
}

func TestQueryObjects(t *testing.T) {
	t.Parallel()
	nested := &filter{Inner: &filter{Name: "n", Tags: []string{"t"}}, Labels: map[string]string{"b": "2", "a": ""}}
	for name, tt := range map[string]struct {
		set  func(r *Request)
		want string
	}{
		"each":            {func(r *Request) { r.QueryEach("q", []string{"b,", "a"}) }, "q=b,&q=a"},
		"each int":        {func(r *Request) { r.QueryEach("q", []level{2, 1}) }, "q=2&q=1"},
		"each pointer":    {func(r *Request) { r.QueryEach("q", &[]bool{true}) }, "q=true"},
		"each nil":        {func(r *Request) { r.QueryEach("q", []string(nil)) }, ""},
		"each nothing":    {func(r *Request) { r.QueryEach("q", nil) }, ""},
		"each no pointer": {func(r *Request) { r.QueryEach("q", (*[]string)(nil)) }, ""},
		"each empty":      {func(r *Request) { r.QueryEach("q", new([]string)) }, ""},
		"each again":      {func(r *Request) { r.Query("q", 1); r.QueryEach("q", []int64{2, 3}); r.Query("p", 1) }, "q=2&q=3&p=1"},
		"one again":       {func(r *Request) { r.QueryEach("q", []int64{2, 3}); r.Query("p", 1); r.Query("q", 1) }, "q=1&p=1"},

		"deep":        {func(r *Request) { r.QueryDeep("q", fullFilter()) }, "q[name]=a b&&q[size]=1152921504606846976&q[on]=false&q[since]=1970-01-01T00:00:00Z&q[tags]=y,&q[tags]=x&q[level]=2"},
		"deep nested": {func(r *Request) { r.QueryDeep("q", nested) }, "q[inner][name]=n&q[inner][tags]=t&q[labels][a]=&q[labels][b]=2"},
		"deep map":    {func(r *Request) { r.QueryDeep("q", map[string]int64{"b": 2, "a": 1}) }, "q[a]=1&q[b]=2"},
		"deep free":   {func(r *Request) { r.QueryDeep("q", map[string]any{"a": []any{1, "x", true}}) }, "q[a]=1&q[a]=x&q[a]=true"},
		"deep nil":    {func(r *Request) { r.QueryDeep("q", (*filter)(nil)) }, ""},
		"deep no map": {func(r *Request) { r.QueryDeep("q", map[string]string(nil)) }, ""},
		"deep null":   {func(r *Request) { r.QueryDeep("q", JSON("null")) }, ""},
		"deep zero":   {func(r *Request) { r.QueryDeep("q", &filter{}) }, ""},

		"fields":     {func(r *Request) { r.Query("p", 1); r.QueryFields("q", fullFilter()) }, "p=1&name=a b&&size=1152921504606846976&on=false&since=1970-01-01T00:00:00Z&tags=y,&tags=x&level=2"},
		"fields map": {func(r *Request) { r.QueryFields("q", map[string]string{"b": "2", "a": "1"}) }, "a=1&b=2"},
		"fields nil": {func(r *Request) { r.QueryFields("q", nil) }, ""},

		"flat":        {func(r *Request) { r.QueryFlat("Q", fullFilter()) }, "Q.name=a b&&Q.size=1152921504606846976&Q.on=false&Q.since=1970-01-01T00:00:00Z&Q.tags.1=y,&Q.tags.2=x&Q.level=2"},
		"flat nested": {func(r *Request) { r.QueryFlat("Q", nested) }, "Q.inner.name=n&Q.inner.tags.1=t&Q.labels.a=&Q.labels.b=2"},
		"flat list":   {func(r *Request) { r.QueryFlat("Q", []part{{Name: "a"}, {Num: 2}}) }, "Q.1.name=a&Q.2.num=2"},
		"flat lists":  {func(r *Request) { r.QueryFlat("Q", [][]string{{"a", ""}, {"b"}}) }, "Q.1.1=a&Q.1.2=&Q.2.1=b"},
		"flat scalar": {func(r *Request) { r.QueryFlat("Q", "a") }, "Q=a"},
		"flat nulls":  {func(r *Request) { r.QueryFlat("Q", []*string{nil, new("b")}) }, "Q.2=b"},
		"flat nil":    {func(r *Request) { r.QueryFlat("Q", []part(nil)) }, ""},
	} {
		req := NewRequest(&opList, nil)
		tt.set(req)
		require.NoError(t, req.err, name)
		assert.Equal(t, tt.want, plainQuery(req.query), name)
	}
}

// plainQuery writes parameters without escapes.
func plainQuery(params []QueryParam) string {
	var b bytes.Buffer
	for i, p := range params {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(p.Name + "=" + p.Value)
	}
	return b.String()
}

func TestBadQueryObjects(t *testing.T) {
	t.Parallel()
	const empty = `", which would arrive as none: fill it, or make it nil if none is meant`
	for name, tt := range map[string]struct {
		set  func(r *Request)
		want string
	}{
		"each empty":   {func(r *Request) { r.QueryEach("q", []string{}) }, "is an empty list, which would arrive as none: fill it, or make it nil if none is meant"},
		"each blank":   {func(r *Request) { r.QueryEach("q", []string{"a", " "}) }, "has nothing in item 1"},
		"each structs": {func(r *Request) { r.QueryEach("q", []part{{}}) }, "cannot be made from a []roa.part"},
		"each scalar":  {func(r *Request) { r.QueryEach("q", "a") }, "is a string: want a list"},
		"each mask":    {func(r *Request) { r.QueryEach("q", []Secret{"***"}) }, "item 0 holds a mask, not a secret: set the real value or leave it out"},

		"deep list":     {func(r *Request) { r.QueryDeep("q", []string{"a"}) }, "is of kind array: want an object"},
		"deep objects":  {func(r *Request) { r.QueryDeep("q", &filter{Parts: []part{{}}}) }, `has an item of kind object in the list "q[parts]": want scalars`},
		"deep empty":    {func(r *Request) { r.QueryDeep("q", &filter{Tags: []string{}}) }, `holds an empty list at "q[tags]` + empty},
		"deep blank":    {func(r *Request) { r.QueryDeep("q", &filter{Tags: []string{""}}) }, `has nothing in item 0 of "q[tags]"`},
		"deep space":    {func(r *Request) { r.QueryDeep("q", &filter{Tags: []string{"a", " "}}) }, `has nothing in item 1 of "q[tags]"`},
		"deep null":     {func(r *Request) { r.QueryDeep("q", map[string]any{"a": []any{"x", nil}}) }, `has an item of kind null in the list "q[a]": want scalars`},
		"deep mask":     {func(r *Request) { r.QueryDeep("q", &filter{Key: "***"}) }, "cannot be encoded: secret at /key holds a mask, not a secret: set the real value or leave it out"},
		"deep func":     {func(r *Request) { r.QueryDeep("q", map[string]func(){"a": nil}) }, "cannot be encoded: func() at /a cannot be written as JSON"},
		"fields object": {func(r *Request) { r.QueryFields("q", &filter{Labels: map[string]string{}}) }, `holds an object in "labels": want a scalar or a list of them`},
		"fields clash":  {func(r *Request) { r.Query("a", 1); r.QueryFields("q", map[string]string{"a": "2"}) }, `has the member "a", and there is a parameter of that name`},
		"fields scalar": {func(r *Request) { r.QueryFields("q", 1) }, "is of kind number: want an object"},
		"flat empty":    {func(r *Request) { r.QueryFlat("q", []string{}) }, `holds an empty list at "q` + empty},
	} {
		rec := new(recorder)
		req := NewRequest(&opList, nil)
		tt.set(req)
		err := newTestClient(t, rec).Do(t.Context(), req, nil, nil, nil)
		require.EqualError(t, err, `ack: ListThings: query parameter "q" `+tt.want, name)
		assert.Empty(t, rec.requests, "nothing is sent")
	}
}

func TestSecretsInQueryObjectsAreNotDumped(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	c := newTestClient(t, answer(400, "application/json", `{"code":"Bad","message":"no CANARY-1 here"}`), WithDump(&out))
	req := NewRequest(&opList, nil)
	req.QueryDeep("d", &filter{Name: "shown", Key: "CANARY-1"})
	req.QueryFlat("f", []Secret{"CANARY-2"})
	req.QueryEach("e", []Secret{"CANARY-3"})
	req.QueryFields("o", map[string]Secret{"plain": "CANARY-4"})
	err := c.Do(t.Context(), req, nil, nil, []CallOption{CallQuery("d[name]", "other")})
	require.ErrorContains(t, err, "no [REDACTED] here")
	assert.NotContains(t, out.String(), "CANARY")
	assert.Contains(t, out.String(), "?d%5Bkey%5D=[REDACTED]&d%5Bname%5D=other&e=[REDACTED]&f.1=[REDACTED]&plain=[REDACTED]\n")
}

// FuzzQueryObjects checks that what is made of an object arrives as it was meant.
func FuzzQueryObjects(f *testing.F) {
	f.Add("name", "a b", "x,y", "z")
	f.Add("a]", "%", "\x00", "é")
	f.Add("", "&=+", ".", "[]")
	f.Fuzz(func(t *testing.T, key, value, first, second string) {
		object := map[string]any{key: value, key + "list": []string{first, second}}
		for name, set := range map[string]func(*Request){
			"deep":   func(r *Request) { r.QueryDeep("q", object) },
			"fields": func(r *Request) { r.QueryFields("q", object) },
			"flat":   func(r *Request) { r.QueryFlat("q", object) },
			"form":   func(r *Request) { r.Form(object) },
		} {
			req := NewRequest(&opList, nil)
			set(req)
			if req.err != nil {
				continue
			}
			sent := appendQuery(nil, req.query)
			if req.form != nil {
				sent, req.err = req.form(req.body)
				require.NoError(t, req.err, name)
			}
			got, err := url.ParseQuery(string(sent))
			require.NoError(t, err, name)
			member, list := key, key+"list"
			switch name {
			case "deep":
				member, list = "q["+key+"]", "q["+key+"list]"
			case "flat":
				member, list = "q."+key, "q."+key+"list.1"
			}
			assert.Equal(t, value, got.Get(member), name)
			assert.Equal(t, first, got.Get(list), name)
		}
	})
}
