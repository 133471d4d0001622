// Package userinfo hides users and passwords of addresses in texts that people see. It imports only the standard library.
package userinfo

import "regexp"

// userinfo stands between the scheme of an address, of at least two letters since one is a drive, and its host. Paths that were cleaned have one slash.
var userinfo = regexp.MustCompile(`([A-Za-z][A-Za-z0-9+.-]+:/{1,3})[^/\s"'<>` + "`" + `]*@`)

// Hide returns a text in which [REDACTED] stands for the user and password of each address.
func Hide(text string) string { return userinfo.ReplaceAllString(text, "${1}[REDACTED]@") }
