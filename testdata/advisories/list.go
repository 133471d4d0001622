package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"
)

// An entry holds the facts of an advisory that govulncheck goes by, in the form of the database. The sentences stay there, at the address.
type entry struct {
	SchemaVersion string     `json:"schema_version"`
	ID            string     `json:"id"`
	Modified      time.Time  `json:"modified"`
	Published     time.Time  `json:"published"`
	Aliases       []string   `json:"aliases,omitempty"`
	Affected      []affected `json:"affected"`
	Database      struct {
		URL string `json:"url"`
	} `json:"database_specific"`
}

type affected struct {
	Package struct {
		Name      string `json:"name"`
		Ecosystem string `json:"ecosystem"`
	} `json:"package"`
	Ranges []struct {
		Type   string  `json:"type"`
		Events []event `json:"events"`
	} `json:"ranges"`
	Specific struct {
		Imports []struct {
			Path    string   `json:"path"`
			GOOS    []string `json:"goos,omitempty"`
			GOARCH  []string `json:"goarch,omitempty"`
			Symbols []string `json:"symbols,omitempty"`
		} `json:"imports,omitempty"`
	} `json:"ecosystem_specific"`
}

type event struct {
	Introduced string `json:"introduced,omitempty"`
	Fixed      string `json:"fixed,omitempty"`
}

// What follows is the index of a database.
type (
	state struct {
		Modified time.Time `json:"modified"`
	}
	module struct {
		Path            string       `json:"path"`
		Vulnerabilities []moduleVuln `json:"vulns"`
	}
	moduleVuln struct {
		ID       string    `json:"id"`
		Modified time.Time `json:"modified"`
		Fixed    string    `json:"fixed,omitempty"`
	}
	vuln struct {
		ID       string    `json:"id"`
		Modified time.Time `json:"modified"`
		Aliases  []string  `json:"aliases,omitempty"`
	}
)

// stdlib is the name of the standard library in the database.
const stdlib = "stdlib"

// modulesOf returns the modules that a repository needs, in the root and below testdata, with the standard library.
func modulesOf(root string) (map[string]bool, error) {
	files, err := filepath.Glob(filepath.Join(root, "testdata", "*", "go.mod"))
	if err != nil {
		return nil, fmt.Errorf("find modules: %w", err)
	}
	modules := map[string]bool{stdlib: true}
	for _, name := range append(files, filepath.Join(root, "go.mod")) {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read modules: %w", err)
		}
		file, err := modfile.ParseLax(name, data, nil)
		if err != nil {
			return nil, fmt.Errorf("read modules: %w", err)
		}
		for _, r := range file.Require {
			modules[r.Mod.Path] = true
		}
	}
	return modules, nil
}

// ofModules returns an entry without what is affected of other modules.
func (e entry) ofModules(modules map[string]bool) entry {
	e.Affected = slices.DeleteFunc(slices.Clone(e.Affected), func(a affected) bool { return !modules[a.Package.Name] })
	return e
}

// fixed returns the version from which on a module is no longer affected, or "" when the latest is.
func (a affected) fixed() string {
	latest := ""
	for _, r := range a.Ranges {
		if len(r.Events) == 0 || r.Events[len(r.Events)-1].Fixed == "" {
			return ""
		}
		latest = cmp.Or(latest, r.Events[len(r.Events)-1].Fixed)
		for _, e := range r.Events {
			if e.Fixed != "" && semver.Compare("v"+e.Fixed, "v"+latest) > 0 {
				latest = e.Fixed
			}
		}
	}
	return latest
}

// write writes entries as a database into a folder, in place of the one that is there.
func write(dir string, entries []entry) error {
	if len(entries) == 0 {
		return errors.New("write the list: the database has no advisory of our modules")
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.ID, b.ID) })
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("write the list: %w", err)
	}
	var last state
	byPath := map[string]*module{}
	vulns := make([]vuln, 0, len(entries))
	for _, e := range entries {
		if err := writeJSON(filepath.Join(dir, "ID", e.ID+".json"), e); err != nil {
			return err
		}
		if e.Modified.After(last.Modified) {
			last.Modified = e.Modified
		}
		vulns = append(vulns, vuln{e.ID, e.Modified, e.Aliases})
		for _, a := range e.Affected {
			m := byPath[a.Package.Name]
			if m == nil {
				m = &module{Path: a.Package.Name}
				byPath[m.Path] = m
			}
			m.Vulnerabilities = append(m.Vulnerabilities, moduleVuln{e.ID, e.Modified, a.fixed()})
		}
	}
	modules := make([]*module, 0, len(byPath))
	for _, m := range byPath {
		modules = append(modules, m)
	}
	slices.SortFunc(modules, func(a, b *module) int { return strings.Compare(a.Path, b.Path) })
	return errors.Join(
		writeJSON(filepath.Join(dir, "index", "db.json"), last),
		writeJSON(filepath.Join(dir, "index", "modules.json"), modules),
		writeJSON(filepath.Join(dir, "index", "vulns.json"), vulns),
	)
}

func writeJSON(file string, value any) error {
	data, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return fmt.Errorf("write the list: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return fmt.Errorf("write the list: %w", err)
	}
	if err := os.WriteFile(file, append(data, '\n'), 0o644); err != nil { //nolint:gosec // is public
		return fmt.Errorf("write the list: %w", err)
	}
	return nil
}
