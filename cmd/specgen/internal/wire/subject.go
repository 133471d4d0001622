package wire

import (
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/internal/userinfo"
)

// subject names an object in the words of people: "DescribeClusters query page_size",
// "ScalingGroup.disk_init". [] stands for the items of a list and {} for the values of
// a map. Names do not depend on the order of what is named.
func subject(n *object) string {
	if n.Parent == nil {
		return "document"
	}
	if n.Parent.Kind == oas.Components {
		if n.Kind == oas.Schema {
			return n.Name
		}
		return string(n.Kind) + " " + n.Name
	}
	switch n.Kind {
	case oas.Operation:
		return n.Subject()
	case oas.PathItem:
		return n.Name
	case oas.Tag:
		return "tag " + n.Text("name")
	case oas.Server:
		return within(n, "server "+userinfo.Hide(n.Text("url")))
	case oas.Parameter:
		p := shared(n)
		return within(n, p.Text("in")+" "+p.Text("name"))
	case oas.RequestBody:
		return within(n, "body")
	case oas.Response:
		return within(n, "response "+n.Name)
	case oas.Header, oas.Example:
		return within(n, string(n.Kind)+" "+n.Name)
	case oas.ServerVariable:
		return within(n, "variable "+n.Name)
	case oas.MediaType:
		return within(n, n.Name)
	case oas.Schema:
		return subject(holder(n)) + step(n)
	default: // info, paths, components, responses
		return subject(n.Parent)
	}
}

// shared returns the component that a parameter refers to, or the parameter itself.
func shared(n *object) *object {
	root := n
	for root.Parent != nil {
		root = root.Parent
	}
	if components := root.Child("components"); components != nil {
		for p := range components.In("parameters") {
			if n.Ref() == "#"+p.Pointer() {
				return p
			}
		}
	}
	return n
}

// within puts the name of what holds an object before its own.
func within(n *object, own string) string {
	if name := subject(holder(n)); name != "document" {
		return name + " " + own
	}
	return own
}

// holder is what holds an object. JSON is what everybody expects, and goes without saying.
func holder(n *object) *object {
	if n.Parent.Kind == oas.MediaType && n.Parent.Name == "application/json" {
		return n.Parent.Parent
	}
	return n.Parent
}

// step is how a schema is named after the one that it is a part of.
func step(n *object) string {
	switch n.Field {
	case "schema":
		return ""
	case "properties":
		return "." + n.Name
	case "items":
		return "[]"
	case "additionalProperties":
		return "{}"
	case "not":
		return ".not"
	default:
		return "." + n.Field + "[" + n.Name + "]"
	}
}
