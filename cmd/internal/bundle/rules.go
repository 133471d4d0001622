package bundle

import "github.com/ackgen/ackgen/generator/diag"

// Codes of the findings of this package; ACK001 to ACK003 come from yamlsrc.
const (
	codeDangling     = "ACK004"
	codeOutside      = "ACK005"
	codeRefKind      = "ACK006"
	codeRoute        = "ACK008"
	codeName         = "ACK009"
	codeUnused       = "ACK010"
	codeFileName     = "ACK011"
	codeStale        = "ACK013"
	codeWrongFolder  = "ACK014"
	codeFragmentForm = "ACK015"
)

// Stale is the finding of a bundle that is missing or differs from what the
// fragments make.
func Stale(file string) []diag.Finding {
	return []diag.Finding{{Pos: diag.Pos{File: file}, Code: codeStale, Message: "the bundle is not what its fragments make"}}
}
