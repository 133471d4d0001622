package measure

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ackgen/ackgen/internal/budget/limits"
	"github.com/ackgen/ackgen/internal/budget/program"
)

// slackOfSize is large enough for what a fix adds, and small enough to see a new
// dependency.
const slackOfSize = 16 << 10

// Size builds the programs of testdata/size, which take space in a folder for a while.
func Size(ctx context.Context, root, folder string) (limits.Group, error) {
	g := limits.Group{
		Name:  "bytes",
		About: "Programs of testdata/size for linux/amd64: stripped, without cgo, with -trimpath. A limit has 16 KiB of room when it is written.",
	}
	module := filepath.Join(root, "testdata", "size")
	modFile, err := looseModule(root, module, folder)
	if err != nil {
		return g, fmt.Errorf("measure programs: %w", err)
	}
	for _, p := range []struct{ name, folder, tags string }{
		{"net/http and encoding/json", "./baseline", ""},
		{"one call", "./call", ""},
		{"ten calls", "./call", "ten"},
		{"net/http and encoding/json, all methods kept", "./baseline", "methods"},
		{"one call, all methods kept", "./call", "methods"},
		{"ten calls, all methods kept", "./call", "ten,methods"},
	} {
		size, err := program.Program{Module: module, Package: p.folder, Tags: p.tags, ModFile: modFile}.Size(ctx, folder)
		if err != nil {
			return g, err
		}
		g.Numbers = append(g.Numbers, limits.Number{Name: p.name, Value: int(size), Slack: slackOfSize})
	}
	return g, nil
}

// looseModule copies the go.mod and the go.sum of a module to where the go command may complete them: when the SDK gets a dependency, they
// lack it, and what it costs is to be told all the same. The SDK has the sums.
func looseModule(root, module, folder string) (file string, err error) {
	mod, err := os.ReadFile(filepath.Join(module, "go.mod"))
	if err != nil {
		return "", err
	}
	var sums []byte
	for _, from := range []string{module, root} {
		more, err := os.ReadFile(filepath.Join(from, "go.sum"))
		if err != nil {
			return "", err
		}
		sums = append(sums, more...)
	}
	to, err := os.OpenRoot(folder)
	if err != nil {
		return "", err
	}
	defer func() { _ = to.Close() }()
	if err := to.WriteFile("go.mod", mod, 0o600); err != nil {
		return "", err
	}
	return filepath.Join(folder, "go.mod"), to.WriteFile("go.sum", sums, 0o600)
}
