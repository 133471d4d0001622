package goapi

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/generator/diag"
	"github.com/ackgen/ackgen/generator/load"
)

func TestSplitDeprecated(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ description, text, deprecated string }{
		{"", "", ""},
		{"One.\n\nTwo.", "One.\n\nTwo.", ""},
		{"One.\n\nDeprecated: Use two.", "One.", "Deprecated: Use two."},
		{"Deprecated: Use two.\n\nOne.", "One.", "Deprecated: Use two."},
		{"One.\n\nDeprecated: A.\n\nDeprecated: B.", "One.", "Deprecated: A.\n\nDeprecated: B."},
		{"It says Deprecated: nothing.", "It says Deprecated: nothing.", ""},
	} {
		text, deprecated := splitDeprecated(tc.description)
		assert.Equal(t, tc.text, text, "%q", tc.description)
		assert.Equal(t, tc.deprecated, deprecated, "%q", tc.description)
	}
}

// TestNotices holds that nothing is said twice: a description's own notice wins over the
// one without a reason, and what was removed needs no status.
func TestNotices(t *testing.T) {
	t.Parallel()
	removed := map[string]any{"since": "2025-10-10", "until": "2027-12-01"}
	const sentences = "he provider removed this field from the published API on 2025-10-10, so the service may ignore it, or leave it out. " +
		"This field stays until 2027-12-01 at least."
	for name, tc := range map[string]struct {
		description, status string
		flag                bool
		removed             map[string]any
		want                notices
	}{
		"nothing":              {"A.", "", false, nil, notices{text: "A."}},
		"status":               {"A.", "legacy", false, nil, notices{text: "A.", status: statusDocs["legacy"]}},
		"flag":                 {"A.", "", true, nil, notices{text: "A.", deprecated: "Deprecated: the service keeps this field for old callers only."}},
		"flag and notice":      {"A.\n\nDeprecated: use b.", "deprecated", true, nil, notices{text: "A.", deprecated: "Deprecated: use b."}},
		"removed":              {"A.", "legacy", false, removed, notices{text: "A.", deprecated: "Deprecated: t" + sentences}},
		"removed, with flag":   {"A.", "legacy", true, removed, notices{text: "A.", deprecated: "Deprecated: t" + sentences}},
		"removed, with notice": {"A.\n\nDeprecated: use b.", "legacy", true, removed, notices{text: "A.", deprecated: "Deprecated: use b. T" + sentences}},
	} {
		ext := map[string]any{}
		if tc.status != "" {
			ext[extStatus] = tc.status
		}
		if tc.removed != nil {
			ext[extRemoved] = tc.removed
		}
		b := &builder{Document: &load.Document{}, diags: new(diag.List)}
		assert.Equal(t, tc.want, b.notices(noticed{ext, nil, "Thing.a", "field", tc.flag, tc.description}), name)
		assert.Empty(t, b.diags.Sorted(), name)
	}
}

// TestRemovedText tells what is known of the date, and what the thing is in Go.
func TestRemovedText(t *testing.T) {
	t.Parallel()
	for want, tc := range map[string][]string{
		"the provider removed this operation from the published API on 2025-10-10 (v6.0.0), so the service may refuse it as unknown. This method stays until 2027-12-01 at least.": {
			"operation", "2025-10-10", "2006-01-02", "v6.0.0"},
		"the provider removed this operation from the published API in 2022, so the service may refuse it as unknown. This method stays until 2027-12-01 at least.": {
			"operation", "2022", "2006", ""},
		"the provider removed this parameter from the published API in 2022-05, so the service may ignore it, or leave it out. This field stays until 2027-12-01 at least.": {
			"parameter", "2022-05", "2006-01", ""},
		"the provider removed this type from the published API in 2022, so the service may ignore it, or leave it out. This type stays until 2027-12-01 at least.": {
			"type", "2022", "2006", ""},
	} {
		assert.Equal(t, want, removedText(tc[0], tc[1], tc[2], tc[3], "2027-12-01"))
	}
}

// TestRemovedFaults says of every part of x-ack-removed what is wrong with it.
func TestRemovedFaults(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		value any
		want  []string
	}{
		"day":           {map[string]any{"since": "2025-10-10", "until": "2025-10-11", "version": "v6.0.0"}, nil},
		"month":         {map[string]any{"since": "2025-10", "until": "2025-11-01"}, nil},
		"year":          {map[string]any{"since": "2025", "until": "2026-01-01"}, nil},
		"no mapping":    {"2025", []string{"x-ack-removed: is not a mapping"}},
		"unknown key":   {map[string]any{"since": "2025", "until": "2026-01-01", "untli": "x"}, []string{"x-ack-removed: untli: it is not a key of the extension; did you mean until?"}},
		"no version":    {map[string]any{"since": "2025", "until": "2026-01-01", "version": 6.0}, []string{"x-ack-removed: version: 6 is not a version"}},
		"no dates":      {map[string]any{"since": 2025, "until": "2026-01"}, []string{"x-ack-removed: since: 2025 is not a date", `x-ack-removed: until: "2026-01" is not a date`}},
		"before":        {map[string]any{"since": "2025-10-10", "until": "2025-10-09"}, []string{`x-ack-removed: until: "2025-10-09" is not after "2025-10-10"`}},
		"same day":      {map[string]any{"since": "2025-10-10", "until": "2025-10-10"}, []string{`x-ack-removed: until: "2025-10-10" is not after "2025-10-10"`}},
		"in that month": {map[string]any{"since": "2025-10", "until": "2025-10-31"}, []string{`x-ack-removed: until: "2025-10-31" is not after "2025-10"`}},
		"in that year":  {map[string]any{"since": "2025", "until": "2025-12-31"}, []string{`x-ack-removed: until: "2025-12-31" is not after "2025"`}},
	} {
		b := &builder{Document: &load.Document{}, diags: new(diag.List)}
		b.removed(noticed{ext: map[string]any{extRemoved: tc.value}, subject: "Thing.a", what: "field"})
		var got []string
		for _, f := range b.diags.Sorted() {
			got = append(got, f.Message)
			assert.NotEmpty(t, f.Fix, name)
		}
		assert.ElementsMatch(t, tc.want, got, name)
	}
}
