package kube

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/object"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/selector"
	"github.com/ackgen/ackgen/sdk/acktest/internal/kube/store"
)

// identify checks that an object is of the kind, name and namespace that the
// request is for, and takes out of it what the store does not keep. Name and
// namespace may be missing.
func (req *request) identify(o object.Object) *failure {
	res := req.resource
	if kind := object.String(o, "kind"); kind != "" && kind != res.kind {
		return badRequest("the kind of the object (%s) is not that of the request (%s)", kind, res.kind)
	}
	if version := object.String(o, "apiVersion"); version != "" && version != res.apiVersion() {
		return badRequest("the API version in the data (%s) does not match the expected API version (%s)", version, res.apiVersion())
	}
	delete(o, "kind")
	delete(o, "apiVersion")
	if o["metadata"] == nil {
		o["metadata"] = object.Object{}
	}
	meta := object.Map(o, "metadata")
	if meta == nil {
		return badRequest("metadata is not an object")
	}
	delete(meta, "managedFields")
	delete(meta, "selfLink")
	if f := checkTexts(meta); f != nil {
		return f
	}
	if !res.namespaced {
		delete(meta, "namespace")
	} else if namespace := object.String(meta, "namespace"); namespace != "" && namespace != req.namespace {
		return badRequest("the namespace of the provided object does not match the namespace sent on the request")
	} else {
		meta["namespace"] = req.namespace
	}
	if given := object.String(meta, "name"); given != "" && req.name != "" && given != req.name {
		return badRequest("the name of the object (%s) does not match the name on the URL (%s)", given, req.name)
	}
	if req.name != "" {
		meta["name"] = req.name
	}
	return nil
}

// checkTexts checks the types of the metadata that the API reads.
func checkTexts(meta object.Object) *failure {
	for _, field := range []string{"name", "generateName", "namespace", "uid", "resourceVersion"} {
		if _, ok := meta[field].(string); !ok && meta[field] != nil {
			return badRequest("metadata.%s is not a text", field)
		}
	}
	for _, field := range []string{"labels", "annotations"} {
		texts, ok := meta[field].(object.Object)
		if !ok && meta[field] != nil || len(object.Strings(meta, field)) != len(texts) {
			return badRequest("metadata.%s is not a map of texts", field)
		}
	}
	return nil
}

// nameNew finds the name of a new object, and checks that its namespace exists.
func (a *API) nameNew(req *request, o object.Object) *failure {
	given := object.String(o, "metadata", "name")
	if prefix := object.String(o, "metadata", "generateName"); given == "" && prefix != "" {
		given = prefix + a.newSuffix()
	}
	if given == "" {
		return invalid(req.resource, "", cause{"FieldValueRequired", "metadata.name", "Required value: name or generateName is required"})
	}
	object.Set(o, given, "metadata", "name")
	req.name = given
	if !req.resource.namespaced {
		return nil
	}
	namespace, ok := a.store.Get(store.Key{Resource: namespaces.id(), Name: req.namespace})
	if !ok {
		return notFound(namespaces, req.namespace)
	}
	if isDeleted(namespace) {
		return failed(http.StatusForbidden, "Forbidden", "%s %q is forbidden: unable to create new content in namespace %s because it is being terminated",
			req.resource.id(), given, req.namespace)
	}
	return nil
}

// causes returns everything that is wrong with an object.
func (r *resource) causes(o, old object.Object) []cause {
	var causes []cause
	if given := name(o); !isName(given) || r == namespaces && (len(given) > 63 || strings.Contains(given, ".")) {
		causes = append(causes, invalidValue("metadata.name", "%q: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'", given))
	}
	for key, value := range object.Strings(o, "metadata", "labels") {
		if !selector.IsLabel(key, value) {
			causes = append(causes, invalidValue("metadata.labels", "%q: a valid label is expected", key+"="+value))
		}
	}
	if r.check != nil {
		causes = append(causes, r.check(o, old)...)
	}
	return causes
}

// isName tells whether a text is the name of a domain in lower case.
func isName(text string) bool {
	if text == "" || len(text) > 253 {
		return false
	}
	for part := range strings.SplitSeq(text, ".") {
		if part == "" || part[0] == '-' || part[len(part)-1] == '-' || strings.Trim(part, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
	}
	return true
}

// newUID returns an id for the object that is made next. It follows from the
// state, so that the same requests make the same objects.
func (a *API) newUID() string {
	sum := a.digest("uid")
	sum[6] = sum[6]&0x0f | 0x40 // version 4
	sum[8] = sum[8]&0x3f | 0x80 // variant of RFC 4122
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// newSuffix returns what makes a name unlike all others.
func (a *API) newSuffix() string {
	sum := a.digest("suffix")
	return safeText(sum[:5])
}

// safeText spells bytes with letters and digits that form no words.
func safeText(data []byte) string {
	const letters = "bcdfghjklmnpqrstvwxz2456789"
	text := make([]byte, len(data))
	for i, b := range data {
		text[i] = letters[int(b)%len(letters)]
	}
	return string(text)
}

func (a *API) digest(what string) []byte {
	sum := sha256.Sum256([]byte(what + strconv.FormatInt(a.store.Revision(), 10) + a.now().String()))
	return sum[:]
}
