package gochange

import (
	"go/version"
	"os"
	"path/filepath"

	"golang.org/x/mod/modfile"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/generator/diag"
)

// moduleChanges tells what has changed in the go.mod of a module that programs notice.
func moduleChanges(b, h *side) []change.Change {
	var out []change.Change
	old, now := readModule(b.dir), readModule(h.dir)
	if b.module != h.module {
		out = append(out, change.Change{
			Kind: moduleRenamed, Area: change.Go, Level: change.Breaking, Subject: "module", From: b.module, To: h.module,
			Message: "the module has another path: programs must import " + h.module,
			Base:    old.modulePos, Head: now.modulePos,
		})
	}
	if version.Compare("go"+old.goVersion, "go"+now.goVersion) < 0 {
		level, reason := finding{kind: goRaised}.level()
		out = append(out, change.Change{
			Kind: goRaised, Area: change.Go, Level: level, Subject: "go", From: old.goVersion, To: now.goVersion,
			Message: "the module needs Go " + now.goVersion + ", before " + old.goVersion + ": " + reason,
			Base:    old.goPos, Head: now.goPos,
		})
	}
	return out
}

// goMod is what programs notice of a go.mod.
type goMod struct {
	goVersion        string
	modulePos, goPos diag.Pos
}

// readModule reads go.mod as far as it is there: the go command has read it before.
func readModule(dir string) goMod {
	const name = "go.mod"
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return goMod{}
	}
	f, err := modfile.ParseLax(name, data, nil)
	if err != nil {
		return goMod{}
	}
	var out goMod
	if f.Module != nil {
		out.modulePos = position(name, f.Module.Syntax)
	}
	if f.Go != nil {
		out.goVersion, out.goPos = f.Go.Version, position(name, f.Go.Syntax)
	}
	return out
}

func position(file string, l *modfile.Line) diag.Pos {
	return diag.Pos{File: file, Line: l.Start.Line, Col: l.Start.LineRune}
}
