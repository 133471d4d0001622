package release

import (
	"context"
	"strings"

	"golang.org/x/mod/semver"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/changelog"
	"github.com/ackgen/ackgen/cmd/specgen/internal/version"
)

// compare decides the version, and whether there is anything to release.
func (r *run) compare(ctx context.Context) error {
	c, err := r.Compare(ctx, r.plan.Last, r.plan.Commit)
	if err != nil {
		return err
	}
	r.plan.Counts = map[string]int{}
	for _, ch := range c.Changes {
		r.plan.Counts[ch.Level.String()]++
	}
	for _, ch := range c.Unapproved {
		r.refuse("nobody has approved the break %s: %s: run specgen review %s HEAD to see and approve it", ch.Fingerprint(), strings.TrimSuffix(ch.Message, "."), r.plan.Last)
	}
	if r.file == nil {
		return nil // which is refused already
	}
	decision, err := version.Decide(r.plan.Last, r.reasons(c.Changes))
	if err != nil {
		return err
	}
	if decision.Bump == version.NoChange {
		r.refuse("there is nothing to release since %s: no change of the API, and no note below %q in %s", r.plan.Last, changelog.Unreleased, logFile)
		return nil
	}
	r.plan.Version, r.plan.Forcing = decision.Next, decision.Forcing
	r.chooseVersion()
	r.plan.Section = changelog.Section(changelog.Content{
		Version: r.plan.Version, Date: r.Date.Format("2006-01-02"), Notes: r.file.Notes(),
		Changes: c.Changes, Reasons: c.Reasons, Groups: c.Groups, Retracted: r.retracted,
	})
	return r.checkVersion(ctx)
}

// reasons are the changes, or else what people have written of changes that no comparison
// sees, such as a fault that was mended.
func (r *run) reasons(changes []change.Change) []change.Change {
	switch {
	case len(changes) > 0:
		return changes
	case len(r.retracted) > 0:
		return []change.Change{{Level: change.Text, Subject: "go.mod", Message: "go.mod retracts " + r.retracted[0].Versions}}
	case r.file.Notes() != "":
		return []change.Change{{Level: change.Text, Subject: logFile, Message: logFile + " has notes below " + changelog.Unreleased}}
	default:
		return nil
	}
}

// chooseVersion takes the version that people ask for, if it promises no less than the
// changes allow.
func (r *run) chooseVersion() {
	switch {
	case r.As == "":
	case !isVersion(r.As):
		r.refuse("%q is not a version: --as takes one such as v1.0.0", r.As)
	case semver.Compare(r.As, r.plan.Version) < 0:
		r.refuse("the changes ask for %s: --as takes no version below it, and not %s", r.plan.Version, r.As)
	default:
		r.plan.Version = r.As
	}
}

func (r *run) checkVersion(ctx context.Context) error {
	if r.module != "" {
		if err := version.CheckPath(r.module, r.plan.Version); err != nil {
			r.refuse("%s", err)
		}
	}
	lines, err := r.repo.Lines(ctx, "tag", "--list", "--", r.plan.Version)
	if len(lines) > 0 {
		r.refuse("the tag %s exists already, on a commit that HEAD does not have: a tag never moves", r.plan.Version)
	}
	return err
}
