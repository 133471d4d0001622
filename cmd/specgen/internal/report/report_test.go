package report_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/cmd/specgen/internal/report"
	"github.com/ackgen/ackgen/generator/diag"
)

// hostile is what somebody could write into a spec so that a report does something.
const hostile = "a|b\n::error::x\r\n%0A<img src=x onerror=alert(1)> [x](https://evil.example.com) `rm` @team #12 ![p](q) \x1b[31m\u202e{0} www.evil.example.com"

func changes() []change.Change {
	return []change.Change{
		{
			Kind: "response-property-removed", Area: change.Wire, Level: change.Breaking, Subject: "Thing.size",
			Operations: []string{"A", "B", "C", "D", "E"}, Message: "Responses no longer have the field Thing.size.",
			Advice: "Keep it.", Base: diag.Pos{File: "v1:spec/Thing.yaml", Line: 3, Col: 5},
		},
		{
			Kind: "operation-renamed", Area: change.Wire, Level: change.Risky, Subject: hostile, Operations: []string{hostile},
			From: hostile, To: "b", Message: hostile, Base: diag.Pos{File: "v1:spec/a b.yaml", Line: 1}, Head: diag.Pos{File: "v2:spec/a,b%:c.yaml", Line: 2},
		},
		{Kind: "texts-changed", Area: change.Wire, Level: change.Text, Subject: "document", Message: "Texts of document differ: title."},
	}
}

func summary(t *testing.T) report.Summary {
	t.Helper()
	s, err := report.Summarize(changes())
	require.NoError(t, err)
	return s
}

// TestText holds that every change is told once, on lines that the report begins.
func TestText(t *testing.T) {
	t.Parallel()
	text := report.Text(changes(), summary(t), "")
	assert.Contains(t, text, `breaking (1)
  - Responses no longer have the field Thing.size.
      at      v1:spec/Thing.yaml:3:5
      in      A, B, C and 2 more
      kind    wire response-property-removed `+changes()[0].Fingerprint()+`
      advice  Keep it.

risky (1)
`)
	assert.True(t, strings.HasSuffix(text, "\n1 breaking, 1 risky, 0 compatible, 1 text: a major release from v1 on, a minor release before\n"), text)
	assert.NotContains(t, text, "\n::")
	assert.NotContains(t, text, "\x1b")
	assert.NotContains(t, text, "\u202e")
	for line := range strings.Lines(text) {
		assert.Regexp(t, `^(\n|\w+ \(\d\)\n|  - |      (at|in|kind|advice) |\d breaking)`, line)
	}
}

// TestMarkdown holds that nothing of a spec is more than text.
func TestMarkdown(t *testing.T) {
	t.Parallel()
	text := report.Markdown(changes(), summary(t), "One is\nleft.")
	assert.Contains(t, text, "1 text\n\nOne is\n\nleft.\n\n###")
	assert.Contains(t, text, "### Breaking (1)\n\n| change | operations | place | fingerprint |\n| --- | --- | --- | --- |\n| Responses no longer have the field Thing.size.<br>Keep it. | A, B, C and 2 more | v1:spec/Thing.yaml:3:5 | `")
	assert.Contains(t, text, "### Risky (1)\n")
	assert.Contains(t, text, "<details><summary>Text (1)</summary>\n")
	assert.Contains(t, text, "a&#124;b ::error::x %0A&lt;img src=x onerror=alert(1)&gt; \\[x\\](https:&#8203;//evil.example.com) \\`rm\\` @&#8203;team #&#8203;12 \\!\\[p\\](q) \\[31m{0} www&#8203;.evil.example.com")
	assert.NotContains(t, text, "<img")
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "| ") {
			assert.Equal(t, 5, strings.Count(line, "|"), line)
		}
	}
}

// TestGitHub holds that a change is one command with the right properties.
func TestGitHub(t *testing.T) {
	t.Parallel()
	lines := strings.Split(report.GitHub(report.Plain(changes(), "v1:", "v2:")), "\n")
	require.Len(t, lines, 4)
	assert.Equal(t, "::error file=spec/Thing.yaml,title=breaking%3A Thing.size::Responses no longer have the field Thing.size. Operations: A, B, C and 2 more. Keep it. ("+changes()[0].Fingerprint()+")", lines[0])
	assert.True(t, strings.HasPrefix(lines[1], "::warning file=spec/a%2Cb%25%3Ac.yaml,line=2,col=1,title=risky%3A a|b %3A%3Aerror%3A%3Ax %250A<img"), lines[1])
	assert.Contains(t, lines[1], "::a|b ::error::x %250A<img")
	assert.True(t, strings.HasPrefix(lines[2], "::notice title=text%3A document::Texts"), lines[2])
	assert.Empty(t, lines[3])
}

// TestSARIF checks what the schema of SARIF 2.1.0 demands, and what code scanning needs.
func TestSARIF(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(report.SARIF(report.Plain(changes(), "v1:", "v2:"), "v0", func(c change.Change) string { return "why " + c.Kind }))
	require.NoError(t, err)
	var log struct {
		Schema  string `json:"$schema"`
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct {
					Name, Version string
					Rules         []struct {
						ID                     string
						Help, ShortDescription struct{ Text string }
					}
				}
			}
			ColumnKind string
			Results    []struct {
				RuleID              string
				RuleIndex           int
				Level               string
				Message             struct{ Text string }
				PartialFingerprints map[string]string
				Locations           []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine, StartColumn int }
					}
				}
				RelatedLocations []struct{ Message struct{ Text string } }
			}
		}
	}
	require.NoError(t, json.Unmarshal(data, &log))
	assert.Equal(t, "2.1.0", log.Version)
	assert.Equal(t, "https://json.schemastore.org/sarif-2.1.0.json", log.Schema)
	require.Len(t, log.Runs, 1)
	run := log.Runs[0]
	assert.Equal(t, "specgen diff", run.Tool.Driver.Name)
	assert.Contains(t, []string{"utf16CodeUnits", "unicodeCodePoints"}, run.ColumnKind)
	require.Len(t, run.Results, 3)
	for i, r := range run.Results {
		assert.Contains(t, []string{"none", "note", "warning", "error"}, r.Level)
		assert.Equal(t, run.Tool.Driver.Rules[r.RuleIndex].ID, r.RuleID)
		assert.Equal(t, "why "+r.RuleID, run.Tool.Driver.Rules[r.RuleIndex].Help.Text)
		assert.NotEmpty(t, run.Tool.Driver.Rules[r.RuleIndex].ShortDescription.Text)
		assert.Equal(t, map[string]string{"change/v1": changes()[i].Fingerprint()}, r.PartialFingerprints)
		assert.NotRegexp(t, `[^\\]\]\(`, r.Message.Text)
		assert.NotContains(t, r.Message.Text, "\n")
	}
	assert.Contains(t, run.Results[1].Message.Text, `[x\](`)
	assert.Contains(t, run.Results[1].Message.Text, "{{0}}")
	at := run.Results[1].Locations[0].PhysicalLocation
	assert.Equal(t, "spec/a,b%25:c.yaml", at.ArtifactLocation.URI)
	assert.Equal(t, 2, at.Region.StartLine)
	assert.Equal(t, 1, at.Region.StartColumn)
	assert.Len(t, run.Results[1].RelatedLocations, 1)
	assert.Equal(t, 3, run.Results[0].Locations[0].PhysicalLocation.Region.StartLine)
	assert.Empty(t, run.Results[2].Locations)
}

// TestSARIFOfNothing holds that lists are there when they are empty.
func TestSARIFOfNothing(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(report.SARIF(nil, "v0", nil))
	require.NoError(t, err)
	assert.Contains(t, string(data), `"results":[]`)
	assert.Contains(t, string(data), `"rules":[]`)
}

// TestJSON holds that fingerprints and all counts are there, also of changes that are not listed.
func TestJSON(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(report.JSON(report.AtLeast(changes(), change.Breaking), summary(t)))
	require.NoError(t, err)
	var out struct {
		Changes []struct{ Fingerprint, Kind, Level string }
		Summary map[string]any
	}
	require.NoError(t, json.Unmarshal(data, &out))
	require.Len(t, out.Changes, 1)
	assert.Equal(t, changes()[0].Fingerprint(), out.Changes[0].Fingerprint)
	assert.Equal(t, "breaking", out.Changes[0].Level)
	assert.Equal(t, map[string]any{"breaking": 1., "risky": 1., "compatible": 0., "text": 1., "bump": "major", "bump-before-v1": "minor", "breaking-left": 1.}, out.Summary)
	data, err = json.Marshal(report.JSON(nil, report.Summary{}))
	require.NoError(t, err)
	assert.Contains(t, string(data), `"changes":[]`)
}

// TestSummary names the bump of each level.
func TestSummary(t *testing.T) {
	t.Parallel()
	for level, want := range map[change.Level]string{
		change.Breaking:   "1 breaking, 0 risky, 0 compatible, 0 text: a major release from v1 on, a minor release before",
		change.Risky:      "0 breaking, 1 risky, 0 compatible, 0 text: a minor release from v1 on, a patch release before",
		change.Compatible: "0 breaking, 0 risky, 1 compatible, 0 text: a minor release from v1 on, a patch release before",
		change.Text:       "0 breaking, 0 risky, 0 compatible, 1 text: a patch release from v1 on, a patch release before",
	} {
		s, err := report.Summarize([]change.Change{{Level: level}})
		require.NoError(t, err)
		assert.Equal(t, want, s.String())
	}
	s, err := report.Summarize(nil)
	require.NoError(t, err)
	assert.Equal(t, "0 breaking, 0 risky, 0 compatible, 0 text: the two sides do not differ", s.String())
}

// TestOperations holds that a few operations are all named.
func TestOperations(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		operations []string
		want       string
	}{{nil, ""}, {[]string{"A"}, "A"}, {[]string{"A", "B", "C"}, "A, B, C"}, {[]string{"A", "B", "C", "D"}, "A, B, C and 1 more"}} {
		assert.Equal(t, tt.want, report.Operations(change.Change{Operations: tt.operations}))
	}
}

// TestPlainOfFiles takes the revision of one side away when the other one is a file, which
// has none.
func TestPlainOfFiles(t *testing.T) {
	t.Parallel()
	list := []change.Change{{Base: diag.Pos{File: "spec/a.yaml", Line: 1}, Head: diag.Pos{File: "v2:spec/a.yaml", Line: 2}}}
	want := []change.Change{{Base: diag.Pos{File: "spec/a.yaml", Line: 1}, Head: diag.Pos{File: "spec/a.yaml", Line: 2}}}
	assert.Equal(t, want, report.Plain(list, "", "v2:"))
	assert.Equal(t, "v2:spec/a.yaml", list[0].Head.File, "the caller's list is left alone")
}

// TestSARIFRules holds that changes of one kind share a rule.
func TestSARIFRules(t *testing.T) {
	t.Parallel()
	list := []change.Change{{Kind: "a", Subject: "x"}, {Kind: "b", Subject: "x"}, {Kind: "a", Subject: "y"}}
	run := report.SARIF(list, "v0", func(change.Change) string { return "why" }).Runs[0]
	require.Len(t, run.Tool.Driver.Rules, 2)
	require.Len(t, run.Results, 3)
	assert.Equal(t, []int{0, 1, 0}, []int{run.Results[0].RuleIndex, run.Results[1].RuleIndex, run.Results[2].RuleIndex})
}
