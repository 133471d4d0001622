package upstream

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/regions"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// readCommandLine reads the metadata of a command line tool. It knows that an
// operation has a body and not what the body holds.
func readCommandLine(root *yaml.Node) *Description {
	product := yamlsrc.Value(root, "product")
	d := &Description{
		Format: CommandLine, Version: yamlsrc.Text(root, "date"), Knows: Knowledge{Required: true},
		Regions: endpoints(yamlsrc.Value(product, "regional_endpoints"), yamlsrc.Value(product, "regional_vpc_endpoints")),
	}
	for name, api := range yamlsrc.Pairs(yamlsrc.Value(root, "apis")) {
		method, _, _ := strings.Cut(yamlsrc.Text(api, "method"), "|") // the first of several
		op := Operation{
			Name: name.Value, Method: method, Path: braces.Replace(yamlsrc.Text(api, "pathPattern")), Status: defaultStatus,
		}
		for _, p := range yamlsrc.Items(yamlsrc.Value(api, "parameters")) {
			in, kind := strings.ToLower(yamlsrc.Text(p, "position")), yamlsrc.Text(p, "type")
			if in == "body" {
				op.Body = &Schema{}
				continue
			}
			op.Parameters = append(op.Parameters, Parameter{
				Name: yamlsrc.Text(p, "name"), In: in, Required: isTrue(p, "required"), JSON: kind == "Json", Schema: commandLineType(kind),
			})
		}
		d.Operations = append(d.Operations, op)
	}
	return d
}

func commandLineType(kind string) *Schema {
	switch kind {
	case "Json":
		return &Schema{}
	case "Long":
		return &Schema{Type: "integer", Format: "int64"}
	case "Integer":
		return &Schema{Type: "integer", Format: "int32"}
	case "Boolean":
		return &Schema{Type: "boolean"}
	case "RepeatList":
		return &Schema{Type: "array", Items: &Schema{Type: "string"}}
	default:
		return &Schema{Type: "string"}
	}
}

// endpoints returns the regions that two lists of hosts have.
func endpoints(public, vpc *yaml.Node) []regions.Region {
	byName := map[string]regions.Region{}
	for name, host := range yamlsrc.Pairs(public) {
		byName[name.Value] = regions.Region{Region: name.Value, Public: host.Value}
	}
	for name, host := range yamlsrc.Pairs(vpc) {
		r := byName[name.Value]
		r.Region, r.VPC = name.Value, host.Value
		byName[name.Value] = r
	}
	return regions.Sorted(byName)
}
