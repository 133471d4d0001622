package artifacts

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// entry is a file of an archive.
type entry struct {
	name string
	path string
	mode int64
}

// pack writes the archive of a platform: a zip for Windows, and else a tar.gz. Owners,
// times and rights are the same wherever it is packed.
func pack(out string, r Release, binaries []Binary, texts []string) (string, error) {
	p := binaries[0].Platform
	folder := r.stem() + "_" + p.OS + "_" + p.Arch
	var entries []entry
	for _, b := range binaries {
		entries = append(entries, entry{folder + "/" + filepath.Base(b.Path), b.Path, 0o755})
	}
	for _, t := range texts {
		entries = append(entries, entry{folder + "/" + filepath.Base(t), t, 0o644})
	}
	name, write := folder+".tar.gz", writeTar
	if p.OS == "windows" {
		name, write = folder+".zip", writeZip
	}
	f, err := os.OpenFile(filepath.Join(out, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, shared)
	if err != nil {
		return "", err
	}
	return name, errors.Join(write(f, r.Time.UTC(), entries), f.Close())
}

func writeTar(w io.Writer, at time.Time, entries []entry) error {
	compressed := gzip.NewWriter(w)
	archive := tar.NewWriter(compressed)
	for _, e := range entries {
		data, err := os.ReadFile(e.path)
		if err != nil {
			return err
		}
		head := &tar.Header{Name: e.name, Size: int64(len(data)), Mode: e.mode, ModTime: at, Typeflag: tar.TypeReg, Format: tar.FormatUSTAR}
		if err := archive.WriteHeader(head); err != nil {
			return fmt.Errorf("add %s: %w", e.name, err)
		}
		if _, err := archive.Write(data); err != nil {
			return fmt.Errorf("add %s: %w", e.name, err)
		}
	}
	return errors.Join(archive.Close(), compressed.Close())
}

func writeZip(w io.Writer, at time.Time, entries []entry) error {
	archive := zip.NewWriter(w)
	for _, e := range entries {
		data, err := os.ReadFile(e.path)
		if err != nil {
			return err
		}
		head := &zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: at}
		head.SetMode(os.FileMode(e.mode)) //nolint:gosec // one of two constants
		file, err := archive.CreateHeader(head)
		if err != nil {
			return fmt.Errorf("add %s: %w", e.name, err)
		}
		if _, err := file.Write(data); err != nil {
			return fmt.Errorf("add %s: %w", e.name, err)
		}
	}
	return archive.Close()
}
