package roa

import (
	"bytes"
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/ackgen/ackgen/sdk/internal/oneline"
)

// How much of each part an error text shows, in bytes.
const (
	maxShownCode    = 128
	maxShownMessage = 512
	maxShownError   = 1024
	maxShownID      = 64
)

// pathText shows a JSON pointer in a line. Names in it come from the response.
func pathText(pointer string) string {
	if pointer == "" {
		return "/"
	}
	return oneline.Of(pointer, 200)
}

// maxPath bounds the memory that a path of long names takes.
const maxPath = 1 << 10

// cutPath shortens a JSON pointer that is kept.
func cutPath(pointer string) string {
	if len(pointer) > maxPath {
		return strings.Clone(pointer[:maxPath])
	}
	return pointer
}

// pointerEscaper writes a name into a JSON pointer, and pointerUnescaper reads it.
var (
	pointerEscaper   = strings.NewReplacer("~", "~0", "/", "~1")
	pointerUnescaper = strings.NewReplacer("~0", "~", "~1", "/")
)

func typeName(t reflect.Type) string {
	if name := t.String(); len(name) <= 80 {
		return name
	}
	return t.Kind().String()
}

func statusText(status int) string {
	if text := http.StatusText(status); text != "" {
		return text
	}
	return "unknown status"
}

func requestSuffix(id string) string {
	if id == "" {
		return ""
	}
	return " (request " + oneline.Of(id, maxShownID) + ")"
}

// attemptsSuffix tells the number of attempts when there was more than one.
func attemptsSuffix(n int) string {
	if n < 2 {
		return ""
	}
	return ", after " + strconv.Itoa(n) + " attempts"
}

// htmlPage is what sniff calls a body that proxies and web servers send.
const htmlPage = "an HTML page"

// sniff names what a body is that should have been JSON.
func sniff(body []byte) string {
	body = withoutMark(body)
	head := strings.TrimLeft(strings.ToLower(string(body[:min(len(body), 256)])), " \r\n\t")
	switch {
	case head == "":
		return "an empty body"
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"):
		return htmlPage
	case strings.HasPrefix(head, "<"):
		return "XML"
	case strings.HasPrefix(head, "{"), strings.HasPrefix(head, "["):
		return "JSON"
	default:
		return "plain text"
	}
}

// withoutMark removes the byte order mark that some servers and proxies put before UTF-8.
func withoutMark(body []byte) []byte { return bytes.TrimPrefix(body, []byte("\ufeff")) }

func isBlank(body []byte) bool {
	for _, c := range body {
		if c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}

// joinLine joins errors into one with a text of one line.
func joinLine(errs ...error) error {
	var all error
	for _, err := range errs {
		switch {
		case err == nil:
		case all == nil:
			all = err
		default:
			all = fmt.Errorf("%w; %w", all, err)
		}
	}
	return all
}
