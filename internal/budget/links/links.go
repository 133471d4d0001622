// Package links finds what a program links, and who brings it. It imports the standard
// library and, of its siblings, limits and program.
package links

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ackgen/ackgen/internal/budget/limits"
	"github.com/ackgen/ackgen/internal/budget/program"
)

// own is the module of the SDK.
const own = "github.com/ackgen/ackgen"

// linked is a package that a program links, as go list describes it.
type linked struct {
	ImportPath string
	Imports    []string
	Standard   bool
	Module     struct{ Path string }
}

// The lists of [Of].
const (
	Modules  = "modules"
	Packages = "packages"
	Standard = "further standard packages"
)

// A Program imports packages, beside others whose links do not count.
type Program struct {
	Name, About      string // of the group
	Packages, Beside []string
}

// Programs are those of the SDK: with the client alone, and with what gets keys and reads kubeconfigs, too.
func Programs() []Program {
	const client = "./sdk/ack"
	standard := []string{"net/http", "encoding/json"}
	return []Program{{
		Name: "links", Packages: []string{client}, Beside: standard,
		About: "What a program links that imports sdk/ack. Of the standard library these are packages beside those of net/http and encoding/json.",
	}, {
		Name: "links of the packages beside", Packages: []string{"./sdk/credentials", "./sdk/kubeconfig"}, Beside: append([]string{client}, standard...),
		About: "What it links more when it imports sdk/credentials and sdk/kubeconfig, too.",
	}}
}

// Of finds what a program links with packages of a clone of the repository.
func Of(ctx context.Context, root string, program Program) (limits.Group, error) {
	g := limits.Group{Name: program.Name, About: program.About}
	packages, err := deps(ctx, root, program.Packages...)
	if err != nil {
		return g, err
	}
	beside, err := deps(ctx, root, program.Beside...)
	if err != nil {
		return g, err
	}
	has := map[string]bool{}
	for _, p := range beside {
		has[p.ImportPath] = true
	}
	modules := limits.List{Name: Modules, Why: map[string]string{}}
	others := limits.List{Name: Packages, Why: map[string]string{}}
	standard := limits.List{Name: Standard, Why: map[string]string{}}
	for _, p := range packages {
		switch {
		case has[p.ImportPath]:
		case !p.Standard:
			add(&others, p.ImportPath, importer(packages, p.ImportPath))
			if p.Module.Path != own && !slices.Contains(modules.Items, p.Module.Path) {
				add(&modules, p.Module.Path, importerOfModule(packages, p.Module.Path))
			}
		case !internal(p.ImportPath):
			add(&standard, p.ImportPath, importer(packages, p.ImportPath))
		}
	}
	g.Lists = []limits.List{modules, others, standard}
	return g, nil
}

func add(l *limits.List, item, why string) {
	l.Items = append(l.Items, item)
	l.Why[item] = why
}

// internal tells whether a package of the standard library is one that only Go itself
// may import: which there are is not our doing.
func internal(path string) bool {
	return slices.ContainsFunc(strings.Split(path, "/"), func(part string) bool { return part == "internal" || part == "vendor" })
}

// importer tells who imports a package: one of ours if there is one.
func importer(packages []linked, path string) string {
	by := ""
	for _, p := range packages {
		if slices.Contains(p.Imports, path) && (by == "" || p.Module.Path == own) {
			by = p.ImportPath + " imports it"
		}
	}
	return by
}

// importerOfModule tells who imports a package of a module: one of ours if there is one.
func importerOfModule(packages []linked, module string) string {
	in := map[string]bool{}
	for _, p := range packages {
		in[p.ImportPath] = p.Module.Path == module
	}
	by := ""
	for _, p := range packages {
		at := slices.IndexFunc(p.Imports, func(path string) bool { return in[path] })
		if at >= 0 && p.Module.Path != module && (by == "" || p.Module.Path == own) {
			by = p.ImportPath + " imports " + p.Imports[at]
		}
	}
	return by
}

// deps lists packages with all that they need.
func deps(ctx context.Context, root string, patterns ...string) ([]linked, error) {
	args := append([]string{"list", "-deps", "-json=ImportPath,Imports,Standard,Module"}, patterns...)
	out, err := program.Go(ctx, root, args...)
	if err != nil {
		return nil, err
	}
	var all []linked
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p linked
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("read go list: %w", err)
		}
		all = append(all, p)
	}
}
