// Package generator turns an OpenAPI document into a signed Go client, its
// models, its mocks and the overrides of a fake server.
//
// The work goes through these stages, each in a package of its own:
//
//	load      reads the document and validates it (kin-openapi)
//	normalize brings it into few forms: names for objects, allOf written out
//	subset    takes out what was not chosen
//	goapi     decides what the API looks like in Go and fills the model
//	model     is plain data with final Go names
//	emit      prints the model (jennifer)
//	output    formats the files and brings a folder up to date (x/tools/imports)
//
// Package diag collects findings with their positions in the document. One run
// reports all of them. Nothing here knows any particular API, and nothing reads
// the clock, the environment or the network: equal input gives equal bytes.
//
// The package imports its own subpackages and the standard library, and never
// the SDK.
package generator

import (
	"cmp"
	"context"
	"io/fs"
	"slices"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/emit"
	"github.com/ackgen/ackgen/generator/emit/client"
	"github.com/ackgen/ackgen/generator/emit/fake"
	"github.com/ackgen/ackgen/generator/emit/mock"
	"github.com/ackgen/ackgen/generator/emit/models"
	"github.com/ackgen/ackgen/generator/goapi"
	"github.com/ackgen/ackgen/generator/load"
	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/generator/naming"
	"github.com/ackgen/ackgen/generator/normalize"
	"github.com/ackgen/ackgen/generator/output"
	"github.com/ackgen/ackgen/generator/provenance"
	"github.com/ackgen/ackgen/generator/subset"
)

// Options say what to generate.
type Options struct {
	// SpecName is how findings and file headers call the spec, usually its path.
	SpecName string
	// Spec is the content of the OpenAPI document, YAML or JSON: of 3.0, or of 3.1 as far
	// as 3.0 can say the same.
	Spec []byte
	// Folder holds the files that the spec refers to; the spec lies in it, too. Nothing
	// outside of it is read, and without it the spec can refer to itself only. Use
	// the FS of an [os.Root], which does not follow links that lead out.
	Folder fs.FS
	// Package is the package clause of the client.
	Package string
	// ImportPath is the import path of the client. The mocks lie below it, in the
	// [MockFolder], and the overrides in the [FakeFolder].
	ImportPath string
	// Operations and Groups choose operations by their ids and by their tags. With
	// neither, all are generated.
	Operations []string
	Groups     []string
	// NoMocks leaves the package of the mocks out.
	NoMocks bool
	// Overrides asks for the package of the overrides.
	Overrides bool
}

// Output is what [Generate] makes of a spec.
type Output struct {
	// Files are the files of the client package and of those below it, sorted by name.
	Files []output.File
	// Warnings tell what of the spec the files do not show, sorted.
	Warnings []diag.Finding
	// Notes tell what the chosen operations lose without the others.
	Notes []string
}

// Generate returns the files of the client package, its mocks and its overrides. When the spec
// has faults or holds something that is not supported, the error is a [*diag.Error]
// with all findings, and there are no files. It is a [*subset.UnknownError] when the
// spec lacks a chosen operation or group. Names that no package can have, such as type
// or main, are errors, too. What is wrong with operations that were not chosen does not
// matter, unless the document is not valid.
func Generate(ctx context.Context, opts Options) (*Output, error) {
	if err := naming.CheckPackage(opts.Package); err != nil {
		return nil, err
	}
	diags := new(diag.List)
	_, api, notes, err := decide(ctx, opts, diags)
	if err != nil {
		return nil, err
	}
	if err := diags.Err(); err != nil {
		return nil, err
	}
	files, err := render(api, opts)
	if err != nil {
		return nil, err
	}
	return &Output{Files: files, Warnings: diags.Sorted(), Notes: notes}, nil
}

// MockFolder returns the name of the folder of the mocks, below that of the client.
func MockFolder(pkg string) string { return mock.Package(pkg) }

// FakeFolder returns the name of the folder of the overrides, below that of the client.
func FakeFolder(pkg string) string { return fake.Package(pkg) }

// Check returns the findings that [Generate] would report about a spec, errors and
// warnings, sorted, each once. It generates no code, and needs no package.
func Check(ctx context.Context, opts Options) []diag.Finding {
	diags := new(diag.List)
	opts.Package, opts.ImportPath = "client", "example.com/client"
	// Without a choice there is no error.
	_, _, _, _ = decide(ctx, opts, diags)
	return diags.Sorted()
}

// Describe returns the document in the few forms that package normalize brings it into,
// and the model of the Go package that [Generate] prints, for those who describe the API
// to people. Its errors are those of [Generate].
func Describe(ctx context.Context, opts Options) (*load.Document, *model.API, error) {
	if err := naming.CheckPackage(opts.Package); err != nil {
		return nil, nil, err
	}
	diags := new(diag.List)
	doc, api, _, err := decide(ctx, opts, diags)
	if err != nil {
		return nil, nil, err
	}
	if err := diags.Err(); err != nil {
		return nil, nil, err
	}
	return doc, api, nil
}

// decide turns the document into the model. With findings the model is of no use.
func decide(ctx context.Context, opts Options, diags *diag.List) (*load.Document, *model.API, []string, error) {
	src := newSources(opts.Spec, opts.Folder)
	doc := load.Load(ctx, opts.SpecName, src.spec, src.folder(), diags)
	if doc == nil {
		return nil, nil, nil, nil
	}
	forms := new(diag.List)
	normalize.Document(doc, forms)
	rest, err := subset.Take(doc, subset.Choice{Operations: opts.Operations, Groups: opts.Groups})
	if err != nil {
		return nil, nil, nil, err
	}
	for _, f := range forms.Sorted() {
		if !rest.Has(f.Subject) {
			diags.Add(f)
		}
	}
	api := goapi.Build(doc, goapi.Options{Package: opts.Package, ImportPath: opts.ImportPath, Others: rest.Paths}, diags)
	api.Provenance = provenance.Record{
		Tool:    Version,
		Spec:    provenance.Spec{Title: api.Title, Version: api.Service.Version, SHA256: src.sum()},
		Options: provenance.Options{Operations: opts.Operations, Groups: opts.Groups, Mocks: !opts.NoMocks, Overrides: opts.Overrides, Package: opts.Package},
	}.Comments()
	return doc, api, rest.Notes, nil
}

// render prints all files of the API and formats them.
func render(api *model.API, opts Options) ([]output.File, error) {
	gens := []func(*model.API) []*emit.File{client.Gen, models.Gen}
	if !opts.NoMocks {
		gens = append(gens, mock.Gen)
	}
	if opts.Overrides {
		gens = append(gens, fake.Gen)
	}
	var out []output.File
	for _, gen := range gens {
		for _, f := range gen(api) {
			src, err := f.Render()
			if err != nil {
				return nil, err
			}
			file, err := output.Format(f.Name, src)
			if err != nil {
				return nil, err
			}
			out = append(out, file)
		}
	}
	slices.SortFunc(out, func(a, b output.File) int { return cmp.Compare(a.Name, b.Name) })
	return out, nil
}
