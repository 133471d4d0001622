package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/internal/spell"
	"github.com/ackgen/ackgen/internal/visible"
)

// configName is the file that is read when no flag says what to generate.
const configName = "ackgen.yaml"

// The keys of a configuration, and those of a package in it.
var (
	configKeys  = []string{"packages"}
	packageKeys = []string{"out", "package", "spec", "operations", "groups", "presets", "mocks", "overrides"}
)

// readConfig returns the packages of a configuration. The error lists everything that
// is wrong in it, with positions.
func readConfig(path string) ([]*target, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no %s: codegen init %[1]s writes one", path)
	}
	if err != nil {
		return nil, fmt.Errorf("read the configuration: %w", err)
	}
	return parseConfig(path, data)
}

// parseConfig returns the packages that a text describes.
func parseConfig(path string, data []byte) ([]*target, error) {
	shown := filepath.ToSlash(path)
	var broken diag.List
	c := &config{dir: filepath.Dir(path), files: yamlsrc.Files{}}
	root := c.files.Parse(shown, data, &broken)
	for _, f := range broken.Sorted() {
		c.faults = append(c.faults, f.Pos.String()+": "+f.Message)
	}
	var targets []*target
	if root != nil {
		targets = c.packages(root)
	}
	if len(c.faults) > 0 {
		return nil, errors.New("the configuration has faults:\n" + strings.Join(c.faults, "\n"))
	}
	return targets, nil
}

// config reads one configuration.
type config struct {
	dir    string // paths begin there
	files  yamlsrc.Files
	faults []string
}

func (c *config) fault(n *yaml.Node, format string, args ...any) {
	c.faults = append(c.faults, c.place(n)+": "+visible.Escaped(fmt.Sprintf(format, args...)))
}

func (c *config) place(n *yaml.Node) string { return c.files.Pos(n).String() }

// packages reads the whole document.
func (c *config) packages(root *yaml.Node) []*target {
	if !c.keys(root, configKeys, "the configuration") {
		return nil
	}
	list := yamlsrc.Value(root, "packages")
	switch {
	case list == nil:
		c.fault(root, "packages is missing: list the packages to generate, each with the folder out")
		return nil
	case list.Kind != yaml.SequenceNode || len(list.Content) == 0:
		c.fault(list, "packages is not a list of packages: begin each with - out: and its folder")
		return nil
	}
	var out []*target
	for _, n := range list.Content {
		if t := c.target(n); t != nil {
			c.apart(n, t, out)
			out = append(out, t)
		}
	}
	return out
}

// apart reports a package that would be written to the folder of another.
func (c *config) apart(n *yaml.Node, t *target, others []*target) {
	for _, other := range others {
		for _, folder := range t.folders() {
			if slices.Contains(other.folders(), folder) {
				c.fault(yamlsrc.Value(n, "out"), "%s is a folder of another package already: give each its own", filepath.ToSlash(folder))
				return
			}
		}
	}
}

// keys reports whether a node is a mapping, and every key of it that is not known.
func (c *config) keys(n *yaml.Node, known []string, what string) bool {
	if n.Kind != yaml.MappingNode {
		c.fault(n, "%s must be a mapping; its keys are %s", what, strings.Join(known, ", "))
		return false
	}
	for key := range yamlsrc.Pairs(n) {
		if !slices.Contains(known, key.Value) {
			c.fault(key, "unknown key %s%s", key.Value, hintOr(key.Value, known, "keys"))
		}
	}
	return true
}

// hintOr proposes one of the known words, or lists them all.
func hintOr(word string, known []string, what string) string {
	if hint := spell.Hint(word, known); hint != "" {
		return hint
	}
	return "; the " + what + " are " + strings.Join(known, ", ")
}

// target reads one package.
func (c *config) target(n *yaml.Node) *target {
	if !c.keys(n, packageKeys, "a package") {
		return nil
	}
	t := &target{
		place: c.place(n), pkg: c.text(n, "package"), out: c.path(n, "out"), spec: c.path(n, "spec"),
		noMocks: !c.choice(n, "mocks", true), overrides: c.choice(n, "overrides", false),
		operations: c.names(n, "operations"), groups: c.names(n, "groups"),
	}
	if key, _ := yamlsrc.Get(n, "out"); key == nil {
		c.fault(n, "out is missing: it names the folder of the package")
		return nil
	}
	if err := t.addPresets(c.names(n, "presets")); err != nil {
		c.faults = append(c.faults, err.Error())
	}
	return t
}

// text returns the text below a key, or "" when there is none.
func (c *config) text(n *yaml.Node, key string) string {
	v := yamlsrc.Value(n, key)
	if v == nil {
		return ""
	}
	return c.word(v, key)
}

// word returns a text that is not empty.
func (c *config) word(v *yaml.Node, what string) string {
	if v.Kind != yaml.ScalarNode || v.ShortTag() != "!!str" || strings.TrimSpace(v.Value) == "" {
		c.fault(v, "%s is not a text, or empty", what)
	}
	return v.Value
}

// path returns a path, which begins at the configuration.
func (c *config) path(n *yaml.Node, key string) string {
	path := filepath.FromSlash(c.text(n, key))
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(c.dir, path)
}

func (c *config) names(n *yaml.Node, key string) []name {
	list := yamlsrc.Value(n, key)
	switch {
	case list == nil:
		return nil
	case list.Kind != yaml.SequenceNode:
		c.fault(list, "%s is not a list", key)
		return nil
	case len(list.Content) == 0:
		c.fault(list, "%s is empty: leave it out, or name some", key)
	}
	var out []name
	for _, v := range list.Content {
		out = append(out, name{text: c.word(v, "an item of "+key), place: c.place(v)})
	}
	return out
}

// choice returns whether the value below a key is true, or what holds without it.
func (c *config) choice(n *yaml.Node, key string, otherwise bool) bool {
	v := yamlsrc.Value(n, key)
	if v == nil {
		return otherwise
	}
	if v.ShortTag() != "!!bool" {
		c.fault(v, "%s is neither true nor false", key)
	}
	return strings.EqualFold(v.Value, "true")
}
