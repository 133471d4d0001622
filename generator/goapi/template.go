package goapi

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ackgen/ackgen/generator/load/oas"
)

// checkPaths reports the paths that cannot be sent as they are written. All other
// characters are escaped by the runtime, and signed in the form that is sent.
func (b *builder) checkPaths(paths *openapi3.Paths) {
	for path, item := range paths.Map() {
		pos := b.Locate(item.Origin)
		literal := oas.PathForm(path)
		if strings.Contains(literal, "%") {
			b.unsupported(pos, "", "the escape in the path "+quote(path), "write the character itself: what a URL cannot hold is escaped when it is sent")
		}
		if strings.ContainsAny(literal, "?#") {
			b.unsupported(pos, "", "the query or fragment in the path "+quote(path), "declare query parameters; one that is always the same has an enum with one value")
		}
		segments := strings.Split(strings.TrimPrefix(literal, "/"), "/")
		for i, segment := range segments {
			switch {
			case segment == "." || segment == "..":
				b.unsupported(pos, "", "the segment "+quote(segment)+" of the path "+quote(path), "write the path that is meant: servers and proxies clean such segments away")
			case segment == "" && i < len(segments)-1:
				b.unsupported(pos, "", "an empty segment of the path "+quote(path), "delete one of the slashes")
			}
		}
	}
}
