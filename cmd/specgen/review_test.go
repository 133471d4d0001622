package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/cmd/specgen/internal/approval"
	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git/gittest"
	"github.com/ackgen/ackgen/cmd/specgen/internal/review"
	"github.com/ackgen/ackgen/cmd/specgen/internal/review/reviewtest"
)

const reviewedBase = `openapi: 3.0.3
info: {title: Things, version: "1"}
paths:
  /things:
    get:
      operationId: ListThings
      tags: [Things]
      parameters:
        - {name: color, in: query, schema: {type: string}}
      responses: {"204": {description: Nothing.}}
`

// reviewedHead breaks programs in one place on the wire and in one in Go.
var reviewedHead = strings.Replace(reviewedBase, "color", "size", 1)

var unapproved = regexp.MustCompile(`nobody has approved this break: ([0-9a-f]{12}) \[ACK022\]`)

// breaksOf returns the fingerprints of the breaks that findings are about.
func breaksOf(stderr string) []string {
	var out []string
	for _, m := range unapproved.FindAllStringSubmatch(stderr, -1) {
		out = append(out, m[1])
	}
	return out
}

// TestApprove approves the breaks of a change one after the other, until nothing is left.
func TestApprove(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	base, head, file := filepath.Join(dir, "base.yaml"), filepath.Join(dir, "head.yaml"), filepath.Join(dir, approval.FileName)
	require.NoError(t, os.WriteFile(base, []byte(reviewedBase), 0o600))
	require.NoError(t, os.WriteFile(head, []byte(reviewedHead), 0o600))
	sides := []string{"review", base, head}
	with := func(args ...string) []string { return append(slices.Clip(sides), args...) }
	code, _, stderr := specgen(sides...)
	assert.Equal(t, cli.Findings, code)
	breaks := breaksOf(stderr)
	require.Len(t, breaks, 2, "the parameter and the field of the request")

	code, stdout, stderr := specgen(with("--approve", breaks[0], "--role", "maintainer", "--reason", "It is a\nsecret: ****")...)
	assert.Zero(t, code, stderr)
	assert.Equal(t, filepath.ToSlash(file)+": approved 1 break, 1 left: commit the file with the change\n", stdout)
	code, stdout, _ = specgen(with("--approve", breaks[1], "--role", "owner", "--reason", "Nobody sends it.", "-o", "json")...)
	assert.Zero(t, code)
	assert.JSONEq(t, `{"file": "`+filepath.ToSlash(file)+`", "approved": ["`+breaks[1]+`"], "left": 0}`, stdout)

	code, stdout, stderr = specgen(with("--markdown", filepath.Join(dir, "new", "review.md"))...)
	assert.Zero(t, code, stderr)
	assert.Empty(t, stderr)
	assert.Equal(t, filepath.ToSlash(filepath.Join(dir, "new", "review.md"))+"\n", stdout)
	text, err := os.ReadFile(filepath.Join(dir, "new", "review.md"))
	require.NoError(t, err)
	assert.Contains(t, string(text), "**Ready: no unapproved break.**")
	assert.Contains(t, string(text), `Approved as maintainer: It is a secret: \*\*\*\*`)
}

// TestOpenChange holds that only a break without approval can be approved.
func TestOpenChange(t *testing.T) {
	t.Parallel()
	r := reviewtest.Sample()
	open := r.Open()[0]
	got, err := openChange(r, open.ID)
	require.NoError(t, err)
	assert.Equal(t, open, got)
	approved := r.Approved()[0]
	_, err = openChange(r, approved.ID)
	require.EqualError(t, err, "approve "+approved.ID+": it is approved already, as maintainer: The service never sent a number.")
	i := slices.IndexFunc(r.Changes, func(c review.Change) bool { return c.Level == change.Text })
	_, err = openChange(r, r.Changes[i].ID)
	require.EqualError(t, err, "approve "+r.Changes[i].ID+": it needs no approval: the change is text")
	_, err = openChange(r, open.ID[:11]+"x")
	require.EqualError(t, err, "approve "+open.ID[:11]+"x: no change has this fingerprint; did you mean "+open.ID+"?")
}

// TestReviewOfRevisions reviews what was committed: the approval counts when it is, too,
// and the version follows the last tag before the base.
func TestReviewOfRevisions(t *testing.T) {
	t.Parallel()
	repo := gittest.New(t, map[string]string{"api/spec.yaml": reviewedBase})
	repo.Git("tag", "v1.4.0")
	repo.Git("switch", "--quiet", "--create=change")
	repo.Commit("change", map[string]string{"api/spec.yaml": reviewedHead})
	spec := filepath.Join(repo.Dir, "api", "spec.yaml")

	args := []string{"review", "main", "HEAD", "--spec", spec}
	code, _, stderr := specgen(args...)
	assert.Equal(t, cli.Findings, code)
	assert.Contains(t, stderr, "main:api/spec.yaml:9:")
	breaks := breaksOf(stderr)
	require.Len(t, breaks, 2)
	code, stdout, stderr := specgen(append(args, "--approve", strings.Join(breaks, ","), "--role", "owner", "--reason", "Nobody sends it.")...)
	require.Zero(t, code, stderr)
	assert.Contains(t, stdout, "/api/approvals.yaml: approved 2 breaks, 0 left")

	repo.Commit("approve", nil)
	code, stdout, stderr = specgen(args...)
	assert.Zero(t, code, stderr)
	assert.Contains(t, stdout, "Proposed version: **v2.0.0** (major, after `v1.4.0`)")
}
