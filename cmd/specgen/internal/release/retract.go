package release

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
)

// Retract adds a retract directive for a version to the go.mod of the folder dir. It
// counts from the next release on, whose go.mod the Go tools read.
func Retract(dir, version, reason string) error {
	reason = strings.Join(strings.Fields(reason), " ")
	switch {
	case !isVersion(version):
		return fmt.Errorf("%q is not a version: name one such as v1.2.3", version)
	case reason == "":
		return errors.New("a retraction needs a reason, which the Go tools show to users: give one with --reason")
	}
	file := filepath.Join(dir, "go.mod")
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("retract %s: %w", version, err)
	}
	mod, err := modfile.Parse("go.mod", text, nil)
	if err != nil {
		return fmt.Errorf("retract %s: %w", version, err)
	}
	v := modfile.VersionInterval{Low: version, High: version}
	if slices.ContainsFunc(mod.Retract, func(r *modfile.Retract) bool { return r.VersionInterval == v }) {
		return fmt.Errorf("go.mod retracts %s already", version)
	}
	if err := mod.AddRetract(v, reason); err != nil {
		return fmt.Errorf("retract %s: %w", version, err)
	}
	mod.Cleanup()
	text, err = mod.Format()
	if err != nil {
		return fmt.Errorf("retract %s: %w", version, err)
	}
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return fmt.Errorf("retract %s: %w", version, err)
	}
	return nil
}
