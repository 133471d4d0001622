package lint

import (
	"regexp"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/internal/spell"
)

var extensionRules = []Rule{
	{"ACK202", false, checkExtensionSchema},
	{"ACK203", false, checkRAMAction},
	{"ACK204", false, checkClusterScoped},
	{"ACK205", false, checkSourcePresent},
	{"ACK206", false, checkSourceDeclared},
	{"ACK207", false, checkSensitiveNames},
	{"ACK208", false, checkConflictDecided},
	{"ACK209", false, checkMeaning},
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
		if scoped == nil && !knowsRAMAction(op) {
			continue
		}
		if scoped == nil {
			p.report(op.Key, op, "the operation has no x-ack-cluster-scoped")
		} else if scoped.Value == "true" && !p.hasCluster(op) {
			p.report(scoped, op, "the operation is scoped to a cluster but no parameter or body field names one")
		}
	}
}

// knowsRAMAction reports whether a source names the action of an operation.
func knowsRAMAction(op *oas.Node) bool {
	return op.Text("x-ack-ram-action") != "unknown" && yamlsrc.Value(op.Get("x-ack-ram-action"), "assumed") == nil
}

func (p *pass) hasCluster(op *oas.Node) bool {
	params := p.parameters(op)
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
		if x.key.Value != "x-ack-source" {
			continue
		}
		for _, entry := range yamlsrc.Items(x.value) {
			p.sourceEntry(x, entry)
		}
	}
}

func (p *pass) sourceEntry(x extension, entry *yaml.Node) {
	kinds := 0
	for key, value := range yamlsrc.Pairs(entry) {
		switch key.Value {
		case "document", "snapshot", "decision", "undocumented":
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
		p.sourceDeclared(x, sourceLists[key.Value], key.Value, value)
	}
	p.sectionDeclared(x, entry)
	if kinds != 1 && entry.Kind == yaml.MappingNode {
		p.report(entry, x.owner, "an entry of x-ack-source is one document, one snapshot, one decision or one undocumented")
	}
}

// sourceDeclared reports a value that its list in sources.yaml does not hold.
func (p *pass) sourceDeclared(x extension, list, kind string, value *yaml.Node) {
	if list == "" || p.settings.Sources == nil || unwritten(value) {
		return
	}
	declared := yamlsrc.Value(p.settings.Sources, list)
	if yamlsrc.Value(declared, value.Value) != nil {
		return
	}
	hint := ""
	if kind != "conflict" {
		hint = spell.Hint(value.Value, keys(declared))
	}
	p.report(value, x.owner, "%s %q is not declared in sources.yaml%s", kind, value.Value, hint)
}

// sectionDeclared reports a section that its document, one that lists its sections,
// does not list.
func (p *pass) sectionDeclared(x extension, entry *yaml.Node) {
	document := yamlsrc.Value(entry, "document")
	if document == nil {
		return
	}
	sections := yamlsrc.Value(yamlsrc.Value(yamlsrc.Value(p.settings.Sources, "documents"), document.Value), "sections")
	if sections == nil {
		return
	}
	section := yamlsrc.Value(entry, "section")
	switch {
	case section == nil:
		p.report(document, x.owner, "document %q needs a section, because sources.yaml lists its sections", document.Value)
	case yamlsrc.Value(sections, section.Value) == nil:
		hint := spell.Hint(section.Value, keys(sections))
		p.report(section, x.owner, "section %q of document %q is not declared in sources.yaml%s", section.Value, document.Value, hint)
	}
}

// checkConflictDecided finds the conflicts of sources.yaml that no decision cites
// and that are not said to be decided elsewhere.
func checkConflictDecided(p *pass) {
	cited := map[string]bool{}
	for _, x := range p.extensions() {
		if x.key.Value != "x-ack-source" {
			continue
		}
		for _, entry := range yamlsrc.Items(x.value) {
			cited[yamlsrc.Text(entry, "conflict")] = true
		}
	}
	for key, value := range yamlsrc.Pairs(yamlsrc.Value(p.settings.Sources, "conflicts")) {
		if !cited[key.Value] && yamlsrc.Text(value, "outside") == "" {
			p.report(key, nil, "nothing decides the conflict %s", key.Value)
		}
	}
}

// checkMeaning finds what cites only names and types, so that its sentences rest on
// nothing.
func checkMeaning(p *pass) {
	for _, x := range p.extensions() {
		if x.key.Value != "x-ack-source" || x.owner.Kind == oas.Server {
			continue
		}
		if !cites(x.value, "document") && !cites(x.value, "undocumented") {
			p.report(x.value, x.owner, "no source says what %s means", label(x.owner))
		}
	}
}

// cites reports whether an entry of x-ack-source has a key.
func cites(sources *yaml.Node, key string) bool {
	return slices.ContainsFunc(yamlsrc.Items(sources), func(entry *yaml.Node) bool { return yamlsrc.Value(entry, key) != nil })
}

func keys(mapping *yaml.Node) []string {
	var out []string
	for key := range yamlsrc.Pairs(mapping) {
		out = append(out, key.Value)
	}
	return out
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
