package reference

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const deprecatedMark = "Deprecated: "

// noticed returns a description without the paragraph that says what is deprecated, and
// the notice that this paragraph and the extensions make.
func (b *builder) noticed(ext map[string]any, deprecated bool, description, what string, own map[string]string) (Text, Notice) {
	var rest, advice []string
	for p := range strings.SplitSeq(description, "\n\n") {
		if text, ok := strings.CutPrefix(strings.TrimSpace(p), deprecatedMark); ok {
			advice = append(advice, upperFirst(text))
			continue
		}
		rest = append(rest, p)
	}
	status, _ := ext["x-ack-status"].(string)
	n := Notice{Status: map[string]Status{"deprecated": Deprecated, "legacy": Legacy, "preview": Preview}[status]}
	removed := removedText(ext, what)
	switch {
	case removed != "":
		n.Status, advice = Removed, append(advice, removed)
	case deprecated || len(advice) > 0:
		n.Status = Deprecated
	case n.Status == Legacy:
		advice = append(advice, "Only older documents know it.")
	case n.Status == Preview:
		advice = append(advice, "It may still change.")
	}
	n.Text = b.text(strings.Join(advice, "\n\n"), own)
	return b.text(strings.Join(rest, "\n\n"), own), n
}

// removedText says what x-ack-removed says.
func removedText(ext map[string]any, what string) string {
	removed, ok := ext["x-ack-removed"].(map[string]any)
	if !ok {
		return ""
	}
	word := func(key string) string { v, _ := removed[key].(string); return v }
	text := "The provider's API has this " + what + " no longer since " + word("since")
	if v := word("version"); v != "" {
		text += " (" + v + ")"
	}
	return text + ". It stays in the client until " + word("until") + " at least."
}

// upperFirst begins a sentence.
func upperFirst(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + text[size:]
}
