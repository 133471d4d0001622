package goldentest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
)

// Compile builds packages that are not on the disk: it overlays their files on
// the module at root, so that they see its real packages. The names of files are
// slash-separated and relative to root. Compile keeps what it needs in scratch,
// an empty folder. The error holds what the compiler says.
//
// There is no "go vet", which wants to change to the folders of the packages.
func Compile(ctx context.Context, root, scratch string, files Set) error {
	root, err := filepath.Abs(root)
	if err != nil {
		return fmt.Errorf("compile golden files: %w", err)
	}
	replace := map[string]string{}
	var packages []string
	for name, content := range files {
		tmp := filepath.Join(scratch, filepath.FromSlash(name))
		if err := write(tmp, content); err != nil {
			return fmt.Errorf("compile golden files: %w", err)
		}
		replace[filepath.Join(root, filepath.FromSlash(name))] = tmp
		packages = append(packages, "./"+path.Dir(name))
	}
	slices.Sort(packages)
	overlay := filepath.Join(scratch, "overlay.json")
	content, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return fmt.Errorf("compile golden files: %w", err)
	}
	if err := os.WriteFile(overlay, content, 0o600); err != nil {
		return fmt.Errorf("compile golden files: %w", err)
	}
	args := append([]string{"build", "-overlay=" + overlay}, slices.Compact(packages)...)
	cmd := exec.CommandContext(ctx, "go", args...) //nolint:gosec // the arguments are our own
	cmd.Dir = root
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("compile golden files: %w\n%s", err, out)
	}
	return nil
}
