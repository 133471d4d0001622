package bundle

import (
	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/diag/rule"
)

// Codes of the findings of this package; ACK001 to ACK003 come from yamlsrc.
const (
	codeDangling     = "ACK004"
	codeOutside      = "ACK005"
	codeRefKind      = "ACK006"
	codeOperationID  = "ACK007"
	codeRoute        = "ACK008"
	codeName         = "ACK009"
	codeUnused       = "ACK010"
	codeFileName     = "ACK011"
	codeTag          = "ACK012"
	codeStale        = "ACK013"
	codeMisplaced    = "ACK014"
	codeFragmentForm = "ACK015"
)

// Rules explains the codes of bundling.
var Rules = []rule.Info{
	{
		Code: "ACK001", Title: "a file is readable YAML",
		Why: "Nothing of a file that does not parse can be checked or bundled.",
		Fix: "correct the syntax at or shortly before the position",
	},
	{
		Code: "ACK002", Title: "a mapping holds a key once",
		Why: "YAML readers keep the first or the last of two equal keys, or refuse the file, so the author cannot know what holds.",
		Fix: "remove or rename one of the two",
	},
	{
		Code: "ACK003", Title: "a file holds one plain YAML document",
		Why: "Readers silently ignore what follows the first document, and anchors hide where a value comes from.",
		Fix: "keep one document per file, without anchors, aliases, keys that are no texts and numbers that JSON lacks",
	},
	{
		Code: "ACK004", Title: "a reference leads to a fragment that exists",
		Why: "A dangling reference leaves a hole in the bundle that every reader of it trips over.",
		Fix: "correct the path, which is relative to the file that holds the reference, or add the fragment",
	},
	{
		Code: "ACK005", Title: "a reference stays inside the spec folder",
		Why: "The spec has to be complete by itself: files elsewhere are not reviewed, bundled or shipped with it.",
		Fix: "move what is needed into a fragment of the spec",
	},
	{
		Code: "ACK006", Title: "a reference leads to a whole fragment of the right kind",
		Why: "Every shared thing is a file of its own, so that its name and its users are obvious.",
		Fix: "point at a file: schemas/<group>/<Name>.yaml for schemas, parameters/<Name>.yaml, responses/<Name>.yaml",
	},
	{
		Code: "ACK007", Title: "an operationId is used once",
		Why: "The id becomes the method name of the SDK and the name in RAM policies.",
		Fix: "give one operation another id, or delete the copy",
	},
	{
		Code: "ACK008", Title: "a method and path are defined once",
		Why: "Two operations with the same method and path cannot be told apart on the wire.",
		Fix: "delete one of the two",
	},
	{
		Code: "ACK009", Title: "a name is used once among the schemas, parameters or responses",
		Why: "The name becomes a Go type, and the bundle has one namespace over all groups.",
		Fix: "rename one fragment, or move the shared one to schemas/common",
	},
	{
		Code: "ACK010", Title: "a shared fragment is used",
		Why: "What no operation reaches would be kept up to date for nobody.",
		Fix: "refer to the fragment from an operation, or delete the file",
	},
	{
		Code: "ACK011", Title: "an operation file is named after its operationId and lies in the folder of its tag",
		Why: "People find an operation by its name; a file in the wrong place is not found.",
		Fix: "rename or move the file to operations/<tag in lower case>/<operationId>.yaml",
	},
	{
		Code: "ACK012", Title: "a tag is declared in root.yaml",
		Why: "Tags are the groups of the SDK, with an order and a description of their own.",
		Fix: "use a declared tag, or declare this one in root.yaml",
	},
	{
		Code: "ACK013", Title: "the committed bundle is up to date",
		Why: "The SDK, the fake server and other tools read the bundle, not the fragments.",
		Fix: "run `specgen bundle` and commit the result",
	},
	{
		Code: "ACK014", Title: "a YAML file of the spec lies where fragments lie",
		Why: "A file in any other place would be left out of the bundle without a word.",
		Fix: "move it to operations/<group>/, schemas/<group>/, parameters/ or responses/, with the ending .yaml",
	},
	{
		Code: "ACK015", Title: "a fragment has the form of its folder",
		Why: "One file is one operation, schema, parameter or response, so that a review shows exactly what changed.",
		Fix: "write one path with one method in an operation file, and the object itself in the other files",
	},
}

// Stale is the finding of a bundle that is missing or differs from what the
// fragments make.
func Stale(file string) []diag.Finding {
	return []diag.Finding{{Pos: diag.Pos{File: file}, Code: codeStale, Message: "the bundle is not what its fragments make"}}
}
