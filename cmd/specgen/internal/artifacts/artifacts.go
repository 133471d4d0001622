// Package artifacts builds the commands of a module for the systems that people use,
// and packs them for a release: archives, checksums, and a list of what is inside.
// The same commit makes the same bytes, wherever it is built.
//
// It may import its sibling command, cyclonedx-go, golang.org/x/mod and the standard library.
package artifacts

import (
	"context"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/module"

	"github.com/ackgen/ackgen/cmd/specgen/internal/command"
)

// Platform is an operating system and a processor, as Go names them.
type Platform struct{ OS, Arch string }

// Platforms returns the platforms of a release.
func Platforms() []Platform {
	var out []Platform
	for _, system := range []string{"darwin", "linux", "windows"} {
		for _, arch := range []string{"amd64", "arm64"} {
			out = append(out, Platform{system, arch})
		}
	}
	return out
}

// Binary is a command built for a platform.
type Binary struct {
	Platform
	// Name is the name of the command.
	Name string
	// Path is its file.
	Path string
	// Info says what it was built from.
	Info *buildinfo.BuildInfo
}

// Build builds the commands below cmd of the module in the folder dir into the folder
// out. Every one of them has to say that it is the version, which Go reads from the tag
// of the commit.
func Build(ctx context.Context, dir, out, version string, platforms []Platform) ([]Binary, error) {
	names, err := commands(ctx, dir)
	if err != nil {
		return nil, err
	}
	var binaries []Binary
	for _, p := range platforms {
		for _, pkg := range names {
			b, err := build(ctx, dir, out, pkg, p)
			if err != nil {
				return nil, err
			}
			if b.Info.Main.Version != version {
				return nil, fmt.Errorf("build %s for %s: the program says that it is %q, not %s: is the tag on the commit, and is the tree clean?", b.Name, p, b.Info.Main.Version, version)
			}
			binaries = append(binaries, b)
		}
	}
	return binaries, nil
}

// String returns the platform as in linux/amd64.
func (p Platform) String() string { return p.OS + "/" + p.Arch }

// commands returns the import paths of the commands of a module.
func commands(ctx context.Context, dir string) ([]string, error) {
	out, err := command.Run(ctx, command.Command{Dir: dir, Env: []string{"GOWORK=off"}, Args: []string{"go", "list", "-f", `{{if eq .Name "main"}}{{.ImportPath}}{{end}}`, "./cmd/..."}})
	if err != nil {
		return nil, fmt.Errorf("list the commands: %w", err)
	}
	names := strings.Fields(out)
	if len(names) == 0 {
		return nil, errors.New("list the commands: there is none below cmd")
	}
	return names, nil
}

func build(ctx context.Context, dir, out, pkg string, p Platform) (Binary, error) {
	b := Binary{Platform: p, Name: path.Base(pkg)}
	b.Path = filepath.Join(out, p.OS+"_"+p.Arch, b.Name)
	if p.OS == "windows" {
		b.Path += ".exe"
	}
	_, err := command.Run(ctx, command.Command{
		Dir: dir,
		// What the machine prefers must not get into the program.
		Env: []string{
			"GOOS=" + p.OS, "GOARCH=" + p.Arch, "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off", "GOEXPERIMENT=",
			"GOAMD64=v1", "GOARM64=v8.0",
		},
		Args: []string{"go", "build", "-trimpath", "-buildvcs=true", "-ldflags=-s -w", "-o", b.Path, pkg},
	})
	if err != nil {
		return b, fmt.Errorf("build %s for %s: %w", b.Name, p, err)
	}
	if b.Info, err = buildinfo.ReadFile(b.Path); err != nil {
		return b, fmt.Errorf("build %s for %s: %w", b.Name, p, err)
	}
	return b, nil
}

// Compare checks that two builds made the same bytes.
func Compare(first, second []Binary) error {
	if len(first) != len(second) {
		return fmt.Errorf("compare the builds: one made %d programs and the other %d", len(first), len(second))
	}
	for i, b := range first {
		one, err := sum(b.Path)
		if err != nil {
			return err
		}
		two, err := sum(second[i].Path)
		if err != nil {
			return err
		}
		if one != two {
			return fmt.Errorf("compare the builds: %s for %s differs: %s and %s", b.Name, b.Platform, one, two)
		}
	}
	return nil
}

func sum(file string) (string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("make the checksum: %w", err)
	}
	digest := sha256.Sum256(data)
	return hex.EncodeToString(digest[:]), nil
}

// Release is what archives are called after, and dated with.
type Release struct {
	// Module is the path of the module.
	Module string
	// Version is the version with its v.
	Version string
	// Time is that of the commit.
	Time time.Time
}

// stem is how the names of all files begin.
func (r Release) stem() string {
	prefix, _, _ := module.SplitPathVersion(r.Module)
	return path.Base(prefix) + "_" + r.Version
}

// Sums is the name of the file with the checksums.
const Sums = "SHA256SUMS"

// Write packs binaries, sorted by platform, into an archive for each platform, together
// with the files of texts, and writes the software bill of materials and the checksums
// of all into the folder out. It returns the names of the files.
func Write(out string, r Release, binaries []Binary, texts []string) ([]string, error) {
	var names []string
	for i, b := range binaries {
		if i > 0 && b.Platform == binaries[i-1].Platform {
			continue
		}
		same := slices.DeleteFunc(slices.Clone(binaries), func(o Binary) bool { return o.Platform != b.Platform })
		name, err := pack(out, r, same, texts)
		if err != nil {
			return nil, fmt.Errorf("pack for %s: %w", b.Platform, err)
		}
		names = append(names, name)
	}
	bill, err := materials(r, binaries)
	if err != nil {
		return nil, err
	}
	names = append(names, r.stem()+"_sbom.cdx.json")
	if err := os.WriteFile(filepath.Join(out, names[len(names)-1]), bill, shared); err != nil {
		return nil, fmt.Errorf("write the bill of materials: %w", err)
	}
	return writeSums(out, names)
}

// shared are the rights of files that others are meant to read.
const shared = 0o644

func writeSums(out string, names []string) ([]string, error) {
	var lines strings.Builder
	for _, name := range names {
		digest, err := sum(filepath.Join(out, name))
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&lines, "%s  %s\n", digest, name)
	}
	if err := os.WriteFile(filepath.Join(out, Sums), []byte(lines.String()), shared); err != nil {
		return nil, fmt.Errorf("write the checksums: %w", err)
	}
	return append(names, Sums), nil
}
