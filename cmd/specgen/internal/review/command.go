package review

import (
	"regexp"
	"strings"
)

// Command returns the command line that makes the review, for readers to copy.
func (r *Review) Command() string { return "specgen review " + word(r.Base) + " " + word(r.Head) }

// Approve returns the command line that approves a break.
func (r *Review) Approve(fingerprint string) string {
	return r.Command() + " --approve " + word(fingerprint) + " --role ROLE --reason TEXT"
}

var plainWord = regexp.MustCompile(`^[A-Za-z0-9_./:@^~-]+$`)

// word prints an argument so that a shell takes it as one.
func word(s string) string {
	if plainWord.MatchString(s) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
