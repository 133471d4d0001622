package report

import (
	"fmt"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
)

// commands are the workflow commands of GitHub, by level.
var commands = map[change.Level]string{change.Breaking: "error", change.Risky: "warning", change.Compatible: "notice", change.Text: "notice"}

// GitHub writes changes as workflow commands, which become annotations of the files of
// the head.
func GitHub(changes []change.Change) string {
	var b strings.Builder
	for _, c := range changes {
		fmt.Fprintf(&b, "::%s %stitle=%s::%s\n", commands[c.Level], fileProperties(c), property(c.Level.String()+": "+c.Subject), data(message(c)))
	}
	return b.String()
}

// message is what a change says to people who see nothing else of it.
func message(c change.Change) string {
	text := c.Message
	if len(c.Operations) > 0 {
		text += " Operations: " + Operations(c) + "."
	}
	if c.Advice != "" {
		text += " " + c.Advice
	}
	return text + " (" + c.Fingerprint() + ")"
}

// fileProperties name the place of a change. What is gone has none in the head: the
// annotation is about the file that had it.
func fileProperties(c change.Change) string {
	switch {
	case c.Head.Line > 0:
		return fmt.Sprintf("file=%s,line=%d,col=%d,", property(c.Head.File), c.Head.Line, max(c.Head.Col, 1))
	case c.Base.File != "":
		return fmt.Sprintf("file=%s,", property(c.Base.File))
	default:
		return ""
	}
}

// data escapes the message of a workflow command.
func data(s string) string { return strings.ReplaceAll(clean(s), "%", "%25") }

var propertyEscapes = strings.NewReplacer(":", "%3A", ",", "%2C")

// property escapes a property of a workflow command.
func property(s string) string { return propertyEscapes.Replace(data(s)) }
