package generator

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"maps"
	"slices"

	"github.com/ackgen/ackgen/generator/output"
)

// sources are the texts that code is made of: that of the spec and, as they are read,
// those of the files that it refers to. Line ends are those of Unix in all of them, so
// that a checkout on Windows makes the same code.
type sources struct {
	fs.FS

	spec  []byte
	files map[string][]byte
}

func newSources(spec []byte, folder fs.FS) *sources {
	return &sources{FS: folder, spec: output.UnixLines(spec), files: map[string][]byte{}}
}

// folder returns what the spec may refer to, or nil.
func (s *sources) folder() fs.FS {
	if s.FS == nil {
		return nil
	}
	return s
}

// ReadFile implements [fs.ReadFileFS].
func (s *sources) ReadFile(name string) ([]byte, error) {
	text, err := fs.ReadFile(s.FS, name)
	if err != nil {
		return nil, err
	}
	s.files[name] = output.UnixLines(text)
	return s.files[name], nil
}

// sum returns the SHA-256 of everything that was read: of the spec alone, if it
// refers to no file, so that other tools find the same.
func (s *sources) sum() string {
	h := sha256.New()
	h.Write(s.spec)
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		h.Write([]byte("\x00" + name + "\x00"))
		h.Write(s.files[name])
	}
	return hex.EncodeToString(h.Sum(nil))
}
