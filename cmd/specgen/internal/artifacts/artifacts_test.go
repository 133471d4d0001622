package artifacts_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/artifacts"
	"github.com/ackgen/ackgen/cmd/specgen/internal/git/gittest"
)

func TestMain(m *testing.M) { os.Exit(gittest.Main(m)) } //nolint:forbidigo // the main of the tests

var release = artifacts.Release{Module: "example.com/pets/v2", Version: "v2.1.0", Time: time.Date(2026, 11, 27, 9, 8, 7, 0, time.FixedZone("", 3600))}

// binary makes a file that stands for a program, and what Go would know of it.
func binary(t *testing.T, p artifacts.Platform, name string) artifacts.Binary {
	t.Helper()
	file := name
	if p.OS == "windows" {
		file += ".exe"
	}
	path := filepath.Join(t.TempDir(), file)
	require.NoError(t, os.WriteFile(path, []byte("program "+name), 0o600))
	return artifacts.Binary{Platform: p, Name: name, Path: path, Info: &buildinfo.BuildInfo{
		GoVersion: "go1.26.8", Path: "example.com/pets/v2/cmd/" + name, Main: debug.Module{Path: "example.com/pets/v2", Version: "v2.1.0"},
		Deps: []*debug.Module{
			{Path: "example.com/one", Version: "v1.0.0+incompatible", Sum: "h1:AAECAw=="},
			{Path: "example.com/two", Version: "v0.1.0", Replace: &debug.Module{Path: "example.com/fork", Version: "v0.2.0"}},
		},
	}}
}

// write packs two programs for two platforms.
func write(t *testing.T) (dir string, names []string) {
	t.Helper()
	linux, windows := artifacts.Platform{OS: "linux", Arch: "arm64"}, artifacts.Platform{OS: "windows", Arch: "amd64"}
	binaries := []artifacts.Binary{binary(t, linux, "cat"), binary(t, linux, "dog"), binary(t, windows, "cat"), binary(t, windows, "dog")}
	license := filepath.Join(t.TempDir(), "LICENSE")
	require.NoError(t, os.WriteFile(license, []byte("none"), 0o600))
	dir = t.TempDir()
	names, err := artifacts.Write(dir, release, binaries, []string{license})
	require.NoError(t, err)
	return dir, names
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	return data
}

// TestWrite makes the same bytes twice, with a checksum each.
func TestWrite(t *testing.T) {
	t.Parallel()
	dir, names := write(t)
	assert.Equal(t, []string{"pets_v2.1.0_linux_arm64.tar.gz", "pets_v2.1.0_windows_amd64.zip", "pets_v2.1.0_sbom.cdx.json", "SHA256SUMS"}, names)
	again, _ := write(t)
	var sums strings.Builder
	for _, name := range names {
		data := read(t, filepath.Join(dir, name))
		assert.Equal(t, data, read(t, filepath.Join(again, name)), name)
		digest := sha256.Sum256(data)
		if name != artifacts.Sums {
			sums.WriteString(hex.EncodeToString(digest[:]) + "  " + name + "\n")
		}
	}
	assert.Equal(t, sums.String(), string(read(t, filepath.Join(dir, artifacts.Sums))))
}

// TestTar holds programs that can be run, dated with the commit and owned by nobody.
func TestTar(t *testing.T) {
	t.Parallel()
	dir, names := write(t)
	uncompressed, err := gzip.NewReader(bytes.NewReader(read(t, filepath.Join(dir, names[0]))))
	require.NoError(t, err)
	assert.True(t, uncompressed.ModTime.IsZero())
	archive := tar.NewReader(uncompressed)
	got := map[string]string{}
	for {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		data, err := io.ReadAll(archive)
		require.NoError(t, err)
		got[h.Name] = h.FileInfo().Mode().String() + " " + string(data)
		assert.True(t, release.Time.Equal(h.ModTime), h.ModTime)
		assert.Zero(t, h.Uid)
		assert.Empty(t, h.Uname)
	}
	assert.Equal(t, map[string]string{
		"pets_v2.1.0_linux_arm64/cat": "-rwxr-xr-x program cat", "pets_v2.1.0_linux_arm64/dog": "-rwxr-xr-x program dog",
		"pets_v2.1.0_linux_arm64/LICENSE": "-rw-r--r-- none",
	}, got)
}

// TestZip is the same for Windows.
func TestZip(t *testing.T) {
	t.Parallel()
	dir, names := write(t)
	archive, err := zip.OpenReader(filepath.Join(dir, names[1]))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, archive.Close()) })
	var got []string
	for _, f := range archive.File {
		got = append(got, f.Mode().String()+" "+f.Name)
		assert.True(t, release.Time.Equal(f.Modified), f.Modified)
		content, err := f.Open()
		require.NoError(t, err)
		data, err := io.ReadAll(content)
		require.NoError(t, err)
		assert.NotEmpty(t, data)
	}
	assert.Equal(t, []string{"-rwxr-xr-x pets_v2.1.0_windows_amd64/cat.exe", "-rwxr-xr-x pets_v2.1.0_windows_amd64/dog.exe", "-rw-r--r-- pets_v2.1.0_windows_amd64/LICENSE"}, got)
}

// TestMaterials lists what is linked, once, and what it is linked into.
func TestMaterials(t *testing.T) {
	t.Parallel()
	dir, names := write(t)
	var bom cdx.BOM
	require.NoError(t, cdx.NewBOMDecoder(bytes.NewReader(read(t, filepath.Join(dir, names[2]))), cdx.BOMFileFormatJSON).Decode(&bom))
	assert.Equal(t, "2026-11-27T08:08:07Z", bom.Metadata.Timestamp)
	assert.Equal(t, "pkg:golang/example.com/pets/v2@v2.1.0", bom.Metadata.Component.PackageURL)
	var got []string
	for _, c := range *bom.Components {
		line := string(c.Type) + " " + c.PackageURL
		if c.Hashes != nil {
			line += " " + (*c.Hashes)[0].Value
		}
		got = append(got, line)
	}
	assert.Equal(t, []string{
		"library pkg:golang/example.com/fork@v0.2.0",
		"library pkg:golang/example.com/one@v1.0.0%2Bincompatible 00010203",
		"application pkg:golang/example.com/pets/v2@v2.1.0#cmd/cat",
		"application pkg:golang/example.com/pets/v2@v2.1.0#cmd/dog",
		"library pkg:golang/std@1.26.8",
	}, got)
	got = nil
	for _, d := range *bom.Dependencies {
		line := d.Ref
		if d.Dependencies != nil {
			line += " needs " + strings.Join(*d.Dependencies, ", ")
		}
		got = append(got, strings.ReplaceAll(line, "pkg:golang/", ""))
	}
	assert.Equal(t, []string{
		"example.com/fork@v0.2.0", "example.com/one@v1.0.0%2Bincompatible",
		"example.com/pets/v2@v2.1.0 needs example.com/pets/v2@v2.1.0#cmd/cat, example.com/pets/v2@v2.1.0#cmd/dog",
		"example.com/pets/v2@v2.1.0#cmd/cat needs example.com/fork@v0.2.0, example.com/one@v1.0.0%2Bincompatible, std@1.26.8",
		"example.com/pets/v2@v2.1.0#cmd/dog needs example.com/fork@v0.2.0, example.com/one@v1.0.0%2Bincompatible, std@1.26.8",
		"std@1.26.8",
	}, got)
}

// TestCompare tells which program differs.
func TestCompare(t *testing.T) {
	t.Parallel()
	p := artifacts.Platform{OS: "linux", Arch: "amd64"}
	one, two := binary(t, p, "cat"), binary(t, p, "cat")
	require.NoError(t, artifacts.Compare([]artifacts.Binary{one}, []artifacts.Binary{two}))
	require.NoError(t, os.WriteFile(two.Path, []byte("other"), 0o600))
	require.ErrorContains(t, artifacts.Compare([]artifacts.Binary{one}, []artifacts.Binary{two}), "compare the builds: cat for linux/amd64 differs: ")
	require.ErrorContains(t, artifacts.Compare([]artifacts.Binary{one}, nil), "one made 1 programs and the other 0")
}

// TestBuild refuses programs that do not know their version, as those of a commit
// without its tag.
func TestBuild(t *testing.T) {
	t.Parallel()
	repo := gittest.New(t, map[string]string{
		"go.mod": "module example.com/pets\n\ngo 1.26.0\n", "cmd/cat/main.go": "package main\n\nfunc main() {}\n", "cmd/internal/a.go": "package internal\n",
	})
	here := []artifacts.Platform{{OS: runtime.GOOS, Arch: runtime.GOARCH}}
	_, err := artifacts.Build(t.Context(), repo.Dir, t.TempDir(), "v0.1.0", here)
	require.ErrorContains(t, err, "build cat for "+here[0].String()+": the program says that it is \"v0.0.0-")
	repo.Git("tag", "v0.1.0")
	binaries, err := artifacts.Build(t.Context(), repo.Dir, t.TempDir(), "v0.1.0", here)
	require.NoError(t, err)
	require.Len(t, binaries, 1)
	assert.Equal(t, "v0.1.0", binaries[0].Info.Main.Version)
	repo.Write(map[string]string{"cmd/cat/main.go": "package main\n\nfunc main() { println() }\n"})
	_, err = artifacts.Build(t.Context(), repo.Dir, t.TempDir(), "v0.1.0", here)
	require.ErrorContains(t, err, "v0.1.0+dirty")
}

// TestPlatforms are the six that people use.
func TestPlatforms(t *testing.T) {
	t.Parallel()
	var got []string
	for _, p := range artifacts.Platforms() {
		got = append(got, p.String())
	}
	assert.Equal(t, []string{"darwin/amd64", "darwin/arm64", "linux/amd64", "linux/arm64", "windows/amd64", "windows/arm64"}, got)
}
