package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/cmd/specgen/internal/git/gittest"
)

const (
	diffBase = `openapi: 3.0.3
info: {title: T, version: "1"}
paths:
  /things:
    get:
      operationId: GetThings
      responses: {"200": {description: Them., content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}}
`
	diffHead = `openapi: 3.0.3
info: {title: T, version: "1"}
paths:
  /things:
    get:
      operationId: GetThings
      responses: {"200": {description: Them., content: {application/json: {schema: {type: object, properties: {a: {type: integer}}}}}}}
`
)

// TestDiffOfRevisions compares commits with each other, and with the work tree.
func TestDiffOfRevisions(t *testing.T) {
	t.Parallel()
	repo := gittest.New(t, map[string]string{"api/spec.yaml": diffBase})
	repo.Git("tag", "v1")
	repo.Commit("second", map[string]string{"api/spec.yaml": diffHead})
	spec := filepath.Join(repo.Dir, "api", "spec.yaml")
	for _, tt := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"v1", "HEAD"}, 1, "at      HEAD:api/spec.yaml:7:116"},
		{[]string{"v1", "HEAD", "-o", "github"}, 1, "::error file=api/spec.yaml,line=7,col=116,title="},
		{[]string{"v1", "HEAD", "-o", "sarif"}, 1, `"uri": "api/spec.yaml"`},
		{[]string{"v1"}, 1, "api/spec.yaml:7:116"},
		{[]string{"HEAD"}, 0, "the two sides do not differ"},
		{[]string{"HEAD", "v1", "--fail-on", "never"}, 0, "from integer to string"},
		{[]string{"v1:api/spec.yaml", "HEAD:api"}, 2, "open HEAD:api: the folder holds neither root.yaml nor openapi.yaml"},
		{[]string{"v2"}, 2, "there is neither such a file nor such a revision"},
	} {
		var out bytes.Buffer
		code := run(append([]string{"diff", "--spec", spec}, tt.args...), strings.NewReader(""), &out, &out)
		assert.Equal(t, tt.code, code, tt.args)
		assert.Contains(t, out.String(), tt.want, tt.args)
	}
	assert.Empty(t, repo.Git("status", "--porcelain"), "the work tree is not touched")
}
