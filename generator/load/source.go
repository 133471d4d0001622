package load

import (
	"io/fs"
	"strings"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/oas31"
	"github.com/ackgen/ackgen/generator/load/refs"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// Source is a document with all that it refers to in one tree.
type Source struct {
	// Tree holds the document in OpenAPI 3.0. All references in it lead to its components.
	Tree *oas.Node
	// Files tells the file of every node of the tree.
	Files yamlsrc.Files

	text      []byte // of the tree
	positions *yamlsrc.Positions
}

// Read reads a document that findings call file, and the files in its folder that it
// refers to. What it says in the words of OpenAPI 3.1 is said in those of 3.0, as far as
// there are such. Without a folder a reference to a file is a finding. Read returns nil
// when there is no document to look at. With findings the tree may have references that
// lead elsewhere.
func Read(file string, data []byte, folder fs.FS, diags *diag.List) *Source {
	files := yamlsrc.Files{}
	root := files.Parse(file, data, diags)
	if root == nil || !diags.Sound() || !checkVersion(files, root, diags) {
		return nil
	}
	changed := refs.Resolve(root, file, folder, files, diags)
	if strings.HasPrefix(yamlsrc.Text(root, "openapi"), "3.1") {
		oas31.Convert(root, files, diags)
		changed = true
	}
	if !changed {
		return &Source{Tree: oas.New(oas.Document, "", root), Files: files, text: yamlsrc.AsYAML(data), positions: yamlsrc.NewPositions(root)}
	}
	text, positions, err := yamlsrc.Write(root)
	if err != nil {
		diags.Addf(files.Pos(root), yamlsrc.CodeForm, "", "the document cannot be written as one of OpenAPI 3.0 without other files: %v", err)
		return nil
	}
	return &Source{Tree: oas.New(oas.Document, "", root), Files: files, text: text, positions: positions}
}
