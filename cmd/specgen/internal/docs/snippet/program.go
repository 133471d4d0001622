package snippet

import (
	"fmt"
	"go/format"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/generator/model"
	"github.com/ackgen/ackgen/internal/goname"
)

// The packages of the SDK that programs use.
const (
	roaPath         = "github.com/ackgen/ackgen/sdk/roa"
	credentialsPath = "github.com/ackgen/ackgen/sdk/credentials" //nolint:gosec // an import path
)

// A program is one that is being written, for one operation.
type program struct {
	w       *Writer
	op      *model.Operation
	pkg     string // name of the package of the client
	imports map[string]bool
	body    strings.Builder // of main
}

// program begins a program.
func (w *Writer) program(op *model.Operation) *program {
	p := &program{w: w, op: op, pkg: w.api.Package, imports: map[string]bool{}}
	if slices.Contains([]string{"client", "context", "credentials", "ctx", "err", "fmt", "io", "item", "key", "log", "main", "os", "out", "roa", "strings", "time"}, p.pkg) {
		p.pkg = "api" // the name is taken in our programs
	}
	p.use("context", "log", roaPath)
	return p
}

// use notes that the program needs packages.
func (p *program) use(paths ...string) {
	for _, path := range paths {
		p.imports[path] = true
	}
}

func (p *program) qualified(name string) string { return p.pkg + "." + name }

func (p *program) line(format string, args ...any) { fmt.Fprintf(&p.body, format+"\n", args...) }

// print writes a line that prints expressions.
func (p *program) print(exprs ...string) {
	p.use("fmt")
	p.line("fmt.Println(%s)", strings.Join(exprs, ", "))
}

// fatal writes what ends the program with an error.
func (p *program) fatal() { p.line("if err != nil {\nlog.Fatal(err)\n}") }

// begin writes how the client is made.
func (p *program) begin(c call) {
	p.line("ctx := context.Background()")
	var options []string
	if p.w.api.Service.Endpoint == "" && p.op.Endpoint == "" {
		options = append(options, `roa.WithEndpoint("https://service.example.com")`)
	}
	options = append(options, "roa.WithRegion("+strconv.Quote(p.w.region(p.op, c))+")")
	if !p.op.Anonymous {
		p.use(credentialsPath)
		options = append(options, "roa.WithCredentials(credentials.Default())")
	}
	p.line("client, err := %s.New(%s)", p.pkg, strings.Join(options, ", "))
	p.fatal()
}

// usualRegion is the one that programs use where the API does not name its regions.
const usualRegion = "cn-hangzhou"

// region returns the region that a call is about.
func (w *Writer) region(op *model.Operation, c call) string {
	regions := w.api.Service.Regions
	for _, f := range op.Request.Fields {
		if v := valueOf(op, c, f); v != nil && slices.Contains(regions, v.Value) {
			return v.Value
		}
	}
	if len(regions) == 0 || slices.Contains(regions, usualRegion) {
		return usualRegion
	}
	return regions[0]
}

// call writes a plain call.
func (p *program) call(c call) *program {
	p.begin(c)
	p.line("out, err := client.%s(ctx, %s)", p.op.Name, p.request(c, whole))
	p.fatal()
	p.show()
	return p
}

// task writes a call that waits for the task that it starts.
func (p *program) task(c call) *program {
	p.use("time")
	p.begin(c)
	p.line("out, err := client.%s(ctx, %s, roa.WaitTimeout(time.Hour))", p.op.Task.Method, p.request(c, whole))
	p.fatal()
	p.show()
	return p
}

// pages writes a loop over the items of all pages.
func (p *program) pages(c call) *program {
	p.begin(c)
	p.line("request := %s", p.request(c, func(f *model.Field) bool { return broad(f) || f.Name == p.op.Pager.Size }))
	p.line("for item, err := range client.%s(ctx, request) {", p.op.Pager.All)
	p.fatal()
	p.showItem(p.op.Pager.Item, false)
	p.line("}")
	return p
}

// wait writes a wait for a state. Where the end of a thing may end the wait, the last
// response says little.
func (p *program) wait(c call, w *model.Waiter) *program {
	p.use("time")
	p.begin(c)
	count, accept := "", whole
	if w.Items != nil {
		count, accept = ", 1", broad
	}
	out := "out, err :="
	if len(w.Gone) > 0 {
		out = "_, err ="
	}
	p.line("%s client.%s(ctx, %s%s, roa.WaitTimeout(time.Hour))", out, w.Method, p.request(c, accept), count)
	p.fatal()
	if len(w.Gone) > 0 {
		p.print(strconv.Quote(strings.ToLower(strings.Join(goname.Words(w.Label), " "))))
		return p
	}
	p.show()
	return p
}

// source returns the program as gofmt writes it.
func (p *program) source() (string, error) {
	p.use(p.w.api.ImportPath)
	var standard, others string
	for _, imported := range slices.Sorted(maps.Keys(p.imports)) {
		switch {
		case imported == p.w.api.ImportPath && path.Base(imported) != p.pkg:
			others += p.pkg + " " + strconv.Quote(imported) + "\n"
		case strings.Contains(imported, "."):
			others += strconv.Quote(imported) + "\n"
		default:
			standard += strconv.Quote(imported) + "\n"
		}
	}
	code, err := format.Source([]byte("package main\n\nimport (\n" + standard + "\n" + others + ")\n\nfunc main() {\n" + p.body.String() + "}\n"))
	if err != nil {
		return "", fmt.Errorf("write the program of %s: %w", p.op.Name, err)
	}
	return string(code), nil
}
