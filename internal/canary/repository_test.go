package canary

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// credentials are what secrets look like that somebody could use.
var credentials = regexp.MustCompile(strings.Join([]string{
	`\bLTAI[0-9A-Za-z]{12,}`, `\bSTS\.[0-9A-Za-z]{16,}`, // AccessKeys of Alibaba Cloud
	`\bAKIA[0-9A-Z]{16}\b`, `\bgh[pousr]_[0-9A-Za-z]{30,}`, `\bgithub_pat_\w{20,}`, `\bglpat-[\w-]{20,}`, // of others
	`\beyJ[\w-]{10,}\.[\w-]{2,}\.[\w-]{8,}`,                            // tokens in JSON
	`-----BEGIN [A-Z ]*PRIVATE KEY-----(\\n|\s)*[0-9A-Za-z+/]{16,}`,    // keys
	`\bLS0tLS1CRUdJTi[0-9A-Za-z+/]*(UFJJVkFURS|BSSVZBVEUg|QUklWQVRFI)`, // and their base64
	`client-key-data["']?\s*:\s*["']?[0-9A-Za-z+/]{6,}=*`,              // of kubeconfigs
	`(?i)access_?key_?secret["']?\s*[:=]\s*["']?[0-9A-Za-z]{30}\b`,     // as configurations write them
}, "|"))

// madeUp are the credentials that files may hold.
var madeUp = map[string]string{
	"client-key-data: ZmFrZQ==": "it says fake", "client-key-data: CANARY": "a test of dumps plants it",
	"eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2lnbmF0dXJl": "it says nothing, and is signed with the word signature",
}

// TestCanaryRepository finds no credentials in any file that is committed but those that are made up, and all of these.
func TestCanaryRepository(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	list := exec.CommandContext(t.Context(), "git", "ls-files", "-z")
	list.Dir = root
	names, err := list.Output()
	require.NoError(t, err)
	files, seen := 0, map[string]bool{}
	for name := range strings.SplitSeq(strings.Trim(string(names), "\x00"), "\x00") {
		file := filepath.Join(root, filepath.FromSlash(name))
		if info, err := os.Lstat(file); err != nil || !info.Mode().IsRegular() {
			continue // removed since, or a link to another one
		}
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		files++
		for _, at := range credentials.FindAllIndex(text, -1) {
			found := string(text[at[0]:at[1]])
			seen[found] = true
			line := 1 + strings.Count(string(text[:at[0]]), "\n")
			assert.NotEmpty(t, madeUp[found], "%s:%d: it looks like a credential", name, line)
		}
	}
	assert.Greater(t, files, 1000)
	for text, why := range madeUp {
		assert.True(t, seen[text], "no file has the credential any more of which the list says: %s", why)
	}
}

// TestCredentials plants what the test of the files looks for. It is put together here, so that no file has it.
func TestCredentials(t *testing.T) {
	t.Parallel()
	word := Word("credential") + Word("more")
	for _, parts := range [][]string{
		{"id: LTAI", "5t" + word}, {"STS", ".N" + word}, {"ghp", "_" + word}, {"github", "_pat_" + word}, {"glpat", "-" + word}, {"AKIA", "ABCDEFGHIJ234567"},
		{"eyJhbGciOiJIUzI1NiJ9", ".eyJhIjoxfQ." + word}, {"-----BEGIN RSA ", "PRIVATE KEY-----\n" + word}, {"\"-----BEGIN ", `PRIVATE KEY-----\n` + word},
		{"LS0tLS1CRUdJTi", "BQUklWQVRFIEtFWS0tLS0t"}, {"LS0tLS1CRUdJTi", "BSU0EgUFJJVkFURSBLRVktLS0tLQ"}, {"LS0tLS1CRUdJTi", "BFQyBQUklWQVRFIEtFWS0tLS0t"},
		{"client-key", "-data: " + word}, {`"client-key`, `-data":"` + word}, {"access_key", "_secret = " + word[:30]}, {`"AccessKey`, `Secret": "` + word[:30] + `"`},
	} {
		assert.Regexp(t, credentials, strings.Join(parts, ""), parts[0])
		assert.NotRegexp(t, credentials, strings.Join(parts, "!"), parts[0])
	}
}
