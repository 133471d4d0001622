// Package canary makes secrets that can be told apart from all other texts, and looks for them in what people see. Only tests import it.
// It imports nothing of this module.
package canary

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// pieceLen is how much of a secret is looked for: what is cut at the limit of a line still shows a half.
const pieceLen = 12

// Secret returns the secret of a place: always the same, with characters that every encoding writes in another way than the rest.
func Secret(place string) string {
	sum := sha256.Sum256([]byte(place))
	text := base64.RawURLEncoding.EncodeToString(sum[:])
	return text[:pieceLen] + `/+="&<é~` + text[pieceLen:2*pieceLen]
}

// Word returns a secret of letters and digits alone, for places that take no others.
func Word(place string) string {
	sum := sha256.Sum256([]byte(place))
	return hex.EncodeToString(sum[:pieceLen])
}

// Find returns the forms in which any of the secrets stands in a text, such as "base64 at 0", with the number of the secret from 0. It does not
// return the secrets. White space does not count, since long lines are cut.
func Find(text string, secrets ...string) []string {
	var found []string
	wanted := make(index)
	for i, secret := range secrets {
		for _, piece := range pieces(secret) {
			for name, form := range forms(piece) {
				wanted.add(withoutSpace(form), fmt.Sprintf("secret %d as %s", i, name))
			}
		}
	}
	wanted.find(strings.ToLower(withoutSpace(text)), func(what string) { found = append(found, what) })
	slices.Sort(found)
	return slices.Compact(found)
}

// prefixLen is how many bytes of a form the index is made of.
const prefixLen = 4

// index holds what is looked for by how it starts, so that a text is read once however much that is. Case does not count.
type index map[string][]wantedForm

type wantedForm struct{ form, name string }

func (x index) add(form, name string) {
	form = strings.ToLower(form)
	prefix := form[:min(len(form), prefixLen)]
	known := slices.ContainsFunc(x[prefix], func(w wantedForm) bool { return w.form == form })
	if len(form) >= prefixLen && !known {
		x[prefix] = append(x[prefix], wantedForm{form, name})
	}
}

func (x index) find(text string, tell func(name string)) {
	for at := range max(len(text)-prefixLen+1, 0) {
		for _, w := range x[text[at:at+prefixLen]] {
			if strings.HasPrefix(text[at:], w.form) {
				tell(w.name)
			}
		}
	}
}

// FindInFolder returns the files below a folder that hold any of the secrets, in their text or in their name.
func FindInFolder(folder string, secrets ...string) ([]string, error) {
	var found []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // somebody removed it meanwhile
		}
		if err != nil {
			return err
		}
		if len(Find(entry.Name(), secrets...)) > 0 {
			found = append(found, "a name in "+filepath.Dir(path))
		}
		if !entry.Type().IsRegular() {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if forms := Find(string(text), secrets...); len(forms) > 0 {
			found = append(found, path+": "+forms[0])
		}
		return nil
	})
	return found, err
}

// withoutSpace joins what is cut into lines.
func withoutSpace(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// pieces are the start and the end of a secret, and all of one that is short.
func pieces(secret string) []string {
	if len(secret) <= pieceLen {
		return []string{secret}
	}
	start, end := secret[:pieceLen], secret[len(secret)-pieceLen:]
	middle := secret[pieceLen/2 : len(secret)-pieceLen/2]
	return []string{strings.ToValidUTF8(start, ""), strings.ToValidUTF8(end, ""), middle}
}

// forms returns a text as encoders write it.
func forms(text string) map[string]string {
	quoted, ascii := strconv.Quote(text), strconv.QuoteToASCII(text)
	all := map[string]string{
		"text":                text,
		"quoted by Go":        quoted[1 : len(quoted)-1],
		"quoted by Go, ASCII": ascii[1 : len(ascii)-1],
		"query":               url.QueryEscape(text),
		"query twice":         url.QueryEscape(url.QueryEscape(text)),
		"path":                url.PathEscape(text),
		"HTML":                html.EscapeString(text),
		"JSON":                jsonText(text, true),
		"JSON without HTML":   jsonText(text, false),
		"JSON in JSON":        jsonText(jsonText(text, true), false),
		"JSON, all escaped":   escaped(text),
		"hex":                 hex.EncodeToString([]byte(text)),
		"hex of Go":           fmt.Sprintf("% x", text),
		"bytes of Go":         strings.TrimSuffix(strings.TrimPrefix(fmt.Sprintf("%#v", []byte(text)), "[]byte{"), "}"),
		"numbers of bytes":    strings.Trim(fmt.Sprintf("%d", []byte(text)), "[]"),
	}
	for at := range 3 {
		name := "base64 at " + strconv.Itoa(at)
		all[name] = base64Piece(base64.RawStdEncoding, text, at)
		all[name+" for URLs"] = base64Piece(base64.RawURLEncoding, text, at)
	}
	return all
}

func jsonText(text string, escapeHTML bool) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(escapeHTML)
	if err := enc.Encode(text); err != nil {
		return text
	}
	line := strings.TrimSpace(b.String())
	return line[1 : len(line)-1]
}

func escaped(text string) string {
	var b strings.Builder
	for _, r := range text {
		fmt.Fprintf(&b, `\u%04x`, r)
	}
	return b.String()
}

// base64Piece returns what is the same whatever stands around a text that starts at this byte of three.
func base64Piece(encoding *base64.Encoding, text string, at int) string {
	const bits, wide = 8, 6
	whole := encoding.EncodeToString([]byte(strings.Repeat("x", at) + text))
	return whole[(at*bits+wide-1)/wide : (at+len(text))*bits/wide]
}
