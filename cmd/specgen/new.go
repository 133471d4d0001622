package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ackgen/ackgen/cmd/internal/bundle"
	"github.com/ackgen/ackgen/cmd/specgen/internal/scaffold"
	"github.com/ackgen/ackgen/cmd/specgen/internal/upstream"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/output"
	"github.com/ackgen/ackgen/internal/spell"
)

func (a app) newCommand() *cobra.Command {
	var from, snapshot, tag string
	cmd := &cobra.Command{
		Use:   "new --from file --tag tag operation...",
		Short: "Write fragments for new operations from an upstream description",
		Long: `Writes the fragments of operations into the spec folder, as far as an upstream description knows them: path, parameters,
types, and the examples without masks. Where it has allOf, oneOf, anyOf or not, a mark tells so. Objects that the spec has by the same name are referred to.

The description is an OpenAPI 3 document, a snapshot of a client library (operations with parameters, body and response),
or the metadata of a command line tool (paths and parameters only).

Extensions that only rules ask for which lint.yaml leaves out are not written.

What a person has to write begins with "` + scaffold.Mark + `", and lint fails until it is written. Names of objects are those of
the description, and a body is named after its operation: rename the files of those that deserve a better one. No file is ever overwritten.`,
		Example: `  specgen new --from upstream.yaml --snapshot official-20260821 --tag Policies DescribePolicies DeployPolicyInstance`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fmt.Errorf("%s needs the names of operations", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			return a.new(from, args, scaffold.Options{Tag: tag, Snapshot: snapshot})
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "`file` of the upstream description")
	cmd.Flags().StringVar(&snapshot, "snapshot", "", "`name` of the description in sources.yaml; not needed where lint.yaml leaves out the rule "+scaffold.Citing)
	cmd.Flags().StringVar(&tag, "tag", "", "`tag` of root.yaml, the group of the operations")
	for _, name := range []string{"from", "tag"} {
		// It fails only for a flag that does not exist.
		_ = cmd.MarkFlagRequired(name)
	}
	return cmd
}

func (a app) new(from string, names []string, o scaffold.Options) error {
	spec, err := bundle.Locate(a.Spec)
	if err != nil {
		return err
	}
	if spec.IsFile {
		return fmt.Errorf("write fragments: %s is a file: --spec must name the folder of the fragments", spec.File)
	}
	ops, err := described(from, names)
	if err != nil {
		return err
	}
	b, err := bundle.Build(spec.Dir)
	if err != nil {
		return err
	}
	settings, findings, err := readSettings(spec.Dir, b.Files)
	if err != nil {
		return err
	}
	if findings = slices.Concat(b.Findings, findings); len(findings) > 0 {
		return a.Report(findings, "")
	}
	if err := knownTag(b.Tree, o.Tag); err != nil {
		return err
	}
	o.LeavesOut = settings.LeavesOut
	if o.Snapshot == "" && !o.LeavesOut(scaffold.Citing) {
		return fmt.Errorf("--snapshot must name the description, because the spec cites its sources; lint.yaml can leave out %s", scaffold.Citing)
	}
	o.Fragments = b.Fragments
	if err := areNew(names, o.Fragments); err != nil {
		return err
	}
	files, err := scaffold.Files(ops, o)
	if err != nil {
		return err
	}
	plan, err := output.PlanNew(spec.Dir, files)
	if err != nil {
		return fmt.Errorf("write fragments:\n%w", err)
	}
	if err := plan.Apply(); err != nil {
		return fmt.Errorf("write fragments: %w", err)
	}
	var out []string
	for _, f := range files {
		out = append(out, filepath.ToSlash(filepath.Join(spec.Dir, f.Name)))
	}
	if a.JSON() {
		return a.PrintJSON(map[string][]string{"written": out})
	}
	return a.Print(strings.Join(out, "\n") + "\n")
}

// areNew refuses operations that are named twice or that the spec has.
func areNew(names, fragments []string) error {
	for n, name := range names {
		if slices.Contains(names[:n], name) {
			return fmt.Errorf("write fragments: the operation %s is named twice", name)
		}
		if i := slices.IndexFunc(fragments, func(f string) bool { return isOperation(f, name) }); i >= 0 {
			return fmt.Errorf("write fragments: the spec has the operation %s already, in %s", name, fragments[i])
		}
	}
	return nil
}

// isOperation reports whether a fragment describes the operation of a name.
func isOperation(fragment, name string) bool {
	return strings.HasPrefix(fragment, "operations/") && path.Base(fragment) == name+".yaml"
}

func described(file string, names []string) ([]upstream.Operation, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read description: %w", err)
	}
	d, err := upstream.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.ToSlash(file), err)
	}
	var ops []upstream.Operation
	for _, name := range names {
		op, err := d.Find(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.ToSlash(file), err)
		}
		ops = append(ops, op)
	}
	return ops, nil
}

func knownTag(doc *oas.Node, tag string) error {
	var tags []string
	for t := range doc.Of(oas.Tag) {
		if t.Text("name") == tag {
			return nil
		}
		tags = append(tags, t.Text("name"))
	}
	return fmt.Errorf("root.yaml has no tag %q%s; a new one needs a name and a description there", tag, spell.Hint(tag, tags))
}
