package report

import (
	"fmt"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/version"
)

// Summary counts changes, and says what a release with them raises.
type Summary struct {
	Breaking int `json:"breaking"`
	// Left is how many of those break programs although the advice is followed.
	Left       int `json:"breaking-left"`
	Risky      int `json:"risky"`
	Compatible int `json:"compatible"`
	Text       int `json:"text"`
	// Bump is the part of the version that a release raises from version 1 on, and
	// BumpBefore the one that it raises before.
	Bump       version.Bump `json:"bump"`
	BumpBefore version.Bump `json:"bump-before-v1"`
}

// Summarize counts all changes.
func Summarize(changes []change.Change) (Summary, error) {
	s := Summary{
		Breaking: len(ofLevel(changes, change.Breaking)), Risky: len(ofLevel(changes, change.Risky)),
		Compatible: len(ofLevel(changes, change.Compatible)), Text: len(ofLevel(changes, change.Text)),
	}
	for _, c := range ofLevel(changes, change.Breaking) {
		if !c.Avoidable {
			s.Left++
		}
	}
	for _, v := range []struct {
		last string
		bump *version.Bump
	}{{"v1.0.0", &s.Bump}, {"v0.1.0", &s.BumpBefore}} {
		d, err := version.Decide(v.last, changes)
		if err != nil {
			return Summary{}, fmt.Errorf("decide the version: %w", err)
		}
		*v.bump = d.Bump
	}
	return s, nil
}

// Counts names the number of changes per level.
func (s Summary) Counts() string {
	return fmt.Sprintf("%d breaking, %d risky, %d compatible, %d text", s.Breaking, s.Risky, s.Compatible, s.Text)
}

// String returns the summary as one line.
func (s Summary) String() string {
	if s.Bump == version.NoChange {
		return s.Counts() + ": the two sides do not differ"
	}
	return fmt.Sprintf("%s: a %s release from v1 on, a %s release before", s.Counts(), s.Bump, s.BumpBefore)
}

// closing ends a report for people: with the outlook, which tells of releases by itself,
// or with the summary alone when it is empty.
func closing(s Summary, outlook string) string {
	if outlook == "" {
		return s.String()
	}
	return s.Counts() + "\n" + outlook
}
