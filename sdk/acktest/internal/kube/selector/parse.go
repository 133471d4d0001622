package selector

import (
	"errors"
	"fmt"
	"strings"
)

// ParseLabels reads a selector of labels: conditions with commas between them,
// each one of "key", "!key", "key=value", "key==value", "key!=value",
// "key in (a,b)", "key notin (a,b)", "key>1" and "key<1".
func ParseLabels(text string) (Selector, error) {
	p := &parser{rest: text}
	var s Selector
	for p.token() != "" {
		r, err := p.requirement()
		if err != nil {
			return Selector{}, fmt.Errorf("label selector %q: %w", text, err)
		}
		s.requirements = append(s.requirements, r)
		if p.token() == "" {
			return s, nil
		}
		if p.next() != "," || p.token() == "" {
			return Selector{}, fmt.Errorf("label selector %q: a comma and a condition are expected", text)
		}
	}
	return s, nil
}

// ParseFields reads a selector of fields: conditions "field=value",
// "field==value" and "field!=value" with commas between them. A backslash
// takes the meaning from a comma, an equals sign and a backslash.
func ParseFields(text string) (Selector, error) {
	var s Selector
	for _, term := range split(text, ',') {
		if term == "" {
			continue
		}
		parts := split(term, '=')
		if len(parts) == 3 && parts[1] == "" { // ==
			parts = []string{parts[0], parts[2]}
		}
		if len(parts) != 2 {
			return Selector{}, fmt.Errorf("field selector %q: %q is not a condition", text, term)
		}
		r := requirement{parts[0], in, []string{unescape(parts[1])}}
		if key, negated := strings.CutSuffix(parts[0], "!"); negated {
			r.key, r.operator = key, notIn
		}
		s.requirements = append(s.requirements, r)
	}
	return s, nil
}

// split splits a text at a separator that has no backslash before it.
func split(text string, separator byte) []string {
	var parts []string
	start, escaped := 0, false
	for i := range len(text) {
		switch {
		case escaped:
			escaped = false
		case text[i] == '\\':
			escaped = true
		case text[i] == separator:
			parts = append(parts, text[start:i])
			start = i + 1
		}
	}
	return append(parts, text[start:])
}

func unescape(text string) string {
	return strings.NewReplacer(`\\`, `\`, `\,`, `,`, `\=`, `=`).Replace(text)
}

// parser reads tokens: words and the signs ! = == != < > ( ) and comma.
type parser struct{ rest string }

const signs = "!=<>(),"

// token returns the next token and leaves it where it is.
func (p *parser) token() string {
	p.rest = strings.TrimLeft(p.rest, " \t")
	for _, sign := range []string{"==", "!="} {
		if strings.HasPrefix(p.rest, sign) {
			return sign
		}
	}
	end := strings.IndexAny(p.rest, signs+" \t")
	switch {
	case end < 0:
		return p.rest
	case end == 0:
		return p.rest[:1]
	default:
		return p.rest[:end]
	}
}

// next takes the next token.
func (p *parser) next() string {
	token := p.token()
	p.rest = p.rest[len(token):]
	return token
}

func (p *parser) requirement() (requirement, error) {
	if p.token() == "!" {
		p.next()
		r := requirement{key: p.next(), operator: doesNotExist}
		return r, r.check()
	}
	r := requirement{key: p.next(), operator: exists}
	switch p.token() {
	case "", ",":
		return r, r.check()
	case "=", "==":
		r.operator = in
	case "!=":
		r.operator = notIn
	case ">":
		r.operator = greater
	case "<":
		r.operator = less
	case "in", "notin":
		return p.set(r)
	default:
		return r, fmt.Errorf("%q is not an operator", p.token())
	}
	p.next()
	r.values = []string{p.word()}
	return r, r.check()
}

// set reads the values in parentheses.
func (p *parser) set(r requirement) (requirement, error) {
	r.operator = in
	if p.next() == "notin" {
		r.operator = notIn
	}
	if p.next() != "(" {
		return r, errors.New("an opening parenthesis is expected")
	}
	for {
		r.values = append(r.values, p.word())
		switch p.next() {
		case ",":
		case ")":
			return r, r.check()
		default:
			return r, errors.New("a closing parenthesis is expected")
		}
	}
}

// word takes the next token if it is a word: a value may be empty.
func (p *parser) word() string {
	if token := p.token(); token == "" || strings.ContainsAny(token, signs) {
		return ""
	}
	return p.next()
}
