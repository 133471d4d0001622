// Package wire compares what two specs say about requests and responses: with the
// checks of oasdiff, with checks of our own for the extensions, and with a walk over
// both documents that reports what no check knows, so that nothing is lost.
//
// It may import cmd/specgen/internal/change and document, generator/diag, load and
// load's oas and yamlsrc, internal/userinfo, kin-openapi, oasdiff and go.yaml.in/yaml/v3.
package wire

import (
	"context"
	"slices"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
	"github.com/ackgen/ackgen/generator/diag"
)

// Compare returns what differs between two specs, sorted. There is an entry for all
// that differs in more than the order of keys and files. The error is a [diag.Error]
// with the findings of both when a document is broken; then nothing is compared.
func Compare(ctx context.Context, base, head *document.Document) ([]change.Change, error) {
	var findings []diag.Finding
	b, found := open(ctx, base)
	findings = append(findings, found...)
	h, found := open(ctx, head)
	findings = append(findings, found...)
	if len(findings) > 0 {
		return nil, &diag.Error{Findings: findings}
	}
	return between(b, h)
}

// between returns what differs between two sides, sorted.
func between(b, h *side) ([]change.Change, error) {
	c := &comparison{
		base: b, head: h, pairs: map[[2]*object]bool{}, partner: map[*object]*object{},
		names: map[string]string{}, aliases: map[[2]*object]string{},
	}
	c.walk()
	judged, err := c.judge()
	if err != nil {
		return nil, err
	}
	changes := slices.Concat(judged, c.ours(), c.texts())
	changes = append(changes, c.rest(changes)...)
	changes = joinDeprecations(merge(joinMoved(changes)))
	change.Sort(changes)
	return changes, nil
}
