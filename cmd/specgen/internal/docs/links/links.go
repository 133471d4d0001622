// Package links finds links that lead nowhere, in the Markdown of a repository and in the
// pages of a site. It reads what it is given and asks no network: of a link to another host,
// only the form is checked.
//
// It may import its sibling markdown, goldmark and the standard library.
package links

import (
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
)

// A document is a file that links lead to and from.
type document struct {
	ids   map[string]bool // that links to it may end in
	links []string
}

// check returns what is wrong with the links of documents, by their paths. There are more files than documents, which exists
// reports.
func check(documents map[string]*document, exists func(path string) bool) []string {
	var findings []string
	for _, name := range slices.Sorted(maps.Keys(documents)) {
		for _, to := range documents[name].links {
			if problem := dead(documents, exists, name, to); problem != "" {
				findings = append(findings, fmt.Sprintf("%s: link %q: %s", name, to, problem))
			}
		}
	}
	return findings
}

// dead returns why a link of a document leads nowhere, or nothing.
func dead(documents map[string]*document, exists func(path string) bool, from, to string) string {
	u, err := url.Parse(to)
	if err != nil || strings.ContainsAny(to, " \t\r\n") {
		return "this is no address"
	}
	switch {
	case u.Scheme == "mailto" && strings.Contains(u.Opaque, "@"):
		return ""
	case u.Scheme == "https" && u.Host != "":
		return ""
	case u.Scheme != "" || u.Host != "":
		return "links to other hosts begin with https:"
	case u.RawQuery != "" || path.IsAbs(u.Path):
		return "links to files are relative paths"
	}
	target := from
	if u.Path != "" {
		target = path.Join(path.Dir(from), u.Path)
	}
	if !exists(target) {
		return "there is no file " + target
	}
	if d := documents[target]; u.Fragment != "" && d != nil && !d.ids[u.Fragment] {
		return target + " has no place " + u.Fragment
	}
	return ""
}
