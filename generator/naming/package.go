package naming

import (
	"fmt"
	"go/token"
	"regexp"
	"slices"
)

var packageName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// inMocks are the names of variables in generated mocks, and of what is predeclared
// in Go and used there. A package of that name would be hidden, or would hide it.
var inMocks = []string{"any", "count", "ctx", "e", "in", "m", "opts", "t"}

// CheckPackage returns an error when a generated package cannot have the name.
func CheckPackage(name string) error {
	why := ""
	switch {
	case !packageName.MatchString(name):
		why = "it must consist of lower-case letters, digits and underscores, and begin with a letter"
	case token.IsKeyword(name):
		why = "it is a keyword of Go"
	case name == "main" || name == "init":
		why = "Go imports no package of that name"
	case slices.Contains(inMocks, name):
		why = "the generated mocks use that name"
	default:
		return nil
	}
	return fmt.Errorf("%q cannot be the name of a package: %s", name, why)
}
