package calls

import (
	"context"
	"path/filepath"

	"github.com/ackgen/ackgen/testdata/bench/internal/bench"
)

// generate makes the clients of other generators out of our bundle.
func generate(ctx context.Context, set *bench.Settings) error {
	bundle := filepath.Join(set.Root, "spec", "openapi.yaml")
	oapi, err := bench.OapiCodegen.Install(ctx, set)
	if err != nil {
		return err
	}
	ogen, err := bench.Ogen.Install(ctx, set)
	if err != nil {
		return err
	}
	folder := filepath.Join(set.Module(), "internal")
	if _, err := bench.Command(ctx, filepath.Join(folder, "oapi"), oapi, "-config", "oapi.yaml", "-o", "client_gen.go", bundle); err != nil {
		return err
	}
	_, err = bench.Command(ctx, filepath.Join(folder, "ogen"), ogen, "--config", "ogen.yaml", "--target", ".", "--package", "ogen", "--clean", bundle)
	return err
}
