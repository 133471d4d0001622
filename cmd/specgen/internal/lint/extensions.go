package lint

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/generator/spell"
)

var extensionRules = []Rule{
	{info("ACK200", "an extension is declared in extensions.yaml",
		"OpenAPI accepts any key that starts with x-, so a typing error switches off what was meant without a word.",
		"correct the name, or declare the extension in extensions.yaml and spec/README.md"), false, checkExtensionKnown},
	{info("ACK201", "an extension stands where extensions.yaml allows it",
		"In any other place nobody reads it.",
		"move it to an object of the listed kinds"), false, checkExtensionPlace},
	{info("ACK202", "the value of an extension has its declared shape",
		"The generator relies on the shape; a value of another one would be lost or stop it.",
		"write the value as the schema in extensions.yaml says"), false, checkExtensionShape},
	{info("ACK203", "an operation names its RAM action",
		"People grant exactly the actions that they use; they look for them in the documentation of the method.",
		"add x-ack-ram-action: cs:<Action>"), false, checkRAMAction},
	{info("ACK204", "an operation says whether its RAM action can be limited to a cluster, and names one if so",
		"A policy for one cluster only works with actions that carry the id of the cluster.",
		"add x-ack-cluster-scoped, true only when a path, query or body value names the cluster"), false, checkClusterScoped},
	{info("ACK205", "an operation and an object schema cite their sources",
		"Without provenance nobody can tell a decision from a slip when the sources change.",
		"add x-ack-source with the documents and snapshots that describe it"), false, checkSourcePresent},
	{info("ACK206", "an entry of x-ack-source cites what sources.yaml declares",
		"A citation that leads nowhere is no evidence; an entry is a document, a snapshot or a decision.",
		"correct the name, or declare the source or conflict in sources.yaml"), false, checkSourceDeclared},
	{info("ACK207", "a text whose name sounds secret says whether it is",
		"A secret in a plain string ends up in logs. The type roa.Secret prevents it, and only x-ack-sensitive chooses it.",
		"add x-ack-sensitive: true, or false when the value is no secret"), false, checkSensitiveNames},
	{info("ACK208", "only texts are marked as secrets",
		"The type roa.Secret is a string; on other types the mark would have no effect.",
		"move x-ack-sensitive to the string schema that holds the secret"), false, checkSensitiveType},
	{info("ACK209", "only enums are closed",
		"x-ack-closed says that the values of an enum are all there are; a schema without values has none to close.",
		"list the values, or remove x-ack-closed"), false, checkClosed},
}

// extension is one key starting with x- of an object.
type extension struct {
	owner      *oas.Node
	key, value *yaml.Node
}

func (p *pass) extensions() []extension {
	var out []extension
	for o := range p.doc.All() {
		for key, value := range yamlsrc.Pairs(o.Value) {
			if isExtension(key.Value) {
				out = append(out, extension{o, key, value})
			}
		}
	}
	return out
}

func checkExtensionKnown(p *pass) {
	declared := map[string]bool{}
	for key := range yamlsrc.Pairs(p.settings.Extensions) {
		declared[key.Value] = true
	}
	if len(declared) == 0 {
		return
	}
	names := slices.Sorted(maps.Keys(declared))
	for _, x := range p.extensions() {
		if declared[x.key.Value] {
			continue
		}
		p.report(x.key, x.owner, "%s is no extension of this spec%s", x.key.Value, spell.Hint(x.key.Value, names))
	}
}

func checkExtensionPlace(p *pass) {
	for _, x := range p.extensions() {
		on := strs(yamlsrc.Value(yamlsrc.Value(p.settings.Extensions, x.key.Value), "on"))
		if len(on) > 0 && !slices.Contains(on, string(x.owner.Kind)) {
			p.report(x.key, x.owner, "%s stands on a %s; it belongs on: %s", x.key.Value, x.owner.Kind, strings.Join(on, ", "))
		}
	}
}

func checkRAMAction(p *pass) {
	for _, op := range p.operations() {
		if !op.Has("x-ack-ram-action") {
			p.report(op.Key, op, "the operation has no x-ack-ram-action")
		}
	}
}

// namesCluster matches parameters and fields that hold clusters.
var namesCluster = regexp.MustCompile(`(?i)^(cluster|clusters|cluster_?ids?|resource_?ids?)$`)

func checkClusterScoped(p *pass) {
	for _, op := range p.operations() {
		scoped := op.Get("x-ack-cluster-scoped")
		if scoped == nil {
			p.report(op.Key, op, "the operation has no x-ack-cluster-scoped")
		} else if scoped.Value == "true" && !p.hasCluster(op) {
			p.report(scoped, op, "the operation is scoped to a cluster but no parameter or body field names one")
		}
	}
}

func (p *pass) hasCluster(op *oas.Node) bool {
	_, params := p.parameters(op)
	for _, param := range params {
		if namesCluster.MatchString(param.Text("name")) {
			return true
		}
	}
	body := p.deref(op.Child("requestBody"))
	if body == nil {
		return false
	}
	for mt := range body.In("content") {
		s := p.deref(mt.Child("schema"))
		if s != nil && s.Child("items") != nil {
			s = p.deref(s.Child("items"))
		}
		if s == nil {
			continue
		}
		for prop := range s.In("properties") {
			if namesCluster.MatchString(prop.Name) {
				return true
			}
		}
	}
	return false
}

func checkSourcePresent(p *pass) {
	for o := range p.doc.Of(oas.Operation, oas.Schema) {
		if o.Kind == oas.Schema && (!isComponent(o) || !o.Has("properties")) {
			continue
		}
		if v := o.Get("x-ack-source"); v == nil || len(v.Content) == 0 {
			p.report(o.Start(), o, "%s has no x-ack-source", label(o))
		}
	}
}

// sourceLists maps the keys of an entry of x-ack-source to the parts of
// sources.yaml that declare their values.
var sourceLists = map[string]string{"document": "documents", "snapshot": "snapshots", "conflict": "conflicts"}

func checkSourceDeclared(p *pass) {
	for _, x := range p.extensions() {
		if x.key.Value != "x-ack-source" || x.value.Kind != yaml.SequenceNode {
			continue
		}
		for _, entry := range x.value.Content {
			p.sourceEntry(x, entry)
		}
	}
}

func (p *pass) sourceEntry(x extension, entry *yaml.Node) {
	kinds := 0
	for key, value := range yamlsrc.Pairs(entry) {
		switch key.Value {
		case "document", "snapshot", "decision":
			kinds++
		case "section":
			if yamlsrc.Value(entry, "document") == nil {
				p.report(key, x.owner, "a section needs the document that it is in")
			}
		case "conflict":
			if yamlsrc.Value(entry, "decision") == nil {
				p.report(key, x.owner, "a conflict needs the decision that was taken")
			}
		}
		list := sourceLists[key.Value]
		if list == "" || p.settings.Sources == nil {
			continue
		}
		declared := yamlsrc.Value(p.settings.Sources, list)
		if yamlsrc.Value(declared, value.Value) != nil {
			continue
		}
		hint := ""
		var names []string
		for name := range yamlsrc.Pairs(declared) {
			names = append(names, name.Value)
		}
		if key.Value != "conflict" {
			hint = spell.Hint(value.Value, names)
		}
		p.report(value, x.owner, "%s %q is not declared in sources.yaml%s", key.Value, value.Value, hint)
	}
	if kinds != 1 && entry.Kind == yaml.MappingNode {
		p.report(entry, x.owner, "an entry of x-ack-source is one document, one snapshot or one decision")
	}
}

// secretName matches names whose values are mostly secrets.
var secretName = regexp.MustCompile(`(?i)(^|_)(password|passwd|secret|user_?data|kube_?config|access_?token|token|private_?key|credentials?)$|password$|token$|secret$|kubeconfig$`)

// harmlessToken matches names of tokens that identify a request or a page and
// open nothing.
var harmlessToken = regexp.MustCompile(`(?i)^(client|next|page|continuation|idempotency)_?token$`)

func checkSensitiveNames(p *pass) {
	for o := range p.doc.Of(oas.Schema) {
		if o.Field != "properties" || !secretName.MatchString(o.Name) || harmlessToken.MatchString(o.Name) {
			continue
		}
		s := p.deref(o)
		if s == nil || s.Text("type") != "string" || s.Has("x-ack-sensitive") {
			continue
		}
		p.report(o.Start(), o, "%s sounds secret and does not say x-ack-sensitive", label(o))
	}
}

func checkSensitiveType(p *pass) {
	for _, s := range p.schemas() {
		key := s.KeyOf("x-ack-sensitive")
		if key != nil && s.Text("type") != "string" {
			p.report(key, s, "%s is marked as a secret and is no string", label(s))
		}
	}
}

func checkClosed(p *pass) {
	for _, s := range p.schemas() {
		if key := s.KeyOf("x-ack-closed"); key != nil && !s.Has("enum") {
			p.report(key, s, "%s is closed and lists no values", label(s))
		}
	}
}
