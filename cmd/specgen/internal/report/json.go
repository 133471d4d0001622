package report

import "github.com/ackgen/ackgen/cmd/specgen/internal/change"

// Document is the result as JSON.
type Document struct {
	Changes []Entry `json:"changes"`
	Summary Summary `json:"summary"`
}

// Entry is a change with its fingerprint.
type Entry struct {
	Fingerprint string `json:"fingerprint"`
	change.Change
}

// Summary counts all changes, also those that are not listed.
type Summary struct {
	Breaking int `json:"breaking"`
	// Left is how many of those break programs although the advice is followed.
	Left       int `json:"breaking-left"`
	Risky      int `json:"risky"`
	Compatible int `json:"compatible"`
	Text       int `json:"text"`
}

// JSON returns what is written as JSON: the changes that were chosen of all.
func JSON(chosen, all []change.Change) Document {
	d := Document{Changes: []Entry{}, Summary: Summary{
		Breaking: len(ofLevel(all, change.Breaking)), Risky: len(ofLevel(all, change.Risky)),
		Compatible: len(ofLevel(all, change.Compatible)), Text: len(ofLevel(all, change.Text)),
	}}
	for _, c := range ofLevel(all, change.Breaking) {
		if !c.Avoidable {
			d.Summary.Left++
		}
	}
	for _, c := range chosen {
		d.Changes = append(d.Changes, Entry{c.Fingerprint(), c})
	}
	return d
}
