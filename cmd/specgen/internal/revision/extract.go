package revision

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"

	"github.com/ackgen/ackgen/cmd/specgen/internal/git"
)

// extract writes the files of a commit into a folder.
func extract(ctx context.Context, repo git.Repo, commit, dir string) error {
	archive, w := io.Pipe()
	go func() { w.CloseWithError(repo.Stream(ctx, nil, w, "archive", "--format=tar", commit)) }()
	err := unpack(archive, dir)
	if err == nil {
		_, err = io.Copy(io.Discard, archive) // the end may tell that git failed
	}
	_ = archive.CloseWithError(err) // it always succeeds
	return err
}

// unpack writes the files of an archive into a folder, and nowhere else. Links that lead
// out of the folder are left out: what is there is no part of the revision.
func unpack(archive io.Reader, dir string) (err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open the folder: %w", err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	var links []*tar.Header
	for files := tar.NewReader(archive); ; {
		h, err := files.Next()
		if errors.Is(err, io.EOF) {
			return link(root, links)
		}
		if err != nil {
			return fmt.Errorf("read the archive: %w", err)
		}
		switch h.Typeflag {
		case tar.TypeSymlink:
			links = append(links, h)
		case tar.TypeReg:
			if err := writeFile(root, path.Clean(h.Name), files); err != nil {
				return err
			}
		}
	}
}

// link makes links, and takes those away again that lead nowhere or out of the folder.
// That can be told when all are there.
func link(root *os.Root, links []*tar.Header) error {
	for _, h := range links {
		if err := root.MkdirAll(path.Dir(path.Clean(h.Name)), 0o700); err != nil {
			return fmt.Errorf("make the folder of a link: %w", err)
		}
		if err := root.Symlink(h.Linkname, path.Clean(h.Name)); err != nil {
			return fmt.Errorf("make a link: %w", err)
		}
	}
	for _, h := range links {
		if _, err := root.Stat(path.Clean(h.Name)); err == nil {
			continue
		}
		if err := root.Remove(path.Clean(h.Name)); err != nil {
			return fmt.Errorf("leave out a link: %w", err)
		}
	}
	return nil
}

func writeFile(root *os.Root, name string, content io.Reader) (err error) {
	if err := root.MkdirAll(path.Dir(name), 0o700); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	f, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("create the file: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := io.Copy(f, content); err != nil {
		return fmt.Errorf("write the file: %w", err)
	}
	return nil
}
