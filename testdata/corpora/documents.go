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

// document is an OpenAPI document with at least one operation.
type document struct {
	Module string // path of the module that carries it
	Path   string // within the module, with slashes
	Hash   string
	Valid  bool // says kin-openapi
	file   string
}

// inventory is what the modules carry.
type inventory struct {
	version   string      // of OpenAPI
	documents []*document // of this version, each content once
	modules   []string
	others    map[string]map[string]int // by module and kind: what is counted only
}

// The kinds of documents that are counted only, besides other versions.
const (
	kindNoOperation = "without operations"
	kindDuplicate   = "duplicates"
)

// versions are the versions of OpenAPI that are told apart.
var versions = []string{"2.0", "3.0", "3.1", "3.2"}

// discover finds the documents of one version of OpenAPI in the modules, each
// content once.
func discover(modules []module, version string) (*inventory, error) {
	found := &inventory{version: version, others: map[string]map[string]int{}}
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
	version, operations := inspect(data)
	sum := sha256.Sum256(data)
	hash := hex.EncodeToString(sum[:8])
	others := inv.others[m.Path]
	switch {
	case version == "":
	case version != inv.version:
		others[version]++
	case !operations:
		others[kindNoOperation]++
	case seen[hash]:
		others[kindDuplicate]++
	default:
		seen[hash] = true
		inv.documents = append(inv.documents, &document{Module: m.Path, Path: filepath.ToSlash(rel), Hash: hash, file: file})
	}
	return nil
}

var methods = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}

// marker matches what every OpenAPI document says of itself. Only such files are
// parsed, as that takes long for large ones.
var marker = regexp.MustCompile(`(?m)["']?(openapi|swagger)["']?\s*:`)

// inspect returns the version of OpenAPI that a file is written in, and whether it
// has operations. The version is "" for what is no OpenAPI document.
func inspect(data []byte) (version string, operations bool) {
	if !marker.Match(data) {
		return "", false
	}
	var doc struct {
		OpenAPI string               `yaml:"openapi"`
		Swagger string               `yaml:"swagger"`
		Paths   map[string]yaml.Node `yaml:"paths"`
	}
	// Faults elsewhere in the document are the business of the generators.
	_ = yaml.Unmarshal(data, &doc)
	written := doc.OpenAPI + doc.Swagger
	at := slices.IndexFunc(versions, func(v string) bool { return strings.HasPrefix(written, v) })
	if at < 0 {
		return "", false
	}
	for _, item := range doc.Paths {
		operations = operations || hasOperation(&item)
	}
	return versions[at], operations
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
