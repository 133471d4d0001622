package artifacts

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// materials returns the software bill of materials of binaries as CycloneDX: the
// commands, the modules that are linked into them, and the Go release that built them,
// all as the binaries themselves tell.
func materials(r Release, binaries []Binary) ([]byte, error) {
	main := cdx.Component{Type: cdx.ComponentTypeApplication, BOMRef: purl(r.Module, r.Version), Name: r.Module, Version: r.Version, PackageURL: purl(r.Module, r.Version)}
	components := map[string]cdx.Component{}
	needs := map[string]map[string]bool{main.BOMRef: {}}
	for _, b := range binaries {
		program := cdx.Component{Type: cdx.ComponentTypeApplication, Name: b.Name, Version: r.Version, BOMRef: main.BOMRef + "#" + strings.TrimPrefix(b.Info.Path, r.Module+"/")}
		program.PackageURL = program.BOMRef
		components[program.BOMRef] = program
		needs[main.BOMRef][program.BOMRef] = true
		if needs[program.BOMRef] == nil {
			needs[program.BOMRef] = map[string]bool{}
		}
		for _, c := range linked(b) {
			components[c.BOMRef] = c
			needs[program.BOMRef][c.BOMRef] = true
			if needs[c.BOMRef] == nil {
				needs[c.BOMRef] = map[string]bool{}
			}
		}
	}
	bom := cdx.NewBOM()
	bom.Metadata = &cdx.Metadata{Timestamp: r.Time.UTC().Format(time.RFC3339), Component: &main}
	list := make([]cdx.Component, 0, len(components))
	for _, ref := range slices.Sorted(maps.Keys(components)) {
		list = append(list, components[ref])
	}
	bom.Components = &list
	dependencies := make([]cdx.Dependency, 0, len(needs))
	for _, ref := range slices.Sorted(maps.Keys(needs)) {
		d := cdx.Dependency{Ref: ref}
		if on := slices.Sorted(maps.Keys(needs[ref])); len(on) > 0 {
			d.Dependencies = &on
		}
		dependencies = append(dependencies, d)
	}
	bom.Dependencies = &dependencies
	var b bytes.Buffer
	if err := cdx.NewBOMEncoder(&b, cdx.BOMFileFormatJSON).SetPretty(true).SetEscapeHTML(false).Encode(bom); err != nil {
		return nil, fmt.Errorf("write the bill of materials: %w", err)
	}
	return b.Bytes(), nil
}

// linked returns the modules and the standard library that a program holds.
func linked(b Binary) []cdx.Component {
	std := strings.TrimPrefix(b.Info.GoVersion, "go")
	out := []cdx.Component{{Type: cdx.ComponentTypeLibrary, BOMRef: purl("std", std), Name: "std", Version: std, PackageURL: purl("std", std)}}
	for _, m := range b.Info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		out = append(out, library(m))
	}
	return out
}

func library(m *debug.Module) cdx.Component {
	c := cdx.Component{Type: cdx.ComponentTypeLibrary, BOMRef: purl(m.Path, m.Version), Name: m.Path, Version: m.Version, PackageURL: purl(m.Path, m.Version)}
	// go.sum has the SHA-256 of the list of the files of a module, in base64.
	if sum, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(m.Sum, "h1:")); err == nil && len(sum) > 0 {
		c.Hashes = &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: hex.EncodeToString(sum)}}
	}
	return c
}

// purl is the package URL of a module.
func purl(path, version string) string {
	return "pkg:golang/" + path + "@" + strings.ReplaceAll(version, "+", "%2B")
}
