package lint

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	texts "github.com/ackgen/ackgen/cmd/internal/rules"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/internal/spell"
)

var settingRules = []Rule{
	{"ACK183", false, checkSettings},
	{"ACK210", false, checkRAMService},
}

// The settings of lint.yaml.
const (
	settingTypes    = "types"        // JSON names of several types, each with its reason
	settingLeaveOut = "leave-out"    // rules and groups of rules that a spec does not follow, each with its reason
	settingServices = "ram-services" // the services of RAM actions, the spec's own first
)

// Settings are the files beside the fragments that rules consult. Nil nodes
// switch off what depends on them.
type Settings struct {
	Sources    *yaml.Node
	Extensions *yaml.Node
	// Lint is lint.yaml: exceptions, and what differs from spec to spec.
	Lint *yaml.Node
	// Terms is terms.yaml.
	Terms *yaml.Node
	// Today is the day that windows are compared with.
	Today time.Time
}

// LeavesOut reports whether a spec does not follow a rule: lint.yaml names its code
// or its group.
func (s Settings) LeavesOut(code string) bool {
	rule, _ := texts.Find(code)
	return s.leavesOut(code) || s.LeavesOutGroup(rule.Group)
}

// LeavesOutGroup reports whether a spec follows no rule of a group.
func (s Settings) LeavesOutGroup(group texts.Group) bool {
	return group != texts.Code && s.leavesOut(string(group))
}

func (s Settings) leavesOut(name string) bool {
	return yamlsrc.Value(yamlsrc.Value(s.Lint, settingLeaveOut), name) != nil
}

func checkSettings(p *pass) {
	if p.settings.Lint != nil && p.settings.Lint.Kind != yaml.MappingNode {
		p.report(p.settings.Lint, nil, "lint.yaml must hold a mapping")
		return
	}
	for key, value := range yamlsrc.Pairs(p.settings.Lint) {
		switch key.Value {
		case settingTypes:
			p.reasons(key, value)
		case settingLeaveOut:
			p.reasons(key, value)
			p.leftOut(value)
		case settingServices:
			p.services(value)
		default:
			known := []string{settingLeaveOut, settingServices, settingTypes}
			p.report(key, nil, "lint.yaml knows no setting %q%s; there are %s", key.Value, spell.Hint(key.Value, known), strings.Join(known, ", "))
		}
	}
}

// reasons reports a setting that is not a mapping from names to reasons.
func (p *pass) reasons(setting, value *yaml.Node) {
	if value.Kind != yaml.MappingNode {
		p.report(value, nil, "%s must hold a mapping from names to reasons", setting.Value)
	}
	for name, reason := range yamlsrc.Pairs(value) {
		if reason.Kind != yaml.ScalarNode || len(strings.Fields(reason.Value)) < 2 {
			p.report(reason, nil, "%s of %s has no reason", name.Value, setting.Value)
		}
	}
}

// leftOut reports names that are neither rules of lint nor groups of them.
func (p *pass) leftOut(list *yaml.Node) {
	known := slices.Clone(p.all)
	for _, g := range texts.Groups() {
		if g != texts.Code {
			known = append(known, string(g))
		}
	}
	for name := range yamlsrc.Pairs(list) {
		_, isRule := texts.Find(name.Value)
		switch {
		case slices.Contains(known, name.Value):
		case name.Value == string(texts.Code):
			p.report(name, nil, "the group %s cannot be left out: its rules hold for every spec; name single ones", name.Value)
		case isRule:
			p.report(name, nil, "%s cannot be left out: it is not a rule of lint", name.Value)
		default:
			p.report(name, nil, "%q is neither a rule nor a group of rules%s", name.Value, spell.Hint(name.Value, known))
		}
	}
}

var serviceName = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

func (p *pass) services(list *yaml.Node) {
	if list.Kind != yaml.SequenceNode || len(list.Content) == 0 {
		p.report(list, nil, "%s must list the services of RAM actions, the spec's own first, such as [cs, ram]", settingServices)
		return
	}
	for _, service := range list.Content {
		if service.Kind != yaml.ScalarNode || !serviceName.MatchString(service.Value) {
			p.report(service, nil, "a service is what stands before the colon of a RAM action, such as cs")
		}
	}
}

// checkRAMService finds actions of services that lint.yaml does not name, and
// operations whose own action is not of the spec's own service.
func checkRAMService(p *pass) {
	services := strs(yamlsrc.Value(p.settings.Lint, settingServices))
	if len(services) == 0 {
		return
	}
	for _, op := range p.operations() {
		for i, action := range ramActions(op) {
			service, _, isAction := strings.Cut(action.Value, ":")
			switch {
			case !isAction || unwritten(action):
			case !slices.Contains(services, service):
				p.report(action, op, "%s is an action of %s, which %s of lint.yaml does not name%s",
					action.Value, service, settingServices, spell.Hint(service, services))
			case i == 0 && service != services[0]:
				p.report(action, op, "the first action is the operation's own, of %s, and not %s", services[0], action.Value)
			}
		}
	}
}

// ramActions returns the actions of an operation, its own first.
func ramActions(op *oas.Node) []*yaml.Node {
	value := op.Get("x-ack-ram-action")
	switch {
	case value == nil:
		return nil
	case value.Kind == yaml.SequenceNode:
		return value.Content
	case value.Kind == yaml.MappingNode:
		return slices.DeleteFunc([]*yaml.Node{yamlsrc.Value(value, "assumed")}, func(n *yaml.Node) bool { return n == nil })
	default:
		return []*yaml.Node{value}
	}
}
