package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// targetFlags say what to generate, and so does a configuration.
var targetFlags = []string{"spec", "out", "package", "operations", "groups", "preset", "mocks", "overrides"}

// targets returns the packages to generate. Flags describe one; without them that is
// for a configuration to say, if there is one.
func (a *app) targets(flags *pflag.FlagSet) ([]*target, error) {
	i := slices.IndexFunc(targetFlags, flags.Changed)
	switch {
	case i >= 0 && flags.Changed("config"):
		return nil, fmt.Errorf("--config and --%s do not go together: the file says what to generate", targetFlags[i])
	case i < 0 && (flags.Changed("config") || exists(a.config)):
		return readConfig(a.config)
	}
	t, err := a.target(flags)
	return []*target{t}, err
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// target returns the package that the flags describe.
func (a *app) target(flags *pflag.FlagSet) (*target, error) {
	t := &target{spec: a.Spec, out: a.out, pkg: a.pkg, noMocks: !a.mocks, overrides: a.overrides}
	if !flags.Changed("spec") && !holdsSpec(a.Spec) {
		t.spec = ""
	}
	var fromPresets []name
	for _, list := range []struct {
		flag  string
		words []string
		to    *[]name
	}{{"operations", a.operations, &t.operations}, {"groups", a.groups, &t.groups}, {"preset", a.presets, &fromPresets}} {
		for _, word := range list.words {
			if word = strings.TrimSpace(word); word != "" {
				*list.to = append(*list.to, name{word, "--" + list.flag})
			}
		}
		// It may be a variable of a script that is not set, and would stand for all.
		if flags.Changed(list.flag) && len(*list.to) == 0 {
			return nil, fmt.Errorf("--%s is empty: leave it out to generate all operations", list.flag)
		}
	}
	return t, t.addPresets(fromPresets)
}

// addPresets adds the operations of presets.
func (t *target) addPresets(names []name) error {
	var errs []error
	for _, preset := range names {
		ids, err := presetOperations(preset)
		errs = append(errs, err)
		t.operations = append(t.operations, ids...)
	}
	return errors.Join(errs...)
}
