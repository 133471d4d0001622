package measure

import (
	"context"
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
	for _, p := range []struct{ name, folder, tags string }{
		{"net/http and encoding/json", "./baseline", ""},
		{"one call", "./call", ""},
		{"ten calls", "./call", "ten"},
		{"net/http and encoding/json, all methods kept", "./baseline", "methods"},
		{"one call, all methods kept", "./call", "methods"},
		{"ten calls, all methods kept", "./call", "ten,methods"},
	} {
		size, err := program.Program{Module: filepath.Join(root, "testdata", "size"), Package: p.folder, Tags: p.tags}.Size(ctx, folder)
		if err != nil {
			return g, err
		}
		g.Numbers = append(g.Numbers, limits.Number{Name: p.name, Value: int(size), Slack: slackOfSize})
	}
	return g, nil
}
