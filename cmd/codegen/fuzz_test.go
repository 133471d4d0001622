package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// faultForm is a fault with the line that it is in.
var faultForm = regexp.MustCompile(`^dir/ackgen\.yaml:(\d+)(:\d+)?: \S`)

// FuzzConfig reads any configuration: it says where each fault is, or returns packages with folders of their own.
func FuzzConfig(f *testing.F) {
	f.Add(string(firstConfig))
	f.Add("packages: [{out: a, package: b, operations: [A], groups: [B], presets: [operator], mocks: false, overrides: true}, {out: a/amock}]")
	f.Add("packages:\n- out: &x a\n- out: *x\n")
	f.Add("packages: [{out: ../../x, spec: /abs, presets: [opreator, []]}]\npackages: 1")
	f.Add("a: !!binary b\n---\n? [1]\n: {<<: *a}")
	f.Add("packages: [{out: \"a\\nb\", opperations: \"\\e[31m\"}]")
	f.Fuzz(func(t *testing.T, text string) {
		targets, err := parseConfig(filepath.Join("dir", "ackgen.yaml"), []byte(text))
		if err == nil {
			if len(targets) == 0 {
				t.Fatal("neither a package nor a fault")
			}
			folders := map[string]int{}
			for i, target := range targets {
				for _, folder := range target.folders() {
					if other, ok := folders[folder]; ok && other != i {
						t.Fatalf("two packages are in %q", folder)
					}
					folders[folder] = i
				}
			}
			return
		}
		head, list, _ := strings.Cut(err.Error(), "\n")
		if targets != nil || head != "the configuration has faults:" || list == "" {
			t.Fatalf("%d packages and error %q", len(targets), err)
		}
		if first, _, _ := strings.Cut(list, "\n"); !faultForm.MatchString(first) {
			t.Fatalf("a fault without a position: %q", first)
		}
	})
}
