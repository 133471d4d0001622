package upstream

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Action is what an entry of a log says of its subject.
type Action string

// The actions. What is updated is there, in a form that the log does not tell.
const (
	Added   Action = "add"
	Deleted Action = "delete"
	Updated Action = "update"
)

// Entry is a line of a log that says something checkable.
type Entry struct {
	Version string
	Date    string // as YYYY-MM-DD
	Line    int    // the first one that says it
	Action  Action
	// Operation is the operation that is added or deleted, or that a part of is.
	Operation string
	// In is request or response for a part, and Path its name as in the log.
	In, Path string
}

// Log is the official log of the changes of a client library. It tells what has
// changed and not what there is.
type Log struct {
	Entries []Entry // the newest first, those of one day as they stand there
	// Repeated counts the lines that stand there twice in one version, Vague those that
	// say nothing that can be checked.
	Repeated, Vague int
}

var (
	versionLine   = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2}) Version: (\S+)$`)
	operationLine = regexp.MustCompile(`^- (Support|Delete) API (\w+)\.$`)
	partLine      = regexp.MustCompile(`^- Update API (\w+): (add|delete|update) (request|response) parameters? (\S+(?:, ?\S+)*)\.$`)
)

// IsLog reports whether a text is a log of changes: whether it has the heading of a
// version.
func IsLog(data []byte) bool {
	for line := range bytes.Lines(bytes.TrimPrefix(data, []byte("\ufeff"))) {
		if versionLine.Match(bytes.TrimSpace(line)) {
			return true
		}
	}
	return false
}

// ParseLog reads a log of changes.
func ParseLog(data []byte) (*Log, error) {
	if !IsLog(data) {
		return nil, errors.New("parse change log: it has no heading such as 2026-02-27 Version: v7.6.0")
	}
	r := logReader{seen: map[Entry]bool{}, log: &Log{}}
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(string(data), "\ufeff")) {
		n++
		if err := r.line(strings.TrimSpace(line), n); err != nil {
			return nil, fmt.Errorf("parse change log: line %d: %w", n, err)
		}
	}
	slices.SortStableFunc(r.log.Entries, func(x, y Entry) int { return -strings.Compare(x.Date, y.Date) })
	return r.log, nil
}

type logReader struct {
	date, version string
	seen          map[Entry]bool // without lines
	log           *Log
}

func (r *logReader) line(line string, n int) error {
	if m := versionLine.FindStringSubmatch(line); m != nil {
		r.date, r.version = m[1], m[2]
		return nil
	}
	if line == "" {
		return nil
	}
	if r.version == "" {
		return errors.New("it stands above the first heading of a version")
	}
	entries := entriesOf(line)
	if len(entries) == 0 {
		r.log.Vague++
		return nil
	}
	repeated := true
	for _, e := range entries {
		e.Version, e.Date = r.version, r.date
		if r.seen[e] {
			continue
		}
		r.seen[e] = true
		repeated = false
		e.Line = n
		r.log.Entries = append(r.log.Entries, e)
	}
	if repeated {
		r.log.Repeated++
	}
	return nil
}

// entriesOf returns what a line says, or nothing where it cannot be checked.
func entriesOf(line string) []Entry {
	if m := operationLine.FindStringSubmatch(line); m != nil {
		action := Added
		if m[1] == "Delete" {
			action = Deleted
		}
		return []Entry{{Action: action, Operation: m[2]}}
	}
	m := partLine.FindStringSubmatch(line)
	if m == nil {
		return nil
	}
	var out []Entry
	for path := range strings.SplitSeq(m[4], ",") {
		path = strings.TrimSpace(path)
		if m[3] == "response" && path != "Body" && !strings.HasPrefix(path, "Body.") {
			return nil // headers, of which nothing is known
		}
		out = append(out, Entry{Action: Action(m[2]), Operation: m[1], In: m[3], Path: path})
	}
	return out
}
