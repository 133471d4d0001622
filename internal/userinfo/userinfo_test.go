package userinfo_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ackgen/ackgen/internal/userinfo"
)

func TestHide(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"get https://user:p%2Fw@host/a@b: no": "get https://[REDACTED]@host/a@b: no",
		"http://token@a http://b@c/":          "http://[REDACTED]@a http://[REDACTED]@c/",
		"open https:/user:a@b@host/x":         "open https:/[REDACTED]@host/x",
		`"git+ssh://git@host" a@b`:            `"git+ssh://[REDACTED]@host" a@b`,
		"https://host/a@b c:/a@b HEAD:a@b":    "https://host/a@b c:/a@b HEAD:a@b",
		"see https://host, or mail a@b":       "see https://host, or mail a@b",
		"":                                    "",
	} {
		assert.Equal(t, want, userinfo.Hide(text))
	}
}
