package templates_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest"
	"github.com/ackgen/ackgen/sdk/roa"
)

const kubernetes = "kubernetes"

func create(t *testing.T, client *ack.Client, in *ack.CreateTemplateRequest) string {
	t.Helper()
	out, err := client.CreateTemplate(t.Context(), in)
	require.NoError(t, err)
	return out.TemplateID
}

func get(t *testing.T, client *ack.Client, id, typ string) []ack.Template {
	t.Helper()
	in := &ack.DescribeTemplateAttributeRequest{TemplateID: id}
	if typ != "" {
		in.TemplateType = &typ
	}
	out, err := client.DescribeTemplateAttribute(t.Context(), in)
	require.NoError(t, err)
	return out.Items
}

func TestVersions(t *testing.T) {
	t.Parallel()
	srv := acktest.NewServer(t)
	client := srv.Client(t)
	start := srv.Now()
	id := create(t, client, &ack.CreateTemplateRequest{
		Name: "webserver", Template: "apiVersion: v1\npassword: one\n", TemplateType: new(kubernetes), Description: new("a web server"),
	})
	list := get(t, client, id, "")
	require.Len(t, list, 1)
	first := list[0]
	assert.Equal(t, id, first.TemplateWithHistID)
	assert.NotEqual(t, id, first.ID)
	assert.True(t, first.Template.Reveal() == "apiVersion: v1\npassword: one\n")
	assert.Equal(t, "webserver", first.Tags, "the name, without a label")
	assert.Equal(t, ack.TemplateACLPrivate, first.ACL)
	assert.Equal(t, start, first.Created)

	srv.Advance(time.Hour)
	_, err := client.UpdateTemplate(t.Context(), &ack.UpdateTemplateRequest{
		TemplateID: first.ID, Template: new(roa.Secret("apiVersion: v2\n")), Tags: new("web"),
	})
	require.NoError(t, err)
	second := get(t, client, id, "")[0]
	assert.NotEqual(t, first.ID, second.ID)
	assert.Equal(t, id, second.TemplateWithHistID)
	assert.True(t, second.Template.Reveal() == "apiVersion: v2\n")
	assert.Equal(t, "web", second.Tags)
	assert.Equal(t, "a web server", second.Description, "what is left out stays")
	assert.Equal(t, start, second.Created)
	assert.Equal(t, start.Add(time.Hour), second.Updated)
	assert.Equal(t, first.ID, get(t, client, first.ID, "")[0].ID, "an older version is still there")

	_, err = client.UpdateTemplate(t.Context(), &ack.UpdateTemplateRequest{TemplateID: id, Name: new("-")})
	require.ErrorIs(t, err, roa.CodeInvalidParameter)
	assert.Equal(t, second.ID, get(t, client, id, "")[0].ID)

	saved, err := srv.Snapshot()
	require.NoError(t, err)
	other := acktest.NewServer(t)
	require.NoError(t, other.Restore(saved))
	assert.True(t, get(t, other.Client(t), id, "")[0].Template.Reveal() == "apiVersion: v2\n", "a snapshot keeps secrets")

	_, err = client.DeleteTemplate(t.Context(), &ack.DeleteTemplateRequest{TemplateID: second.ID})
	require.NoError(t, err)
	assert.Empty(t, get(t, client, id, ""))
	assert.Empty(t, get(t, client, first.ID, ""))
}

func TestVersionsAreBounded(t *testing.T) {
	t.Parallel()
	client := acktest.NewServer(t).Client(t)
	id := create(t, client, &ack.CreateTemplateRequest{Name: "web", Template: "a", TemplateType: new(kubernetes)})
	first := get(t, client, id, "")[0].ID
	for range 100 {
		_, err := client.UpdateTemplate(t.Context(), &ack.UpdateTemplateRequest{TemplateID: id, Tags: new("web")})
		require.NoError(t, err)
	}
	assert.Empty(t, get(t, client, first, ""))
	assert.Len(t, get(t, client, id, ""), 1)
}

func TestTypes(t *testing.T) {
	t.Parallel()
	client := acktest.NewServer(t).Client(t)
	id := create(t, client, &ack.CreateTemplateRequest{Name: "old", Template: "a"})
	assert.Empty(t, get(t, client, id, ""), "templates are stored as compose and read as kubernetes")
	assert.Len(t, get(t, client, id, "compose"), 1)
	list := func(typ *string) []ack.Template {
		out, err := client.DescribeTemplates(t.Context(), &ack.DescribeTemplatesRequest{TemplateType: typ})
		require.NoError(t, err)
		return out.Templates
	}
	assert.Empty(t, list(nil))
	assert.Len(t, list(new("compose")), 1)
}

func TestPages(t *testing.T) {
	t.Parallel()
	client := acktest.NewServer(t).Client(t)
	for i := range 12 {
		create(t, client, &ack.CreateTemplateRequest{Name: fmt.Sprint("web", i), Template: "a", TemplateType: new(kubernetes)})
	}
	first, err := client.DescribeTemplates(t.Context(), &ack.DescribeTemplatesRequest{})
	require.NoError(t, err)
	assert.Len(t, first.Templates, 10)
	assert.Equal(t, ack.PageInfo{PageNumber: 1, PageSize: 10, TotalCount: 12}, first.PageInfo)
	last, err := client.DescribeTemplates(t.Context(), &ack.DescribeTemplatesRequest{PageNum: new(int64(3)), PageSize: new(int64(5))})
	require.NoError(t, err)
	require.Len(t, last.Templates, 2)
	assert.Equal(t, "web10", last.Templates[0].Name)
	assert.Equal(t, ack.PageInfo{PageNumber: 3, PageSize: 5, TotalCount: 12}, last.PageInfo)
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	client := acktest.NewServer(t).Client(t)
	for _, name := range []string{"-web", "we b", "web/1", "web_1"} {
		_, err := client.CreateTemplate(t.Context(), &ack.CreateTemplateRequest{Name: name, Template: "a"})
		require.ErrorIs(t, err, roa.CodeInvalidParameter, name)
	}
	create(t, client, &ack.CreateTemplateRequest{Name: "模板-1", Template: "a"})
	_, err := client.UpdateTemplate(t.Context(), &ack.UpdateTemplateRequest{TemplateID: "t0"})
	require.ErrorIs(t, err, roa.CodeInvalidResourceNotFound)
	_, err = client.DeleteTemplate(t.Context(), &ack.DeleteTemplateRequest{TemplateID: "t0"})
	require.ErrorIs(t, err, roa.CodeInvalidResourceNotFound)
	assert.Empty(t, get(t, client, "t0", ""))
}
