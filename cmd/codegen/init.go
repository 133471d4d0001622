package main

import (
	_ "embed" // for the first configuration and the schema
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/ackgen/ackgen/cmd/internal/cli"
	"github.com/ackgen/ackgen/generator/output"
)

//go:embed init.yaml
var firstConfig []byte

//go:embed ackgen.schema.json
var configSchema string

// commands returns the commands beside the generation itself.
func (a *app) commands() []*cobra.Command {
	return []*cobra.Command{
		{
			Use: "init [file]", Short: "Write a configuration with comments", Args: cli.AtMost(1),
			Long:    "init writes a configuration to start from, " + configName + " unless a file is named. It overwrites nothing.",
			Example: "  codegen init\n  codegen init internal/ack/ackgen.yaml",
			RunE:    func(_ *cobra.Command, args []string) error { return a.initialize(append(args, configName)[0]) },
		},
		{
			Use: "schema", Short: "Print the JSON Schema of the configuration", Args: cli.AtMost(0),
			Example: "  codegen schema > ackgen.schema.json",
			RunE:    func(*cobra.Command, []string) error { return a.Print(configSchema) },
		},
		{
			Use: "presets", Short: "Print the presets with their operations", Args: cli.AtMost(0),
			Example: "  codegen presets\n  codegen presets -o json",
			RunE:    func(*cobra.Command, []string) error { return a.printPresets() },
		},
	}
}

// initialize writes the first configuration.
func (a *app) initialize(path string) error {
	plan, err := output.PlanNew(filepath.Dir(path), []output.File{{Name: filepath.Base(path), Content: firstConfig}})
	if err == nil {
		err = plan.Apply()
	}
	if err != nil {
		return fmt.Errorf("nothing written: %w", err)
	}
	return a.printChanges(plan)
}
