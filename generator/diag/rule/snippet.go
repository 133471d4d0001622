package rule

// Snippet is a piece of a spec file that shows a rule kept or broken.
type Snippet struct {
	// File is the path below the spec folder.
	File string `json:"file"`
	// Old is the text that Text takes the place of. It is empty when Text is the
	// whole file.
	Old  string `json:"-"`
	Text string `json:"text"`
}
