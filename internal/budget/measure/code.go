package measure

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/internal/budget/gofiles"
	"github.com/ackgen/ackgen/internal/budget/limits"
)

// Code counts lines and exported names of packages in a clone of the repository.
func Code(root string) (limits.Group, error) {
	g := limits.Group{
		Name:  "code",
		About: "Lines and exported names (those of methods, too) of packages without their tests.",
	}
	for _, p := range []struct {
		name, folder string
		lines, names int // slack
	}{
		{"sdk/ack", "sdk/ack", 100, 10},
		{"sdk/roa", "sdk/roa", 50, 0},
		{"a client of three operations", "testdata/consumer/internal/ack", 5, 0},
	} {
		found, err := count(filepath.Join(root, filepath.FromSlash(p.folder)))
		if err != nil {
			return g, err
		}
		g.Numbers = append(g.Numbers,
			limits.Number{Name: "lines of " + p.name, Value: found.Lines, Slack: p.lines},
			limits.Number{Name: "names of " + p.name, Value: found.Exported, Slack: p.names})
	}
	return g, nil
}

// count counts in the files of a folder that are no tests.
func count(folder string) (gofiles.Counts, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return gofiles.Counts{}, fmt.Errorf("list files: %w", err)
	}
	files = slices.DeleteFunc(files, func(file string) bool { return strings.HasSuffix(file, "_test.go") })
	if len(files) == 0 {
		return gofiles.Counts{}, fmt.Errorf("%s: has no Go files", folder)
	}
	return gofiles.Count(files)
}
