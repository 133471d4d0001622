package yamlsrc

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/ackgen/ackgen/generator/diag"
)

// byteReader hands out one byte at a time, and so tells how far a parser has come.
type byteReader struct {
	data []byte
	read int
}

func (r *byteReader) Read(p []byte) (int, error) {
	if r.read == len(r.data) {
		return 0, io.EOF
	}
	n := copy(p, r.data[r.read:r.read+1])
	r.read += n
	return n, nil
}

// fault is the finding of a text that the parser refused with err.
func fault(path string, data []byte, err error) diag.Finding {
	found := diag.Finding{Pos: diag.Pos{File: path}, Code: CodeSyntax}
	if at, jsonErr := jsonFault(data); jsonErr != nil {
		found.Pos.Line, found.Pos.Col = position(data, at)
		found.Message = "broken JSON: " + jsonErr.Error()
		return found
	}
	where := whereRE.FindStringSubmatch(err.Error())
	found.Message = "broken YAML: " + err.Error()[len(where[0]):]
	src := &byteReader{data: data}
	parses(src)
	found.Pos.Line, found.Pos.Col = position(data, max(src.read-1, 0))
	lines := bytes.SplitAfter(data, []byte("\n"))
	began, _ := strconv.Atoi(where[1]) // 0 in the first line, which the parser does not name
	end := soundLines(lines, found.Pos.Line, began, func(part []byte) bool { return parses(bytes.NewReader(part)) })
	if end > 0 || end == 0 && found.Pos.Line > 1 { // else the whole text may be one line
		text := lines[end]
		found.Pos.Line, found.Pos.Col = end+1, len(text)-len(bytes.TrimLeft(text, " \t"))+1
	}
	return found
}

var whereRE = regexp.MustCompile(`^(?:yaml: )?(?:line (\d+): )?`)

// soundLines returns how many lines of a broken document still parse, or -1. The
// parser tells the line where the construct began that it could not finish, and it
// has read a few characters more than it could use. Both may be far from what the
// author looks for: the first line after the sound ones. That line is near one of
// the two. Only a few numbers are tried, so that the work grows with the text and
// not with its square. In the middle of a construct none is right.
func soundLines(lines [][]byte, reached, began int, parses func([]byte) bool) int {
	ends := []int{reached - 1, began + 1, began, began - 1}
	slices.Sort(ends)
	for _, end := range slices.Backward(slices.Compact(ends)) {
		if end >= 0 && end < reached && parses(bytes.Join(lines[:end], nil)) {
			return end
		}
	}
	return -1
}

func parses(text io.Reader) bool {
	dec := yaml.NewDecoder(text)
	for {
		var n yaml.Node
		if err := dec.Decode(&n); err != nil {
			return errors.Is(err, io.EOF)
		}
	}
}

// position returns the line and column of an offset.
func position(data []byte, offset int) (line, col int) {
	before := bytes.TrimPrefix(data[:offset], []byte(bom))
	return bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
}

// invalidUTF8 returns the position of the first byte that is not UTF-8.
func invalidUTF8(path string, data []byte) diag.Pos {
	offset := 0
	for offset < len(data) {
		r, size := utf8.DecodeRune(data[offset:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		offset += size
	}
	line, col := position(data, offset)
	return diag.Pos{File: path, Line: line, Col: col}
}

// encoding tells what is wrong with a text that is not UTF-8.
func encoding(data []byte) string {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return "the text is UTF-16: save it as UTF-8"
	}
	return "not UTF-8 text"
}
