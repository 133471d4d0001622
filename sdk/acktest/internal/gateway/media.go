package gateway

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

const (
	jsonType = "application/json"
	formType = "application/x-www-form-urlencoded"
	anyType  = "*/*"
)

// baseType returns a media type without its parameters, in lower case.
func baseType(mediaType string) string {
	base, _, _ := strings.Cut(mediaType, ";")
	return strings.ToLower(strings.TrimSpace(base))
}

func isJSON(mediaType string) bool {
	base := baseType(mediaType)
	return base == jsonType || base == "text/json" || strings.HasSuffix(base, "+json")
}

// complete puts in what the spec leaves out: JSON without a schema is any JSON.
func complete(content openapi3.Content) {
	for mediaType, media := range content {
		if media == nil {
			media = openapi3.NewMediaType()
			content[mediaType] = media
		}
		if media.Schema == nil && isJSON(mediaType) {
			media.Schema = openapi3.NewSchemaRef("", openapi3.NewSchema().WithNullable())
		}
	}
}

// acceptedType returns the media type among those of the spec under which a body was sent, or "".
func acceptedType(content openapi3.Content, sent string) string {
	base := baseType(sent)
	family, _, _ := strings.Cut(base, "/")
	for _, want := range []string{base, family + "/*", anyType} {
		for _, key := range slices.Sorted(maps.Keys(content)) {
			if base != "" && baseType(key) == want {
				return key
			}
		}
	}
	return ""
}

// jsonOf returns the JSON media type among those of the spec, or "".
func jsonOf(content openapi3.Content) string {
	if mediaType := preferredType(content); isJSON(mediaType) {
		return mediaType
	}
	return ""
}

// preferredType returns the media type that clients read: the first that is JSON, else plain text, else the first.
func preferredType(content openapi3.Content) string {
	rank := func(mediaType string) int {
		switch {
		case baseType(mediaType) == jsonType:
			return 0
		case isJSON(mediaType):
			return 1
		case baseType(mediaType) == "text/plain":
			return 2
		}
		return 3
	}
	keys := slices.SortedFunc(maps.Keys(content), func(a, b string) int {
		return cmp.Or(rank(a)-rank(b), strings.Compare(a, b))
	})
	if len(keys) == 0 {
		return ""
	}
	return keys[0]
}

// sentType returns the Content-Type of a response: one media type for a range, and the charset of texts.
func sentType(mediaType string, s shape) string {
	switch {
	case mediaType == anyType && (s.is(openapi3.TypeObject) || s.is(openapi3.TypeArray)):
		mediaType = jsonType
	case mediaType == "text/*":
		mediaType = "text/plain"
	case strings.HasSuffix(mediaType, "/*"):
		mediaType = "application/octet-stream"
	}
	if (isJSON(mediaType) || strings.HasPrefix(mediaType, "text/")) && !strings.Contains(mediaType, ";") {
		return mediaType + "; charset=utf-8"
	}
	return mediaType
}
