package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"
)

// document is an OpenAPI 3.0 document with at least one operation.
type document struct {
	Module string // path of the module that carries it
	Path   string // within the module, with slashes
	Hash   string
	Valid  bool // says kin-openapi
	file   string
}

// inventory is what the modules carry.
type inventory struct {
	documents []*document // OpenAPI 3.0, each content once
	modules   []string
	others    map[string]map[string]int // by module and kind: what is counted only
}

// The kinds of files that are counted and not run.
const (
	kindNoOperation = "3.0 without operations"
	kindDuplicate   = "3.0 duplicates"
	kind31          = "3.1 and later"
	kindSwagger     = "Swagger 2.0"
)

// discover finds the documents of the modules, each content once.
func discover(modules []module) (*inventory, error) {
	found := &inventory{others: map[string]map[string]int{}}
	seen := map[string]bool{}
	for _, m := range modules {
		found.modules = append(found.modules, m.Path)
		found.others[m.Path] = map[string]int{}
		err := filepath.WalkDir(m.Dir, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !slices.Contains([]string{".yaml", ".yml", ".json"}, filepath.Ext(file)) {
				return err
			}
			return found.add(m, file, seen)
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// add adds one file if it is a document.
func (inv *inventory) add(m module, file string, seen map[string]bool) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	rel, err := filepath.Rel(m.Dir, file)
	if err != nil {
		return err
	}
	kind := kindOf(data)
	sum := sha256.Sum256(data)
	hash := hex.EncodeToString(sum[:8])
	switch {
	case kind == "":
		return nil
	case kind == kind30 && seen[hash]:
		kind = kindDuplicate
	case kind == kind30:
		seen[hash] = true
		inv.documents = append(inv.documents, &document{Module: m.Path, Path: filepath.ToSlash(rel), Hash: hash, file: file})
		return nil
	}
	inv.others[m.Path][kind]++
	return nil
}

// kind30 is the kind of the documents that are run.
const kind30 = "3.0"

var methods = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}

// marker matches what every OpenAPI document says of itself. Only such files are
// parsed, as that takes long for large ones.
var marker = regexp.MustCompile(`(?m)["']?(openapi|swagger)["']?\s*:`)

// kindOf returns the kind of a file, and "" for what is no OpenAPI document.
func kindOf(data []byte) string {
	if !marker.Match(data) {
		return ""
	}
	var doc struct {
		OpenAPI string               `yaml:"openapi"`
		Swagger string               `yaml:"swagger"`
		Paths   map[string]yaml.Node `yaml:"paths"`
	}
	// Faults elsewhere in the document are the business of the generators.
	_ = yaml.Unmarshal(data, &doc)
	switch {
	case strings.HasPrefix(doc.Swagger, "2."):
		return kindSwagger
	case strings.HasPrefix(doc.OpenAPI, "3.0"):
		for _, item := range doc.Paths {
			if hasOperation(&item) {
				return kind30
			}
		}
		return kindNoOperation
	case strings.HasPrefix(doc.OpenAPI, "3."):
		return kind31
	default:
		return ""
	}
}

// hasOperation reports whether a path has an operation, here or by reference.
func hasOperation(item *yaml.Node) bool {
	for i := 0; i+1 < len(item.Content); i += 2 {
		if key := item.Content[i].Value; key == "$ref" || slices.Contains(methods, key) {
			return true
		}
	}
	return false
}

// judge asks kin-openapi which documents are valid.
func judge(ctx context.Context, docs []*document) {
	for _, d := range docs {
		d.Valid = validate(ctx, d.file) == nil
	}
}

// validate returns what kin-openapi says about a document. References may lead to
// files, but not to the network.
func validate(ctx context.Context, file string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	loader := openapi3.NewLoader()
	loader.IsExternalRefsAllowed = true
	loader.ReadFromURIFunc = func(l *openapi3.Loader, location *url.URL) ([]byte, error) {
		if location.Host != "" {
			return nil, errors.New("references into the network are not followed")
		}
		return openapi3.ReadFromFile(l, location)
	}
	doc, err := loader.LoadFromFile(file)
	if err != nil {
		return err
	}
	return doc.Validate(ctx)
}
