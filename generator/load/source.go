package load

import (
	"io/fs"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/refs"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

// Source is a document with all that it refers to in one tree.
type Source struct {
	// Tree holds the document. All references in it lead to its components.
	Tree *oas.Node
	// Files tells the file of every node of the tree.
	Files yamlsrc.Files

	text      []byte // of the tree
	positions *yamlsrc.Positions
}

// Read reads a document that findings call file, and the files in its folder that it
// refers to. Without a folder a reference to a file is a finding. Read returns nil
// when there is no document to look at. With findings the tree may have references that
// lead elsewhere.
func Read(file string, data []byte, folder fs.FS, diags *diag.List) *Source {
	files := yamlsrc.Files{}
	root := files.Parse(file, data, diags)
	if root == nil || !diags.Sound() || !checkVersion(files, root, diags) {
		return nil
	}
	if !refs.Resolve(root, file, folder, files, diags) {
		return &Source{Tree: oas.New(oas.Document, "", root), Files: files, text: yamlsrc.AsYAML(data), positions: yamlsrc.NewPositions(root)}
	}
	text, positions, err := yamlsrc.Write(root)
	if err != nil {
		diags.Addf(files.Pos(root), yamlsrc.CodeForm, "", "the document and the files that it refers to cannot be put together: %v", err)
		return nil
	}
	return &Source{Tree: oas.New(oas.Document, "", root), Files: files, text: text, positions: positions}
}
