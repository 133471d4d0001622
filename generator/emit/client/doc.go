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
// declarations need not repeat that. It is short, so that the client of few operations is.
func overview(api *model.API) string {
	codes := "codes"
	if len(api.ErrorCodes) > 0 {
		codes = "codes, such as [" + api.ErrorCodes[0].Name + "],"
	}
	return strings.Join([]string{
		"Package " + api.Package + " is a client of " + api.Title + ", described in " + api.Source + ".",
		api.Doc,
		"# Use",
		"[New] makes a [Client] of options of package roa. Operations are its methods. There is an interface for each group of them, [API] embeds all, and one" +
			" whose name ends in Caller has a single operation." + builtText(api),
		"# Requests, responses and errors",
		"Fields that a request needs are values; of the others, nil leaves out. A pointer in a response tells absence from zero. Services also send values that are" +
			" no constant here. Secrets are a [roa.Secret]. What the service refuses is a [*roa.APIError], which errors.Is compares with " + codes +
			" and classes, such as [roa.ErrNotFound].",
	}, "\n\n")
}

// builtText says which methods are built on several calls, if there are any.
func builtText(api *model.API) string {
	var pages, waits, tasks string
	for _, g := range api.Groups {
		for _, op := range g.Operations {
			if op.Pager != nil {
				pages = " Methods that end in All and Pages range over lists."
			}
			if len(op.Waiters) > 0 {
				waits = " Methods that begin with Wait poll until a state is reached."
			}
			if op.Task != nil {
				tasks = " Methods that end in AndWait wait for what they start."
			}
		}
	}
	return pages + waits + tasks
}
