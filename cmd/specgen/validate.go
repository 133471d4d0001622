package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/bundle"
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/validate"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

func (a *app) validateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "validate [FILE]",
		Short: "Validate against OpenAPI 3.0, examples and defaults included",
		Long: `Assembles the fragments in memory, or reads FILE, and validates the document with kin-openapi: structure, patterns,
examples and defaults. All findings are reported at once, at their places in the fragments.`,
		Args: atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := a.document(args)
			if err != nil {
				return err
			}
			findings := d.findings
			if d.whole {
				_, invalid := validate.Document(cmd.Context(), d.data, d.locate)
				findings = append(findings, invalid...)
			}
			return a.report(findings, d.name+" is valid: "+inventoryOrNone(d.tree))
		},
	}
}

// document is what validate, lint and list work on.
type document struct {
	name     string
	data     []byte
	tree     *oas.Node // nil when there is none
	files    yamlsrc.Files
	locate   validate.Locator
	findings []diag.Finding
	// whole is false when findings left holes in the document.
	whole bool
	// fragments is true when the document was assembled from fragments.
	fragments bool
}

// document assembles the spec folder, or reads the file that was named.
func (a *app) document(args []string) (*document, error) {
	if len(args) == 0 {
		return a.assembled()
	}
	name := filepath.ToSlash(args[0])
	data, err := os.ReadFile(args[0])
	if err != nil {
		return nil, fmt.Errorf("read document: %w", err)
	}
	var list diag.List
	d := &document{
		name: name, data: data, files: yamlsrc.Files{},
		locate: func(line, col int) diag.Pos { return diag.Pos{File: name, Line: line, Col: col} },
	}
	if root := d.files.Parse(name, data, &list); root != nil && root.Kind != yaml.MappingNode {
		list.Addf(d.files.Pos(root), yamlsrc.CodeShape, "", "the document must hold a mapping")
	} else if root != nil {
		d.tree = oas.New(oas.Document, "", root)
	}
	d.findings = list.Sorted()
	d.whole = len(d.findings) == 0
	return d, nil
}

func (a *app) assembled() (*document, error) {
	b, err := bundle.Build(a.spec)
	if err != nil {
		return nil, err
	}
	return &document{
		name: filepath.ToSlash(a.spec), data: b.YAML, tree: b.Tree, files: b.Files, findings: b.Findings,
		whole: b.Tree != nil && b.Whole(), fragments: true,
		locate: func(line, col int) diag.Pos {
			pos, ok := b.Source(line, col)
			if !ok {
				return diag.Pos{File: filepath.ToSlash(filepath.Join(a.spec, "root.yaml")), Line: 1, Col: 1}
			}
			return pos
		},
	}, nil
}

func inventoryOrNone(tree *oas.Node) string {
	if tree == nil {
		return "nothing"
	}
	return inventory(tree)
}
