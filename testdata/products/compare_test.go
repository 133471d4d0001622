package products

import (
	"bytes"
	"encoding/json"
	"maps"
	"mime"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

const contentType = "content-type"

// differences returns the places where two requests are not equal, sorted. JSON texts are compared by their meaning, forms and queries by
// their values, and other bodies by their bytes.
func differences(theirs, ours wire, headers bool) []string {
	var places []string
	note := func(same bool, place string) {
		if !same {
			places = append(places, place)
		}
	}
	note(theirs.method == ours.method, "method")
	note(theirs.path == ours.path, "path")
	places = append(places, differingValues("query ", theirs.rawQuery, ours.rawQuery)...)
	places = append(places, differingBodies(theirs, ours)...)
	for _, name := range headerNames(theirs, ours, headers) {
		place := "header " + name
		if name == contentType && len(theirs.body)+len(ours.body) == 0 {
			place += " without a body"
		}
		note(theirs.header[name] == ours.header[name], place)
	}
	if headers {
		note(slices.Equal(signedHeaders(theirs), signedHeaders(ours)), "signed headers")
	}
	slices.Sort(places)
	return places
}

// ownHeaders differ from call to call, or say who the client is.
var ownHeaders = map[string]string{
	"authorization":              "it holds the signature, which covers time and nonce",
	"x-acs-date":                 "time of the request",
	"x-acs-signature-nonce":      "random",
	"x-acs-content-sha256":       "the order of JSON members differs, and so the hash of the bytes",
	"content-length":             "the spelling of JSON texts differs",
	"user-agent":                 "names the client",
	"accept":                     "ours names the declared media type of the response before JSON, which errors have",
	"accept-encoding":            "a matter of the HTTP client",
	"x-acs-region-id":            "ours names its region, which central endpoints need to know",
	"x-acs-credentials-provider": "the official runtime counts how it is used",
}

// headerNames returns the headers to compare: all that are not a client's own, or only the media type of the body.
func headerNames(theirs, ours wire, all bool) []string {
	if !all {
		return []string{contentType}
	}
	names := make(map[string]bool)
	for _, w := range []wire{theirs, ours} {
		for name := range w.header {
			names[name] = ownHeaders[name] == ""
		}
	}
	maps.DeleteFunc(names, func(_ string, compared bool) bool { return !compared })
	return slices.Sorted(maps.Keys(names))
}

// signedHeaders returns which headers a client signs, without its own.
func signedHeaders(w wire) []string {
	_, rest, _ := strings.Cut(w.header["authorization"], "SignedHeaders=")
	list, _, _ := strings.Cut(rest, ",")
	return slices.DeleteFunc(strings.Split(list, ";"), func(name string) bool { return ownHeaders[name] != "" })
}

func differingBodies(theirs, ours wire) []string {
	mediaType, _, _ := mime.ParseMediaType(theirs.header[contentType])
	otherType, _, _ := mime.ParseMediaType(ours.header[contentType])
	switch {
	case bytes.Equal(theirs.body, ours.body):
		return nil
	case len(theirs.body) == 0:
		return []string{"body (only ours)"}
	case len(ours.body) == 0:
		return []string{"body (only theirs)"}
	case mediaType != otherType:
		return []string{"body (another media type)"}
	case mediaType == "application/x-www-form-urlencoded":
		return differingValues("form ", string(theirs.body), string(ours.body))
	}
	want, isJSON := parse(string(theirs.body))
	got, both := parse(string(ours.body))
	if !isJSON || !both {
		return []string{"body"}
	}
	return differingJSON("body", want, got)
}

// differingValues returns the names in a query or a form that have other values.
func differingValues(kind, theirs, ours string) []string {
	want, err := url.ParseQuery(theirs)
	got, err2 := url.ParseQuery(ours)
	if err != nil || err2 != nil {
		return []string{kind + "syntax"}
	}
	var places []string
	for name := range want {
		switch {
		case !got.Has(name):
			places = append(places, kind+name+" (only theirs)")
		case !slices.EqualFunc(want[name], got[name], sameText):
			places = append(places, kind+name)
		}
	}
	for name := range got {
		if !want.Has(name) {
			places = append(places, kind+name+" (only ours)")
		}
	}
	return places
}

// sameText reports whether two texts are equal, or mean the same as JSON.
func sameText(theirs, ours string) bool {
	if theirs == ours {
		return true
	}
	want, isJSON := parse(theirs)
	got, both := parse(ours)
	return isJSON && both && reflect.DeepEqual(want, got)
}

// parse reads a JSON text and keeps numbers as they are written.
func parse(text string) (value any, ok bool) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	err := decoder.Decode(&value)
	return value, err == nil
}

func differingJSON(path string, want, got any) []string {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return []string{path + " (no object)"}
		}
		var places []string
		for name := range w {
			if value, ok := g[name]; ok {
				places = append(places, differingJSON(path+"/"+name, w[name], value)...)
			} else {
				places = append(places, path+"/"+name+" (only theirs)")
			}
		}
		for name := range g {
			if _, ok := w[name]; !ok {
				places = append(places, path+"/"+name+" (only ours)")
			}
		}
		return places
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return []string{path + " (no array of this length)"}
		}
		var places []string
		for i := range w {
			places = append(places, differingJSON(path+"/"+strconv.Itoa(i), w[i], g[i])...)
		}
		return places
	default:
		if want != got {
			return []string{path}
		}
		return nil
	}
}
