package lint

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/cmd/specgen/internal/scaffold"
	"github.com/ackgen/ackgen/generator/load/oas"
	"github.com/ackgen/ackgen/generator/load/yamlsrc"
)

var textRules = []Rule{
	{"ACK130", false, checkSummary},
	{"ACK131", false, checkDescription},
	{"ACK132", false, checkPropertyDescription},
	{"ACK133", false, checkSentences},
	{"ACK134", false, checkMarkup},
	{"ACK135", false, checkControl},
	{"ACK136", false, checkEnglish},
	{"ACK137", false, checkLines},
	{"ACK138", false, checkRepeats},
	{"ACK142", false, checkWritten},
	{"ACK143", false, checkEnumTexts},
}

// text is a text for people of an object.
type text struct {
	owner *oas.Node
	field string
	value *yaml.Node
}

// texts returns all texts for people of the document: titles, summaries,
// descriptions, and the sentences of x-ack-source.
func (p *pass) texts() []text {
	var out []text
	for o := range p.doc.All() {
		if o.IsRef() {
			continue
		}
		for _, field := range []string{"title", "summary", "description"} {
			if v := o.Get(field); v != nil && v.Kind == yaml.ScalarNode {
				out = append(out, text{o, field, v})
			}
		}
		for _, entry := range yamlsrc.Items(o.Get("x-ack-source")) {
			for _, field := range []string{"decision", "undocumented"} {
				if v := yamlsrc.Value(entry, field); v != nil {
					out = append(out, text{o, field, v})
				}
			}
		}
	}
	return out
}

func (t text) name() string {
	switch {
	case t.field == "decision", t.field == "undocumented":
		return "the text of " + t.field
	case t.owner.Kind == oas.Document, t.owner.Kind == oas.Operation, isComponent(t.owner):
		return "the " + t.field
	default:
		return "the " + t.field + " of " + label(t.owner)
	}
}

// unwritten reports whether a value is one that specgen new leaves to a person.
func unwritten(n *yaml.Node) bool { return strings.Contains(n.Value, scaffold.Mark) }

// checkWritten finds the texts and the values of extensions that specgen new leaves
// to a person.
func checkWritten(p *pass) {
	for _, t := range p.texts() {
		if unwritten(t.value) {
			p.report(t.value, t.owner, "%s is not written yet", t.name())
		}
	}
	for _, x := range p.extensions() {
		if unwritten(x.value) && !readByGenerator(x.key.Value) {
			p.reportUnwritten(x, x.value)
		}
		if x.key.Value != "x-ack-source" {
			continue
		}
		for _, entry := range yamlsrc.Items(x.value) {
			if v := yamlsrc.Value(entry, "document"); v != nil && unwritten(v) {
				p.reportUnwritten(x, v)
			}
		}
	}
}

func (p *pass) reportUnwritten(x extension, at *yaml.Node) {
	p.report(at, x.owner, "%s is not written yet: %s", x.key.Value, strings.TrimPrefix(at.Value, scaffold.Mark))
}

var summaryStart = regexp.MustCompile(`^[a-z]+(es|s) `)

func checkSummary(p *pass) {
	for _, op := range p.operations() {
		v := op.Get("summary")
		if v == nil || strings.TrimSpace(v.Value) == "" {
			p.report(op.Key, op, "the operation has no summary")
			continue
		}
		switch s := v.Value; {
		case unwritten(v): // which is a finding of its own
		case strings.Contains(strings.TrimSpace(s), "\n"):
			p.report(v, op, "the summary has several lines")
		case !summaryStart.MatchString(s):
			p.report(v, op, "the summary does not start with a verb in the third person and in lower case, such as lists")
		case !strings.HasSuffix(s, ".") || strings.HasSuffix(s, ".."):
			p.report(v, op, "the summary does not end with one full stop")
		case strings.Contains(s, ". "):
			p.report(v, op, "the summary has several sentences")
		}
	}
}

// checkEnumTexts finds enums with values that no text names.
func checkEnumTexts(p *pass) {
	for _, s := range p.schemas() {
		unnamed := slices.DeleteFunc(strs(s.Get("enum")), func(value string) bool { return names(enumText(s), value) })
		if len(unnamed) > 0 {
			p.report(s.Get("enum"), s, "the description of %s does not explain %s", label(s), strings.Join(unnamed, ", "))
		}
	}
}

func blank(n *oas.Node) bool { return strings.TrimSpace(n.Text("description")) == "" }

func checkDescription(p *pass) {
	for n := range p.doc.Of(oas.Info, oas.Tag, oas.Operation, oas.Parameter, oas.Response) {
		if !n.IsRef() && blank(n) {
			p.report(n.Start(), n, "%s has no description", label(n))
		}
	}
	for _, s := range p.schemas() {
		if isComponent(s) && blank(s) {
			p.report(s.Start(), s, "the schema has no description")
		}
	}
}

func checkPropertyDescription(p *pass) {
	for _, s := range p.schemas() {
		if s.Field == "properties" && blank(s) {
			p.report(s.Key, s, "%s has no description", label(s))
		}
	}
}

func checkSentences(p *pass) {
	for _, t := range p.texts() {
		s := strings.TrimSpace(t.value.Value)
		if t.field != "description" || s == "" {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(s); unicode.IsLower(r) {
			p.report(t.value, t.owner, "%s starts in lower case", t.name())
		}
		last := s[strings.LastIndexByte(s, '\n')+1:]
		paragraph := s[strings.LastIndex(s, "\n\n")+1:]
		isList := strings.HasPrefix(last, "- ") || strings.Contains(paragraph, "\n- ")
		if !isList && !strings.HasSuffix(s, ".") {
			p.report(t.value, t.owner, "%s does not end with a full stop", t.name())
		}
	}
}

// markup finds what looks like Markdown or HTML.
var markup = []struct {
	what string
	re   *regexp.Regexp
}{
	{"a mask of asterisks", regexp.MustCompile(`\*{3,}`)},
	{"bold text", regexp.MustCompile(`\*\*|__\w+__`)},
	{"an HTML or DITA tag", regexp.MustCompile(`</?[A-Za-z][A-Za-z0-9]*(\s+[a-z-]+="[^"]*"|\s*/)*\s*>|<props|<!--|&(nbsp|lt|gt|amp|quot);`)},
	{"a Go directive", regexp.MustCompile(`(?m)^\s*//(go:|line |nolint)`)},
	{"a Markdown link", regexp.MustCompile(`\]\(`)},
	{"a Markdown heading", regexp.MustCompile(`(?m)^#{1,6} `)},
	{"a Markdown bullet", regexp.MustCompile(`(?m)^\s*[*+] `)},
	{"a Markdown table", regexp.MustCompile(`(?m)^\s*\|.*\|\s*$`)},
}

// htmlNames tells tags from placeholders such as <name>.
var htmlNames = regexp.MustCompile(`(?i)</?(a|b|i|p|br|ul|ol|li|em|strong|code|pre|div|span|table|tr|td|th|note|ph|props|font|h[1-6]|img|sup|sub)[\s/>]`)

func checkMarkup(p *pass) {
	for _, t := range p.texts() {
		for _, m := range markup {
			found := m.re.FindString(t.value.Value)
			if found == "" || (strings.HasPrefix(found, "<") && !htmlNames.MatchString(found+">")) {
				continue
			}
			p.report(t.value, t.owner, "%s holds %s: %q", t.name(), m.what, strings.TrimSpace(found))
			break
		}
	}
}

func checkControl(p *pass) {
	for _, t := range p.texts() {
		for _, r := range t.value.Value {
			if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' || r == '\u00a0') {
				p.report(t.value, t.owner, "%s holds the character %U", t.name(), r)
				break
			}
		}
	}
}

func checkEnglish(p *pass) {
	for _, t := range p.texts() {
		for _, r := range t.value.Value {
			cjk := unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
			if cjk || (r >= 0x3000 && r <= 0x303f) || (r >= 0xff00 && r <= 0xffef) {
				p.report(t.value, t.owner, "%s holds %q", t.name(), r)
				break
			}
		}
	}
}

func checkLines(p *pass) {
	for _, t := range p.texts() {
		for i, line := range strings.Split(strings.TrimSuffix(t.value.Value, "\n"), "\n") {
			switch {
			case strings.TrimRight(line, " \t") != line:
				p.report(t.value, t.owner, "line %d of %s ends with a space", i+1, t.name())
			case t.field != "decision" && utf8.RuneCountInString(line) > 140: // decisions are folded, and no comments
				p.report(t.value, t.owner, "line %d of %s has %d characters", i+1, t.name(), utf8.RuneCountInString(line))
			}
		}
	}
}

var repeats = regexp.MustCompile(`(?m)(^|\. )(Required\.|Optional\.|Default: |Default value: |Range: |Valid values: |Allowed values: )`)

func checkRepeats(p *pass) {
	for _, t := range p.texts() {
		if t.field != "description" || (t.owner.Kind != oas.Schema && t.owner.Kind != oas.Parameter) {
			continue
		}
		if m := repeats.FindStringSubmatch(t.value.Value); m != nil {
			p.report(t.value, t.owner, "%s repeats a keyword: %q", t.name(), strings.TrimSpace(m[2]))
		}
	}
}
