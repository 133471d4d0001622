package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
)

// sources are the modules whose documents are taken. Versions are exact, so that
// runs can be compared; deepmap/oapi-codegen is the last version of the generator
// whose zip holds its examples.
var sources = []string{
	"github.com/getkin/kin-openapi@v0.153.0",
	"github.com/oapi-codegen/oapi-codegen/v2@v2.8.2",
	"github.com/deepmap/oapi-codegen@v1.12.4",
	"github.com/ogen-go/ogen@v1.24.0",
	"github.com/pb33f/libopenapi@v0.42.4",
	"github.com/speakeasy-api/openapi@v1.24.0",
	"github.com/oasdiff/oasdiff@v1.37.0",
}

// module is a module in the module cache.
type module struct {
	Path, Version, Dir, Error string
}

// download brings the modules of sources into the module cache.
func download(ctx context.Context) ([]module, error) {
	out, err := exec.CommandContext(ctx, "go", append([]string{"mod", "download", "-json"}, sources...)...).Output() //nolint:gosec // G204: the list above
	dec := json.NewDecoder(bytes.NewReader(out))
	var modules []module
	for dec.More() {
		var m module
		if err := dec.Decode(&m); err != nil {
			return nil, fmt.Errorf("read what go mod download prints: %w", err)
		}
		if m.Error != "" {
			return nil, fmt.Errorf("download %s@%s: %s", m.Path, m.Version, m.Error)
		}
		modules = append(modules, m)
	}
	if err != nil {
		return nil, fmt.Errorf("download modules: %w", err)
	}
	return modules, nil
}
