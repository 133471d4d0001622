package lint

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/ackgen/ackgen/generator/diag/rule"
)

//go:embed cases/*.txtar
var caseFiles embed.FS

// Case is a good and a bad example of a rule: changes of the base spec in
// cases/base.txtar, which breaks no rule.
type Case struct {
	Bad  []rule.Snippet
	Good []rule.Snippet
	// Want are the places of the findings of the bad example: file:line:col.
	Want []string
}

// CaseOf returns the example of a code, also of those of bundling and
// validation. The few codes that have none get an empty one.
func CaseOf(code string) (Case, error) {
	data, err := caseFiles.ReadFile("cases/" + code + ".txtar")
	if errors.Is(err, fs.ErrNotExist) {
		return Case{}, nil
	} else if err != nil {
		return Case{}, fmt.Errorf("read example of %s: %w", code, err)
	}
	var c Case
	for _, f := range txtar.Parse(data).Files {
		kind, name, _ := strings.Cut(f.Name, "/")
		old, text, found := strings.Cut(string(f.Data), "\n=>\n")
		if found {
			text = strings.TrimSuffix(text, "\n")
		} else {
			old, text = "", string(f.Data)
		}
		switch s := (rule.Snippet{File: name, Old: old, Text: text}); kind {
		case "bad":
			c.Bad = append(c.Bad, s)
		case "good":
			c.Good = append(c.Good, s)
		case "want":
			c.Want = strings.Fields(string(f.Data))
		default:
			return Case{}, fmt.Errorf("read example of %s: unknown part %q", code, f.Name)
		}
	}
	return c, nil
}
