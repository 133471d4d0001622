package roa

import (
	"slices"
	"strings"
	"unicode"
)

// Names of members, parameters and header fields whose values are taken for
// secrets where no type tells, without case, hyphens, underscores and dots.
var (
	// secretParts are parts of names.
	secretParts = []string{
		"password", "passwd", "secret", "token", "credential", "kubeconfig", "privatekey", "accesskey", "apikey",
		"userdata", "authorization", "cookie",
	}
	// secretNames are whole names: what add-ons and clusters are set up by holds
	// keys of users, a config is often a kubeconfig, the manifest of a template may hold
	// Secrets, the URL of a trigger is all that it takes to call it, and a value belongs
	// to a key that may be the name of a secret.
	secretNames = []string{"config", "metadata", "parameters", "script", "signature", "template", "triggerurl", "userca", "value"}
	// openNames have a part like a secret but are none.
	openNames = []string{"nexttoken", "clienttoken"}
)

// secretName reports whether a value of this name is taken for a secret.
func secretName(name string) bool {
	name = strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == '.' {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
	if slices.Contains(openNames, name) {
		return false
	}
	return slices.Contains(secretNames, name) ||
		slices.ContainsFunc(secretParts, func(part string) bool { return strings.Contains(name, part) })
}

// keyMarks are parts of texts, in lower case, that hold a key whatever their name
// is: PEM, kubeconfigs, and addresses that are signed.
var keyMarks = []string{"-----begin ", "client-key-data", "current-context:", "kind: config", "signature="}

func holdsKey(text string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(keyMarks, func(mark string) bool { return strings.Contains(text, mark) })
}
