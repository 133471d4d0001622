package report

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/generator/diag"
)

// Log is a document of SARIF 2.1.0, as far as changes need it.
type Log struct {
	Schema  string `json:"$schema"`
	Version string `json:"version"`
	Runs    []run  `json:"runs"`
}

type run struct {
	Tool struct {
		Driver driver `json:"driver"`
	} `json:"tool"`
	ColumnKind string   `json:"columnKind"`
	Results    []result `json:"results"`
}

type driver struct {
	Name    string       `json:"name"`
	Version string       `json:"version"`
	Rules   []descriptor `json:"rules"`
}

type text struct {
	Text string `json:"text"`
}

type descriptor struct {
	ID               string `json:"id"`
	ShortDescription text   `json:"shortDescription"`
	Help             text   `json:"help"`
}

type result struct {
	RuleID              string            `json:"ruleId"`
	RuleIndex           int               `json:"ruleIndex"`
	Level               string            `json:"level"`
	Message             text              `json:"message"`
	Locations           []location        `json:"locations,omitempty"`
	RelatedLocations    []location        `json:"relatedLocations,omitempty"`
	PartialFingerprints map[string]string `json:"partialFingerprints"`
	Properties          map[string]any    `json:"properties"`
}

type location struct {
	Physical struct {
		Artifact struct {
			URI string `json:"uri"`
		} `json:"artifactLocation"`
		Region region `json:"region"`
	} `json:"physicalLocation"`
	Message *text `json:"message,omitempty"`
}

type region struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
}

var sarifLevels = map[change.Level]string{change.Breaking: "error", change.Risky: "warning", change.Compatible: "note", change.Text: "note"}

// SARIF returns changes as a log of a program of a version. Each kind is a rule, and why
// explains it.
func SARIF(changes []change.Change, version string, why func(c change.Change) string) Log {
	var r run
	r.Tool.Driver = driver{Name: "specgen diff", Version: version, Rules: []descriptor{}}
	r.ColumnKind, r.Results = "unicodeCodePoints", []result{}
	index := map[string]int{}
	for _, c := range changes {
		i, ok := index[c.Kind]
		if !ok {
			i = len(r.Tool.Driver.Rules)
			index[c.Kind] = i
			r.Tool.Driver.Rules = append(r.Tool.Driver.Rules, descriptor{c.Kind, text{c.Kind}, text{why(c)}})
		}
		r.Results = append(r.Results, sarifResult(c, i))
	}
	return Log{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []run{r}}
}

func sarifResult(c change.Change, rule int) result {
	out := result{
		RuleID: c.Kind, RuleIndex: rule, Level: sarifLevels[c.Level], Message: text{plain(message(c))},
		PartialFingerprints: map[string]string{"change/v1": c.Fingerprint()},
		Properties:          map[string]any{"level": c.Level, "area": c.Area, "subject": clean(c.Subject), "operations": c.Operations},
	}
	switch {
	case c.Head.Line > 0 && c.Base.Line > 0:
		out.Locations = []location{locationOf(c.Head)}
		related := locationOf(c.Base)
		related.Message = &text{"It was here."}
		out.RelatedLocations = []location{related}
	case c.Head.Line > 0:
		out.Locations = []location{locationOf(c.Head)}
	case c.Base.Line > 0:
		out.Locations = []location{locationOf(c.Base)}
	}
	return out
}

func locationOf(p diag.Pos) location {
	var l location
	l.Physical.Artifact.URI = (&url.URL{Path: p.File}).String()
	l.Physical.Region = region{p.Line, max(p.Col, 1)}
	return l
}

var placeholder = regexp.MustCompile(`\{(\d+)\}`)

// plain keeps a message of SARIF from holding placeholders and links.
func plain(s string) string {
	return strings.ReplaceAll(placeholder.ReplaceAllString(clean(s), "{{$1}}"), "](", `\](`)
}
