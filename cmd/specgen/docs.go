package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/guide"
	"github.com/ackgen/ackgen/cmd/specgen/internal/docs/history"
	"github.com/ackgen/ackgen/cmd/specgen/internal/document"
	"github.com/ackgen/ackgen/cmd/specgen/internal/terms"
	"github.com/ackgen/ackgen/generator"
	"github.com/ackgen/ackgen/generator/diag"
)

// docsFlags are the flags of specgen docs.
type docsFlags struct{ out, importPath string }

func (a app) docsCommand() *cobra.Command {
	var f docsFlags
	cmd := &cobra.Command{
		Use:   "docs --out DIR",
		Short: "Write the reference of the API as a site",
		Long: `Writes a site with a page for each operation and each schema: parameters, fields, examples, errors, paging, waiting, retries,
permissions, Go methods, and where the facts come from. The pages work from any host and from files, and load nothing from elsewhere.

The folder is replaced as a whole when the site is complete. A folder that holds something else than a site is refused.

--import-path says where the Go client is published, so that the pages link to its documentation.`,
		Example: `  specgen docs --out site
  specgen docs --out site --import-path github.com/ackgen/ackgen/sdk/ack
  specgen docs --out site --spec petstore.yaml`,
		Args: cli.AtMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.out == "" {
				return errors.New("specgen docs needs a folder: name it with --out")
			}
			ctx, stop := interruptible(cmd)
			defer stop()
			return a.docs(ctx, f)
		},
	}
	cmd.Flags().StringVar(&f.out, "out", "", "write the site to this `folder`")
	cmd.Flags().StringVar(&f.importPath, "import-path", "", "import `path` of the Go client, for links to its documentation")
	return cmd
}

func (a app) docs(ctx context.Context, f docsFlags) error {
	d, err := document.Open(a.Spec)
	if err != nil {
		return err
	}
	settings, findings, err := readSettings(d.Dir, d.Files)
	switch {
	case err != nil:
		return err
	case !d.Whole:
		return a.Report(d.Findings, "")
	case len(findings) > 0:
		return a.Report(findings, "")
	}
	doc, api, err := generator.Describe(ctx, generator.Options{
		SpecName: d.Name, Spec: d.Data, Folder: d.Folder, Package: packageOf(f.importPath), ImportPath: f.importPath,
	})
	if broken, ok := errors.AsType[*diag.Error](err); ok {
		return a.Report(d.AtSource(broken.Findings), "")
	}
	if err != nil {
		return err
	}
	guides, err := guidesBeside(d)
	if err != nil {
		return err
	}
	changes, err := history.Read(ctx, a.Spec)
	if broken, ok := errors.AsType[*diag.Error](err); ok {
		return a.Report(broken.Findings, "")
	}
	if err != nil {
		return err
	}
	words, _ := terms.Read(settings.Terms) // lint says what is wrong with the others
	files, err := docs.Build(docs.Input{Document: doc, API: api, Sources: settings.Sources, Guides: guides, History: changes, Terms: words})
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil { // an interrupt leaves the folder as it is
		return err
	}
	if err := docs.Write(f.out, files); err != nil {
		return err
	}
	return a.printSite(f, files)
}

// printSite says where a site begins and how large it is.
func (a app) printSite(f docsFlags, files map[string][]byte) error {
	index := filepath.ToSlash(filepath.Join(f.out, "index.html"))
	pages := 0
	for name := range files {
		if path.Ext(name) == ".html" {
			pages++
		}
	}
	if a.JSON() {
		return a.PrintJSON(map[string]any{"index": index, "pages": pages})
	}
	return a.Print(index + ": a site of " + cli.Count(pages, "page") + "\n")
}

// repository is where people look at the files that guides link to and that are no pages.
const repository = "https://github.com/ackgen/ackgen"

// guidesBeside returns the guides of the folder in which the spec lies.
func guidesBeside(d *document.Document) ([]guide.Group, error) {
	dir := d.Dir
	if d.Fragments { // the spec is the folder itself
		dir = filepath.Join(dir, "..")
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("read guides: %w", err)
	}
	defer root.Close() //nolint:errcheck // it was read only
	return guide.Read(root.FS(), repository)
}

// packageOf returns the name of the package at an import path, or that of a client that
// is not published.
func packageOf(importPath string) string {
	if importPath == "" {
		return "client"
	}
	return path.Base(importPath)
}
