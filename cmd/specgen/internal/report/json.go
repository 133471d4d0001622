package report

import "github.com/ackgen/ackgen/cmd/specgen/internal/change"

// Document is the result as JSON. The summary counts all changes, also those that are
// not listed.
type Document struct {
	Changes []Entry `json:"changes"`
	Summary Summary `json:"summary"`
}

// Entry is a change with its fingerprint.
type Entry struct {
	Fingerprint string `json:"fingerprint"`
	change.Change
}

// JSON returns what is written as JSON.
func JSON(changes []change.Change, summary Summary) Document {
	d := Document{Changes: []Entry{}, Summary: summary}
	for _, c := range changes {
		d.Changes = append(d.Changes, Entry{c.Fingerprint(), c})
	}
	return d
}
