package main

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/ackgen/ackgen/cmd/specgen/internal/approval"
	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/changelog"
	"github.com/ackgen/ackgen/cmd/specgen/internal/compare"
	"github.com/ackgen/ackgen/cmd/specgen/internal/release"
	"github.com/ackgen/ackgen/cmd/specgen/internal/revision"
	"github.com/ackgen/ackgen/generator/diag"
)

// compareVersions compares two commits, of which the first is empty for a first
// release.
func (a app) compareVersions(ctx context.Context, last, head string) (c release.Comparison, err error) {
	after, err := revision.Open(ctx, head+":", a.Spec)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, after.Close()) }()
	if after.Document.Tree == nil || !after.Document.Whole {
		return c, &diag.Error{Findings: after.Document.Findings}
	}
	if last != "" {
		if c.Changes, err = a.changesSince(ctx, last, after); err != nil {
			return c, err
		}
	}
	c.Groups = changelog.GroupsOf(after.Document.Tree)
	return c, accept(&c, after)
}

// changesSince returns what changed on the wire and in Go since a version.
func (a app) changesSince(ctx context.Context, last string, after *revision.Side) (changes []change.Change, err error) {
	before, err := revision.Open(ctx, last+":", a.Spec)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, before.Close()) }()
	result, err := compare.Sides(ctx, before, after, a.Progress)
	return result.Changes, err
}

// accept fills in which breaks people have accepted, and why.
func accept(c *release.Comparison, side *revision.Side) error {
	file := filepath.Join(side.Document.Dir, approval.FileName)
	approvals, findings, err := approval.Read(file, approval.FileName)
	if err != nil {
		return err
	}
	if len(findings) > 0 {
		return &diag.Error{Findings: findings}
	}
	c.Unapproved = approval.Unapproved(c.Changes, approvals)
	c.Reasons = map[string]string{}
	for _, accepted := range approvals {
		c.Reasons[accepted.Fingerprint] = accepted.Reason
	}
	return nil
}
