package wire

import (
	"regexp"
	"strings"

	"github.com/ackgen/ackgen/generator/load/oas"
)

// renamed are the kinds of oasdiff that are one kind of ours. What oasdiff says about
// deprecation and dates stays out: it looks at the clock.
var renamed = []struct{ from, to string }{
	{`^api(-path)?-removed(-without-deprecation|-with-deprecation|-before-sunset)?$`, "operation-removed"},
	{`^api-path-sunset-parse$`, "operation-removed"},
	{`^endpoint-added$`, "operation-added"},
	{`^endpoint-deprecated(-with-sunset)?$`, "operation-deprecated"},
	{`^endpoint-reactivated$`, "operation-undeprecated"},
	{`^api-operation-id-(removed|added)$`, "operation-renamed"},
	{`^new-optional-request-(default-)?parameter(-to-existing-path)?$`, "request-parameter-added"},
	{`^new-required-request-(default-)?parameter(-to-existing-path)?$`, "request-required-parameter-added"},
	{`^new-optional-request-property$`, "request-property-added"},
	{`^new-required-request-property(-with-default)?$`, "request-required-property-added"},
	{`^(response)-(?:optional|required)-property-(added|removed|became-(?:not-)?(?:read|write)-only)`, "$1-property-$2"},
	{`^(request)-(?:optional|required)-property-(became-(?:not-)?(?:read|write)-only)`, "$1-property-$2"},
	{`^(request-property-became-required)-with-default$`, "$1"},
	{`^(re\w+-(?:parameter|property)-(?:removed|deprecated|reactivated))(-with-deprecation|-before-sunset|-sunset-parse|-with-sunset|-sunset-missing)$`, "$1"},
}

var renamedRE = compiled()

func compiled() []*regexp.Regexp {
	out := make([]*regexp.Regexp, len(renamed))
	for i, r := range renamed {
		out[i] = regexp.MustCompile(r.from)
	}
	return out
}

// kindOf names the kind of a change that oasdiff found at a place. What it tells apart
// by the way on which a schema was reached is one kind: the root of one body is a
// property of another.
func kindOf(id string, at place) string {
	if at.object.Kind == oas.Schema {
		for _, root := range []string{"request-body-", "response-body-", "response-mediatype-"} {
			if rest, ok := strings.CutPrefix(id, root); ok {
				direction, _, _ := strings.Cut(root, "-")
				id = direction + "-property-" + rest
			}
		}
	}
	for i, re := range renamedRE {
		if re.MatchString(id) {
			return re.ReplaceAllString(id, renamed[i].to)
		}
	}
	return id
}

// aspects tells which kinds report the change of a key.
var aspects = map[string]*regexp.Regexp{
	"type":             regexp.MustCompile(`-type-(changed|generalized|specialized|compatible)|-list-of-types-`),
	"format":           regexp.MustCompile(`-type-(changed|generalized|specialized|compatible)`),
	"enum":             regexp.MustCompile(`-enum(-|$)`),
	"required":         regexp.MustCompile(`-became-(required|optional)|required.*-added`),
	"nullable":         regexp.MustCompile(`-nullable`),
	"minimum":          regexp.MustCompile(`-min-(set|unset|increased|decreased)`),
	"maximum":          regexp.MustCompile(`-max-(set|unset|increased|decreased)`),
	"exclusiveMinimum": regexp.MustCompile(`-exclusive-min-`),
	"exclusiveMaximum": regexp.MustCompile(`-exclusive-max-`),
	"minLength":        regexp.MustCompile(`-min-length-`),
	"maxLength":        regexp.MustCompile(`-max-length-`),
	"minItems":         regexp.MustCompile(`-min-items-`),
	"maxItems":         regexp.MustCompile(`-max-items-`),
	"minProperties":    regexp.MustCompile(`-min-properties-`),
	"maxProperties":    regexp.MustCompile(`-max-properties-`),
	"pattern":          regexp.MustCompile(`-pattern-`),
	"multipleOf":       regexp.MustCompile(`-multiple-of-`),
	"uniqueItems":      regexp.MustCompile(`-unique-items-`),
	"default":          regexp.MustCompile(`-default-value-`),
	"deprecated":       regexp.MustCompile(`-(un)?deprecated|-reactivated`),
	"readOnly":         regexp.MustCompile(`-read-only`),
	"writeOnly":        regexp.MustCompile(`-write-only`),
	"discriminator":    regexp.MustCompile(`-discriminator-`),
	"operationId":      regexp.MustCompile(`operation-(renamed|removed)`),
	"security":         regexp.MustCompile(`-security-`),
}
