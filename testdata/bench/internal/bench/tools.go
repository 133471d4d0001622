package bench

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/ackgen/ackgen/testdata/bench/internal/report"
)

// Tool is a code generator of others.
type Tool struct{ Package, Version string }

// The generators that ours is measured beside.
var (
	OapiCodegen = Tool{"github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen", "v2.8.2"}
	Ogen        = Tool{"github.com/ogen-go/ogen/cmd/ogen", "v1.24.0"}
)

// official is the module of the typed SDK of the provider.
const official = "github.com/alibabacloud-go/cs-20151215/v7"

// Install builds the tool if it is not there yet, and returns the program.
func (t Tool) Install(ctx context.Context, set *Settings) (string, error) {
	bin := filepath.Join(set.Root, ".tmp", "bin")
	built := filepath.Join(bin, path.Base(t.Package))
	program := built + "-" + t.Version
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	if _, err := Command(ctx, set.Root, "env", "GOBIN="+bin, "go", "install", t.Package+"@"+t.Version); err != nil {
		return "", err
	}
	return program, os.Rename(built, program)
}

// Versions are those of all that is measured beside ours.
func Versions(ctx context.Context) ([]report.Version, error) {
	version, err := Command(ctx, "", "go", "list", "-m", "-f", "{{.Version}}", official)
	return []report.Version{
		{Name: path.Base(OapiCodegen.Package), Version: OapiCodegen.Version},
		{Name: path.Base(Ogen.Package), Version: Ogen.Version},
		{Name: official, Version: strings.TrimSpace(version)},
	}, err
}
