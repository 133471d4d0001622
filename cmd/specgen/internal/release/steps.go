package release

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/ackgen/ackgen/cmd/internal/cli"
)

// step is one thing that a release does.
type step struct {
	name string
	run  func(context.Context) error
	// undo takes the step back. A step that works in the temporary folder needs none.
	undo func(context.Context) error
	// preview steps are carried out by a dry run, too.
	preview bool
	// more says that the next step may find more to refuse: all of it is told at once.
	more bool
}

// steps lists what a release does. The dry run prints the list that a release carries out.
func (r *run) steps() []step {
	list := []step{
		{name: "look at branch, tree and tags of the repository", run: r.inspect, preview: true, more: true},
		{name: "compare the last version with HEAD and decide the next one", run: r.compare, preview: true},
		{name: "clone the commit into a temporary folder", run: r.clone, preview: true},
		{name: "generate there with " + words(r.Generate) + ": nothing may change", run: r.checkFresh, preview: true},
		{name: "set the version where it is named", run: r.setVersions, preview: true},
		{name: "move notes and changes into the section of CHANGELOG.md", run: r.writeChangelog, preview: true},
		{name: "empty the list of approvals, which the section tells of", run: r.clearApprovals, preview: true},
		{name: "generate with the new version", run: r.regenerate, preview: true},
		{name: "commit and tag in the clone", run: r.commit},
		{name: "generate in a second clone elsewhere: the same bytes", run: r.regenerateElsewhere},
		{name: "test the second clone with " + words(r.Test), run: r.test},
	}
	if r.Artifacts != "" {
		list = append(list, r.buildStep(), r.deliverStep())
	}
	list = append(list, step{name: "bring commit and tag into the repository", run: r.bringHome, undo: r.takeBackHome})
	if r.mode == Push || r.mode == DryRun && r.Remote != "" {
		push := step{name: "push branch and tag at once to " + r.Remote, run: r.push}
		if r.mode == DryRun {
			push.name += ", if --push is given"
		}
		list = append(list, push)
	}
	return list
}

func (r *run) buildStep() step {
	return step{name: "build the commands in both clones for " + cli.Count(len(r.Platforms), "platform") + ": the same bytes", run: r.build}
}

func (r *run) deliverStep() step {
	return step{name: "write archives, checksums and bill of materials to " + filepath.ToSlash(r.Artifacts), run: r.deliver, undo: r.takeBackArtifacts}
}

func words(command []string) string { return strings.Join(command, " ") }
