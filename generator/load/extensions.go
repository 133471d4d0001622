package load

import (
	"slices"
	"strings"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
	"github.com/ackgen/ackgen/internal/spell"
)

// CodeUnknownExtension marks a misspelled extension of ours. OpenAPI accepts every
// key that begins with x-, so the extension would have no effect without a word.
const CodeUnknownExtension = "GEN003"

// CodeExtensionOwner marks an extension on an object of a kind where nothing reads
// it.
const CodeExtensionOwner = "GEN004"

// Extension is a key beginning with x-ack- that a document may hold.
type Extension struct {
	Name string
	// On are the kinds of objects that may have it. A property is a schema.
	On []oas.Kind
	// Default says what holds without it.
	Default string
	// Read says that the generator reports every wrong value.
	Read bool
}

// Extensions are all extensions, by name.
var Extensions = []Extension{
	{"x-ack-absent", []oas.Kind{oas.Schema}, "a missing value reads as zero: in types that only responses reach the field is not a pointer", false},
	{"x-ack-always", []oas.Kind{oas.Schema}, "a response may lack every property, or be empty", true},
	{"x-ack-closed", []oas.Kind{oas.Schema}, "false: an enum lists known values and others pass", true},
	{"x-ack-cluster-scoped", []oas.Kind{oas.Operation}, "unknown; lint asks for it", false},
	{"x-ack-copies-to", []oas.Kind{oas.Schema}, "no methods that copy the type", true},
	{"x-ack-deprecated", []oas.Kind{oas.Schema}, "a property is deprecated wherever its schema is, and nowhere else", true},
	{"x-ack-enum-names", []oas.Kind{oas.Schema}, "the constants of an enum are named after its values", true},
	{"x-ack-error-codes", []oas.Kind{oas.Document}, "no constants for the error codes of the service", true},
	{"x-ack-flat", []oas.Kind{oas.Parameter}, "an object or a list in the query is sent as its style says", true},
	{"x-ack-folder", []oas.Kind{oas.Schema}, "the type lies in the file of the one group that uses it, or in models_gen.go", true},
	{"x-ack-go-name", []oas.Kind{oas.Operation, oas.Parameter, oas.Schema, oas.Tag}, "the Go name is made from the name on the wire", true},
	{"x-ack-pagination", []oas.Kind{oas.Operation}, "the operation has no pages", true},
	{"x-ack-ram-action", []oas.Kind{oas.Operation}, "unknown; lint asks for it", false},
	{"x-ack-regions", []oas.Kind{oas.Server}, "the server serves the regions that its URL names", true},
	{"x-ack-removed", []oas.Kind{oas.Operation, oas.Parameter, oas.Schema}, "the provider's API still has it", true},
	{"x-ack-retry", []oas.Kind{oas.Operation}, "idempotent for GET and HEAD, unsafe for the others", true},
	{"x-ack-sensitive", []oas.Kind{oas.Schema, oas.Parameter}, "false: the text is not a secret", true},
	{"x-ack-source", []oas.Kind{oas.Operation, oas.Schema, oas.Server}, "unknown; lint asks for it", false},
	{"x-ack-status", []oas.Kind{oas.Operation, oas.Parameter, oas.Schema}, "stable", true},
	{"x-ack-task", []oas.Kind{oas.Operation}, "the operation starts no task", true},
	{"x-ack-waiter", []oas.Kind{oas.Operation}, "nothing waits for a state of the operation", true},
}

const (
	extensionPrefix = "x-ack"
	// nearMiss is the number of letters by which a key may differ from an extension
	// of ours to be taken for a slip. Extensions of others differ in more.
	nearMiss = 2
)

// checkExtensions reports extensions of ours that are misspelled or stand where
// nothing reads them. Extensions of others pass.
func checkExtensions(files yamlsrc.Files, doc *oas.Node, diags *diag.List) {
	names := make([]string, len(Extensions))
	for i, x := range Extensions {
		names[i] = x.Name
	}
	for n := range doc.All() {
		if n.IsRef() {
			continue // a sibling of the reference, which is reported as such
		}
		for key := range yamlsrc.Pairs(n.Value) {
			if !strings.HasPrefix(key.Value, "x-") {
				continue
			}
			f := diag.Finding{Pos: files.Pos(key), Subject: n.Subject()}
			i := slices.Index(names, key.Value)
			switch {
			case i >= 0 && slices.Contains(Extensions[i].On, n.Kind):
				continue
			case i >= 0:
				f.Code, f.Message = CodeExtensionOwner, key.Value+" stands where nothing reads it, in this kind of object: "+string(n.Kind)
				f.Fix = "move it to one of: " + kinds(Extensions[i].On)
			case !misspelled(key.Value, names):
				continue
			default:
				f.Code, f.Message = CodeUnknownExtension, key.Value+" is not an extension"+spell.Hint(key.Value, names)
				f.Fix = "correct the name; extensions of others begin with another word than x-ack"
			}
			diags.Add(f)
		}
	}
}

// misspelled reports whether a key that is not an extension of ours was meant to be
// one. A slip in our own word swaps, doubles or drops its letters; with another letter
// it is the word of somebody else, such as aws, acs or api.
func misspelled(key string, names []string) bool {
	if strings.HasPrefix(strings.ToLower(key), extensionPrefix) {
		return true
	}
	owner, _, _ := strings.Cut(strings.TrimPrefix(key, "x-"), "-")
	return strings.Trim(owner, "ack") == "" && spell.Within(nearMiss, key, names) != ""
}

func kinds(on []oas.Kind) string {
	out := make([]string, len(on))
	for i, k := range on {
		out[i] = string(k)
	}
	return strings.Join(out, ", ")
}
