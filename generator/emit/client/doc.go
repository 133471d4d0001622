package client

import (
	"strings"

	"github.com/ackgen/ackgen/generator/emit"
	"github.com/ackgen/ackgen/generator/model"
)

// docFile emits the documentation of the package, and what ties it to the runtime.
func docFile(api *model.API) *emit.File {
	f := newFile(api, "doc_gen.go")
	for _, line := range api.Provenance {
		f.HeaderComment(line)
	}
	f.PackageComment(emit.Text(overview(api)))
	f.Comment("// This constant exists in the versions of the runtime that the code of this package works with. Where it is")
	f.Comment("// undefined, the runtime is too old: go get github.com/ackgen/ackgen@latest, or too new: generate the code again.")
	f.Const().Id("_").Op("=").Qual(emit.Roa, "SupportsGeneratedCode1")
	return f
}

// overview says what the package is and what holds for all of it. The texts of single
// declarations need not repeat that.
func overview(api *model.API) string {
	text := []string{
		"Package " + api.Package + " is a client of " + api.Title + ", described in " + api.Source + ".",
		api.Doc,
		"# Use",
		"[New] makes a [Client] of options, which are in package roa: a region or an endpoint, and credentials. Each operation is a method, which takes a context, a request and" +
			" options for this call, such as [roa.CallTimeout]. There is an interface for each group of operations, [API] embeds all, and one whose name" +
			" ends in Caller has a single operation.",
		"# Requests and responses",
		"Fields that a request needs are values. A field that can be left out is a pointer, a slice or a map, and nil leaves it out; new(int64(3)) makes a pointer. A field of a" +
			" response is a pointer where its absence means something, and else zero when it is absent. Known values are constants, but services also send others." +
			" Secret texts are a [roa.Secret].",
		"# Errors",
		errorsText(api),
	}
	if built := builtText(api); built != "" {
		text = append(text, "# Lists, states and tasks", built)
	}
	return strings.Join(text, "\n\n")
}

func errorsText(api *model.API) string {
	codes := "a code"
	if len(api.ErrorCodes) > 0 {
		codes = "a code, such as [" + api.ErrorCodes[0].Name + "],"
	}
	return "What the service refuses is a [*roa.APIError]. errors.Is tells whether it has " + codes + " or is of a class, such as [roa.ErrNotFound]." +
		" Calls are repeated after failures that pass by themselves, where that does no harm."
}

// builtText says which methods are built on several calls, if there are any.
func builtText(api *model.API) string {
	var pages, waits, tasks string
	for _, g := range api.Groups {
		for _, op := range g.Operations {
			if op.Pager != nil {
				pages = "Methods that end in All and Pages range over a list that comes in pages. "
			}
			if len(op.Waiters) > 0 {
				waits = "Those that begin with Wait poll until a state is reached. "
			}
			if op.Task != nil {
				tasks = "Those that end in AndWait start something and wait until it is done. "
			}
		}
	}
	if pages+waits+tasks == "" {
		return ""
	}
	return pages + waits + tasks + "The variables that end in Pager, Waiter and Task do the same with any function that is like an operation."
}
