package reference

import "strings"

// Text is a description: Markdown that was taken apart, so that whoever prints it
// escapes all of it.
type Text []Block

// Block is a paragraph, a list or code. One of its fields is set.
type Block struct {
	Paragraph []Span
	Items     []Text
	Ordered   bool // of Items
	Code      string
}

// Span is a piece of a paragraph.
type Span struct {
	Text   string
	Code   bool
	Strong bool
	// Link is where the piece leads: an address that begins with https:// or http://, an
	// anchor of the same page that begins with #, or a page from the root of the site.
	Link string
}

// String returns the text without its marks, with blank lines between its blocks.
func (t Text) String() string {
	var b strings.Builder
	for i, block := range t {
		if i > 0 {
			b.WriteString("\n\n")
		}
		for _, s := range block.Paragraph {
			b.WriteString(s.Text)
		}
		for j, item := range block.Items {
			if j > 0 {
				b.WriteString("\n")
			}
			b.WriteString("- " + item.String())
		}
		b.WriteString(block.Code)
	}
	return b.String()
}

// lead returns the first block.
func (t Text) lead() Text { return t[:min(1, len(t))] }
