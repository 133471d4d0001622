// Package asset holds the scripts of a site: search, a switch of colors, buttons that copy
// code, and what opens folded parts that an address names. They are classic scripts without
// a framework, and each stays idle on a page that lacks what it needs. Pages are complete
// without them.
//
// What they look for in a page, and what they add to it, which the style of pages covers:
//
//	theme.js   stands in the head, without defer or async; sets data-theme="light" or "dark" on the
//	           root, and nothing for the colors of the system; shows <button id="theme" type="button" hidden>
//	search.js  fills <div id="search"></div> with #search-input, kbd and #search-results; results have the role
//	           option and hold .result-kind, .result-name, .result-go, .result-where and .result-text
//	copy.js    puts each pre of main into div.code, beside a button.copy
//	reveal.js  opens details around the target of the address, and those that are a child of it
//
// Messages to screen readers have the class visually-hidden. The scripts but theme.js run
// when the page is complete. search.js loads index.js, which package search makes, and
// minisearch.js from its own folder.
//
// The folder npm says which library comes from npm, in which version and under which
// license: make search-library copies it from there.
//
// The package may import the standard library only.
package asset

import (
	"embed"
	"fmt"
)

//go:embed theme.js search.js copy.js reveal.js npm/minisearch.js npm/minisearch.LICENSE.txt
var files embed.FS

// Theme is the name of the script that stands in the head of pages.
const Theme = "theme.js"

// Scripts returns the names of the scripts that every page loads at its end, in their
// order.
func Scripts() []string { return []string{"search.js", "copy.js", "reveal.js"} }

// Files returns all files by their names. They lie in one folder of the site, in which the
// index lies, too.
func Files() (map[string][]byte, error) {
	out := map[string][]byte{}
	for name, source := range map[string]string{
		Theme:                    Theme,
		"search.js":              "search.js",
		"copy.js":                "copy.js",
		"reveal.js":              "reveal.js",
		"minisearch.js":          "npm/minisearch.js",
		"minisearch.LICENSE.txt": "npm/minisearch.LICENSE.txt",
	} {
		data, err := files.ReadFile(source)
		if err != nil {
			return nil, fmt.Errorf("read script: %w", err)
		}
		out[name] = data
	}
	return out, nil
}
