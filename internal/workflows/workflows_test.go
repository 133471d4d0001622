// Package workflows_test holds what a workflow of this repository may do: it calls make
// targets that run on any machine, gets no right that it does not need, and lets no
// text of others into a shell.
package workflows_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

const root = "../.."

// workflow is what the tests look at.
type workflow struct {
	On          yaml.Node         `yaml:"on"`
	Permissions map[string]string `yaml:"permissions"`
	Concurrency struct {
		Group  string `yaml:"group"`
		Cancel string `yaml:"cancel-in-progress"`
	} `yaml:"concurrency"`
	Jobs map[string]job `yaml:"jobs"`
}

type job struct {
	If          string            `yaml:"if"`
	RunsOn      string            `yaml:"runs-on"`
	Timeout     int               `yaml:"timeout-minutes"`
	Permissions map[string]string `yaml:"permissions"`
	Steps       []step            `yaml:"steps"`
}

type step struct {
	Uses string            `yaml:"uses"`
	If   string            `yaml:"if"`
	Run  string            `yaml:"run"`
	With map[string]string `yaml:"with"`
	Env  map[string]string `yaml:"env"`
}

func read(t *testing.T) map[string]workflow {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, ".github", "workflows", "*"))
	require.NoError(t, err)
	out := map[string]workflow{}
	for _, f := range files {
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		var w workflow
		require.NoError(t, yaml.Unmarshal(text, &w), f)
		out[filepath.Base(f)] = w
	}
	return out
}

// rights are all that the jobs of the workflows have, beside none.
var rights = map[string]map[string]string{
	"ci.yml":      {"contents": "read"},
	"review.yml":  {"contents": "read"},
	"comment.yml": {"actions": "read", "contents": "read", "pull-requests": "write"},
	"drift.yml":   {"contents": "write", "pull-requests": "write"},
	"release.yml": {"contents": "write"},
	"vulns.yml":   {"contents": "read"},
}

// TestRights holds that a workflow has no right, and a job those that the table has.
func TestRights(t *testing.T) {
	t.Parallel()
	workflows := read(t)
	require.Len(t, workflows, len(rights))
	for name, w := range workflows {
		assert.NotNil(t, w.Permissions, "%s must begin without a right: permissions: {}", name)
		assert.Empty(t, w.Permissions, name)
		assert.NotEmpty(t, w.Concurrency.Group, name)
		assert.NotEmpty(t, w.Concurrency.Cancel, name)
		for id, j := range w.Jobs {
			assert.Equal(t, rights[name], j.Permissions, "%s: %s", name, id)
			assert.Positive(t, j.Timeout, "%s: %s has no timeout", name, id)
			assert.NotContains(t, j.RunsOn, "latest", "%s: %s", name, id)
		}
	}
}

// writes reports whether a job has a right to write.
func (j job) writes() bool {
	for _, right := range j.Permissions {
		if right == "write" {
			return true
		}
	}
	return false
}

// TestUntrustedCode holds that code of a pull request never runs with a right to write
// or with a token on disk.
func TestUntrustedCode(t *testing.T) {
	t.Parallel()
	for name, w := range read(t) {
		var events []string
		if w.On.Kind == yaml.MappingNode {
			for i := 0; i < len(w.On.Content); i += 2 {
				events = append(events, w.On.Content[i].Value)
			}
		}
		require.NotEmpty(t, events, "%s: write the events as a mapping", name)
		assert.NotContains(t, events, "pull_request_target", name)
		for id, j := range w.Jobs {
			if slices.Contains(events, "pull_request") {
				assert.False(t, j.writes(), "%s: %s", name, id)
			}
			for _, s := range j.Steps {
				if !strings.HasPrefix(s.Uses, "actions/checkout@") {
					continue
				}
				if name != "drift.yml" && name != "release.yml" { // which push
					assert.Equal(t, "false", s.With["persist-credentials"], "%s: %s", name, id)
				}
				if slices.Contains(events, "workflow_run") {
					assert.NotContains(t, s.With, "ref", "%s: %s must check out the main branch", name, id)
					assert.NotContains(t, s.With, "repository", "%s: %s must check out the main branch", name, id)
				}
			}
		}
	}
}

var (
	exactTag = regexp.MustCompile(`^actions/[a-z-]+@(v\d+\.\d+\.\d+|[0-9a-f]{40})$`)
	call     = regexp.MustCompile(`^make ([a-z][a-z-]*)( [A-Z]+=[A-Za-z0-9^.-]+)*$`)
	target   = regexp.MustCompile(`(?m)^([a-z][a-z-]*):`)
)

// TestSteps holds that actions are pinned, and that what runs is a make target, with
// nothing in it that comes from elsewhere.
func TestSteps(t *testing.T) {
	t.Parallel()
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	require.NoError(t, err)
	var targets []string
	for _, m := range target.FindAllStringSubmatch(string(makefile), -1) {
		targets = append(targets, m[1])
	}
	for name, w := range read(t) {
		for id, j := range w.Jobs {
			for _, s := range j.Steps {
				if s.Uses != "" {
					assert.Regexp(t, exactTag, s.Uses, "%s: %s", name, id)
					assert.Empty(t, s.Run)
					continue
				}
				if s.Run == ".ci/run" {
					continue
				}
				m := call.FindStringSubmatch(s.Run)
				require.NotNil(t, m, "%s: %s runs %q: make it a make target", name, id, s.Run)
				assert.Contains(t, targets, m[1], "%s: %s", name, id)
			}
		}
	}
}

// TestPins holds that every pin by a tag says so.
func TestPins(t *testing.T) {
	t.Parallel()
	for name := range read(t) {
		text, err := os.ReadFile(filepath.Join(root, ".github", "workflows", name))
		require.NoError(t, err)
		if strings.Contains(string(text), "@v") {
			assert.Contains(t, string(text), "pinned by exact tags, as their commits were not looked up", name)
		}
	}
}
