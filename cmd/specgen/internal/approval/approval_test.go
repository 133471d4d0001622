package approval_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ackgen/ackgen/cmd/specgen/internal/approval"
	"github.com/ackgen/ackgen/cmd/specgen/internal/change"
	"github.com/ackgen/ackgen/generator/diag"
)

// broken returns a breaking change of a subject.
func broken(subject string) change.Change {
	return change.Change{
		Kind: "removed", Area: change.Wire, Level: change.Breaking, Subject: subject, Message: subject + " is gone",
		Base: diag.Pos{File: "base.yaml", Line: 3, Col: 5},
	}
}

func read(t *testing.T, text string) ([]approval.Approval, []string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), approval.FileName)
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	approvals, findings, err := approval.Read(file, "approvals.yaml")
	require.NoError(t, err)
	var lines []string
	for _, f := range findings {
		lines = append(lines, f.String())
	}
	return approvals, lines
}

func TestRead(t *testing.T) {
	t.Parallel()
	approvals, findings := read(t, `# why
- fingerprint: "0123456789ab"
  role: maintainer
  reason: Nobody uses it.
  change: "Thing.size is gone"
- {fingerprint: 123456789012, role: owner, reason: "It is a\nsecret: ****"} # unquoted, like a number
`)
	assert.Empty(t, findings)
	assert.Equal(t, []approval.Approval{
		{Fingerprint: "0123456789ab", Role: "maintainer", Reason: "Nobody uses it.", Change: "Thing.size is gone", Pos: diag.Pos{File: "approvals.yaml", Line: 2, Col: 16}},
		{Fingerprint: "123456789012", Role: "owner", Reason: "It is a\nsecret: ****", Pos: diag.Pos{File: "approvals.yaml", Line: 6, Col: 17}},
	}, approvals)
	for _, text := range []string{"", "# nothing yet\n\n  # at all", "[]"} {
		approvals, findings = read(t, text)
		assert.Empty(t, approvals)
		assert.Empty(t, findings, text)
	}
	approvals, list, err := approval.Read(filepath.Join(t.TempDir(), "none"), "none")
	require.NoError(t, err)
	assert.Empty(t, approvals)
	assert.Empty(t, list)
	_, _, err = approval.Read(t.TempDir(), "folder")
	require.ErrorContains(t, err, "read approvals: ")
}

// TestReadFaults holds that an entry with a fault approves nothing, and where it is reported.
func TestReadFaults(t *testing.T) {
	t.Parallel()
	const good = "- fingerprint: \"0123456789ab\"\n  role: maintainer\n  reason: Nobody uses it.\n"
	for name, tt := range map[string]struct{ text, want string }{
		"unknown key":   {good + "  resaon: Why not.\n", `approvals.yaml:4:3: error: an approval has no "resaon"; did you mean reason?; it has fingerprint, role, reason, change [ACK020]`},
		"no reason":     {"- fingerprint: \"0123456789ab\"\n  role: maintainer\n", `approvals.yaml:1:3: error: the approval has no reason [ACK020]`},
		"no role":       {"- fingerprint: \"0123456789ab\"\n  reason: Nobody uses it.\n", `approvals.yaml:1:3: error: the approval has no role [ACK020]`},
		"no print":      {"- role: maintainer\n  reason: Nobody uses it.\n", `approvals.yaml:1:3: error: the approval has no fingerprint [ACK020]`},
		"short reason":  {strings.Replace(good, "Nobody uses it.", "ok", 1), `approvals.yaml:3:11: error: reason must say in words why the change may break programs [ACK020]`},
		"null reason":   {strings.Replace(good, " Nobody uses it.", "", 1), `approvals.yaml:3:10: error: reason must be a text [ACK020]`},
		"empty role":    {strings.Replace(good, "maintainer", `" "`, 1), `approvals.yaml:2:9: error: role must say as what somebody approves the change, such as maintainer [ACK020]`},
		"upper case":    {strings.Replace(good, "9ab", "9AB", 1), `approvals.yaml:1:16: error: "0123456789AB" is not a fingerprint: it has 12 hexadecimal digits in lower case, as specgen review prints it [ACK020]`},
		"too long":      {strings.Replace(good, "9ab", "9abc", 1), `approvals.yaml:1:16: error: "0123456789abc" is not a fingerprint: it has 12 hexadecimal digits in lower case, as specgen review prints it [ACK020]`},
		"list as text":  {strings.Replace(good, "maintainer", "[a]", 1), `approvals.yaml:2:9: error: role must be a text [ACK020]`},
		"not a mapping": {"- 0123456789ab\n", `approvals.yaml:1:3: error: an approval must be a mapping with fingerprint, role, reason, change [ACK020]`},
		"not a list":    {"fingerprint: a\n", `approvals.yaml:1:1: error: the file must hold a list of approvals [ACK020]`},
		"duplicate key": {good + "  role: owner\n", "approvals.yaml:4:3: error: key \"role\" occurs twice in one mapping [ACK002]\napprovals.yaml:2:3: note: first here"},
		"no YAML":       {"- {", `approvals.yaml:1:3: error: broken YAML`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			approvals, findings := read(t, tt.text)
			require.Len(t, findings, 1)
			assert.True(t, strings.HasPrefix(findings[0], tt.want), findings[0])
			if name != "duplicate key" {
				assert.Empty(t, approvals)
			}
		})
	}
	approvals, findings := read(t, good+good)
	assert.Len(t, approvals, 1)
	assert.Equal(t, []string{"approvals.yaml:4:16: error: the change 0123456789ab is approved twice [ACK021]\napprovals.yaml:1:16: note: first approved here"}, findings)
}

func TestCheck(t *testing.T) {
	t.Parallel()
	accepted, open, advised := broken("Accepted"), broken("Open"), broken("Advised")
	advised.Advice, advised.Head = "keep the old name", diag.Pos{File: "head.yaml", Line: 7, Col: 1}
	risky := broken("Risky")
	risky.Level = change.Risky
	notApproved := broken("NotApproved")
	notApproved.Level = change.Risky
	advised.Message += "."
	changes := []change.Change{accepted, open, advised, risky, notApproved}
	approvals := []approval.Approval{
		{Fingerprint: accepted.Fingerprint(), Role: "maintainer", Reason: "Nobody uses it."},
		{Fingerprint: risky.Fingerprint(), Role: "maintainer", Reason: "Not needed, and no harm."},
		{Fingerprint: "0123456789ab", Role: "maintainer", Reason: "Released long ago.", Pos: diag.Pos{File: "approvals.yaml", Line: 9, Col: 3}},
	}
	assert.Equal(t, []change.Change{open, advised}, approval.Unapproved(changes, approvals))
	got, ok := approval.Find(approvals, accepted)
	assert.True(t, ok)
	assert.Equal(t, approvals[0], got)
	var lines []string
	for _, f := range approval.Check(changes, approvals) {
		lines = append(lines, f.String())
	}
	assert.Equal(t, []string{
		"approvals.yaml:9:3: warning: 0123456789ab: no change has this fingerprint any more [ACK023]",
		"base.yaml:3:5: error: Open is gone; nobody has approved this break: " + open.Fingerprint() + " [ACK022]\n" +
			"\tfix: approve it with --approve " + open.Fingerprint() + " --role ROLE --reason TEXT",
		"head.yaml:7:1: error: Advised is gone; nobody has approved this break: " + advised.Fingerprint() + " [ACK022]\n" +
			"\tfix: keep the old name; or approve it with --approve " + advised.Fingerprint() + " --role ROLE --reason TEXT",
	}, lines)
}

// TestAppend holds that what is written is read again, whatever the reason holds, and
// that nothing else changes.
func TestAppend(t *testing.T) {
	t.Parallel()
	reasons := []string{
		"It is a\nsecret: ****", "**** and *alias", "# no comment", `"quoted" 'twice' \n`, "- a: list", "{flow: [map]}", "ends with:", "\x00\x1b[31m red", "עברית \u202e reversed",
		"!!binary text", "&anchor text", "%TAG ! x", strings.Repeat("long ", 500),
	}
	file := filepath.Join(t.TempDir(), approval.FileName)
	var want []string
	for i, reason := range reasons {
		a := approval.Approval{Fingerprint: strings.Repeat("0", 10) + string("0123456789abc"[i]) + "e", Role: "maintainer", Reason: reason, Change: "what " + reason}
		findings, err := approval.Append(file, a)
		require.NoError(t, err)
		require.Empty(t, findings)
		want = append(want, strings.Join(strings.Fields(reason), " "))
	}
	approvals, findings, err := approval.Read(file, "approvals.yaml")
	require.NoError(t, err)
	assert.Empty(t, findings)
	var got []string
	for _, a := range approvals {
		got = append(got, a.Reason)
		assert.Equal(t, "what "+a.Reason, a.Change)
	}
	assert.Equal(t, want, got)
}

func TestAppendKeepsTheFile(t *testing.T) {
	t.Parallel()
	added := approval.Approval{Fingerprint: "123456789e12", Role: "owner", Reason: "We must."}
	const entry = "- fingerprint: \"123456789e12\"\n  role: \"owner\"\n  reason: \"We must.\"\n"
	const old = "- fingerprint: \"0123456789ab\" # kept\n  role: a\n  reason: >-\n    in\n    lines\n"
	indented := "  " + strings.ReplaceAll(strings.TrimSuffix(old, "\n"), "\n", "\n  ")
	for name, tt := range map[string]struct{ before, after string }{
		"comments":           {"# ours\n", "# ours\n" + entry},
		"old":                {old, old + entry},
		"no newline":         {strings.TrimSuffix(old, "\n"), old + entry},
		"indented":           {indented, indented + "\n  " + strings.ReplaceAll(strings.TrimSuffix(entry, "\n"), "\n", "\n  ") + "\n"},
		"comment at the end": {old + "# the end\n", old + "# the end\n" + entry},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), approval.FileName)
			require.NoError(t, os.WriteFile(file, []byte(tt.before), 0o600))
			findings, err := approval.Append(file, added)
			require.NoError(t, err)
			assert.Empty(t, findings)
			got, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, tt.after, string(got))
			_, err = approval.Append(file, added)
			require.ErrorContains(t, err, "approves 123456789e12 already")
		})
	}
}

func TestAppendLeavesWhatItCannotExtend(t *testing.T) {
	t.Parallel()
	added := approval.Approval{Fingerprint: "123456789e12", Role: "owner", Reason: "We must."}
	for _, text := range []string{"[]\n", "[{fingerprint: \"0123456789ab\", role: a, reason: b c}]\n"} {
		file := filepath.Join(t.TempDir(), approval.FileName)
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		_, err := approval.Append(file, added)
		require.ErrorContains(t, err, "write it as a list with a line for each key")
		got, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Equal(t, text, string(got))
	}
	file := filepath.Join(t.TempDir(), approval.FileName)
	require.NoError(t, os.WriteFile(file, []byte("other: 1\n"), 0o600))
	findings, err := approval.Append(file, added)
	require.NoError(t, err)
	assert.Len(t, findings, 1)
	_, err = approval.Append(t.TempDir(), added)
	require.ErrorContains(t, err, "read approvals: ")
	short := added
	short.Reason = "ok"
	_, err = approval.Append(filepath.Join(t.TempDir(), "approvals.yaml"), short)
	require.EqualError(t, err, "approve 123456789e12: reason must say in words why the change may break programs")
	_, err = approval.Append(filepath.Join(t.TempDir(), "none", "approvals.yaml"), added)
	require.NoError(t, err, "the folder is made")
}
